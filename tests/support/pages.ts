import { readdirSync } from "node:fs";
import path from "node:path";
import { root } from "../../scripts/stack/config";

/** Who may see a page: everyone, whoever is signed in, whoever the business knows, its staff, or a permission. */
export type Audience =
  "anyone" | "signed-in" | "known" | "staff" | `${string}.${string}.${string}` | "loyalty.app.use";

/** Written by hand, so that a page opened to more people than meant is found, and one added without a word too. */
export const audiences: Record<string, Audience> = {
  "/": "anyone",
  "/sign-in": "anyone",
  "/sign-up": "anyone",
  "/verify": "anyone",
  "/forgot": "anyone",
  "/reset": "anyone",
  "/unlock": "anyone",
  "/terms": "anyone",
  "/offline": "anyone",
  "/api/docs": "anyone",
  "/dev/ui": "anyone",
  "/dev/ui/admin": "anyone",
  "/dev/ui/member": "anyone",
  "/dev/ui/states": "anyone",
  "/invitation/[token]": "anyone",
  "/[client]/unsubscribe": "anyone",
  "/businesses": "signed-in",
  "/[client]/loyalty/claim-handle": "signed-in",
  "/[client]": "known",
  "/[client]/home": "known",
  "/[client]/notifications": "known",
  "/[client]/settings": "known",
  "/[client]/settings/notifications": "known",
  "/[client]/loyalty/history": "loyalty.app.use",
  "/[client]/loyalty/videos": "loyalty.app.use",
  "/[client]/loyalty/payouts": "loyalty.app.use",
  "/[client]/loyalty/missions": "loyalty.app.use",
  "/[client]/loyalty/missions/history": "loyalty.app.use",
  "/[client]/loyalty/rewards": "loyalty.app.use",
  "/[client]/loyalty/rewards/history": "loyalty.app.use",
  "/[client]/loyalty/tiers": "loyalty.app.use",
  "/[client]/loyalty/raffles/[id]": "loyalty.app.use",
  "/[client]/loyalty/leaderboard": "loyalty.app.use",
  "/[client]/admin": "staff",
  "/[client]/admin/people": "people.people.read",
  "/[client]/admin/people/[id]": "people.people.read",
  "/[client]/admin/audit": "audit.log.read",
  "/[client]/admin/emails": "email.log.read",
  "/[client]/admin/emails/blocked": "email.log.read",
  "/[client]/admin/jobs": "jobs.log.read",
  "/[client]/admin/settings": "tenancy.settings.read",
  "/[client]/admin/loyalty/creators": "loyalty.creators.read",
  "/[client]/admin/loyalty/creators/[id]": "loyalty.creators.read",
  "/[client]/admin/loyalty/handle-claims": "loyalty.claims.decide",
  "/[client]/admin/loyalty/holds": "loyalty.holds.resolve",
  "/[client]/admin/loyalty/rewards": "loyalty.rewards.read",
  "/[client]/admin/loyalty/rewards/new": "loyalty.rewards.write",
  "/[client]/admin/loyalty/rewards/[id]": "loyalty.rewards.read",
  "/[client]/admin/loyalty/missions": "loyalty.missions.read",
  "/[client]/admin/loyalty/missions/new": "loyalty.missions.write",
  "/[client]/admin/loyalty/missions/[id]": "loyalty.missions.read",
  "/[client]/admin/loyalty/raffles": "loyalty.missions.read",
  "/[client]/admin/loyalty/raffles/[id]": "loyalty.missions.read",
  "/[client]/admin/loyalty/payouts": "loyalty.payouts.read",
  "/[client]/admin/loyalty/payouts/[id]": "loyalty.payouts.read",
  "/[client]/admin/loyalty/tiers": "loyalty.settings.read",
  "/[client]/admin/loyalty/settings": "loyalty.settings.read",
  "/[client]/admin/loyalty/reports": "loyalty.reports.read",
  "/[client]/admin/loyalty/work": "loyalty.redemptions.read",
  "/[client]/admin/loyalty/redemptions": "loyalty.redemptions.read",
  "/[client]/admin/loyalty/redemptions/[id]": "loyalty.redemptions.read",
  "/[client]/admin/loyalty/imports": "loyalty.imports.read",
  "/[client]/admin/loyalty/imports/[id]": "loyalty.imports.read",
  "/[client]/admin/loyalty/imports/mapping": "loyalty.imports.read",
  "/[client]/admin/loyalty/imports/source": "loyalty.imports.read",
};

/** Every address that has a page, as the folders spell it: "/[client]/admin/people/[id]". */
export function pageRoutes(): string[] {
  return readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => `/${path.dirname(file)}`.replace(/\/\([^)]+\)/g, "").replace(/^\/\.$/, "/"))
    .map((route) => route || "/")
    .sort();
}

export function audienceOf(route: string): Audience {
  const audience = audiences[route];
  if (!audience)
    throw new Error(`${route} is a page nobody is named for: say in tests/support/pages.ts who may see it.`);
  return audience;
}

/** The address of a page with real ids in it: keys are the folder and its parameter, "people/[id]". */
export function fill(route: string, ids: Record<string, string>): string {
  const parts = route.split("/");
  return parts
    .map((part, at) => {
      if (!part.startsWith("[")) return part;
      const value = ids[`${parts[at - 1]}/${part}`] ?? ids[part];
      if (!value)
        throw new Error(`${route} has a parameter the tests know no value for: ${parts[at - 1]}/${part}.`);
      return encodeURIComponent(value);
    })
    .join("/");
}
