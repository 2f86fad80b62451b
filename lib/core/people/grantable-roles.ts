import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { memberRoles, staffRoles } from "./person.schema";

const membersProgram: Record<(typeof memberRoles)[number], string[]> = {
  creator: ["loyalty", "launch"],
  family: ["care"],
  patient: ["clinic"],
  student: ["academy"],
  customer: ["portal"],
};
const staffProgram: Partial<Record<(typeof staffRoles)[number], string[]>> = {
  practitioner: ["clinic"],
  educator: ["academy"],
  carer: ["care"],
};

/**
 * The roles worth offering to this viewer: those of the programs that are on, highest last to be chosen by accident.
 * The database has the last word on what may be given.
 */
export function grantableRoles(scope: TenantScope): string[] {
  const isOn = (programs: string[] | undefined) =>
    programs === undefined || programs.some((program) => scope.client.programs.some((on) => on === program));
  const roles = scope.viewer?.roles ?? [];
  const staff = staffRoles.filter((role) => isOn(staffProgram[role]));
  const allowed = roles.includes("owner")
    ? staff
    : roles.includes("admin")
      ? staff.filter((role) => role !== "owner")
      : staff.filter((role) => role === "support");
  return [...allowed, ...memberRoles.filter((role) => isOn(membersProgram[role]))];
}
