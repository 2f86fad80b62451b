import "server-only";
import { readContext, type RequestContext } from "@/lib/db/read-context";
import type { ProgramId, TenantScope, Viewer } from "@/lib/db/tenant-scope";
import { forbidden, notFound, unauthenticated } from "@/lib/kernel/errors";
import type { Caller } from "./authenticate";

/**
 * public: anybody, also signed out. signed-in: anybody with a live session (with [client]: anybody of that business).
 * permission: who holds it there. member: an active person of a business that has this program on.
 */
export type Access = "public" | "signed-in" | { permission: string } | { member: ProgramId };

interface Admitted {
  context: RequestContext | null;
  scope: TenantScope | null;
  viewer: Viewer | null;
}

const programs = new Set<string>(["loyalty", "launch", "care", "clinic", "academy", "portal"]);

export function programOf(access: Access): ProgramId | null {
  if (typeof access === "string") return null;
  if ("member" in access) return access.member;
  const room = access.permission.split(".")[0]!;
  return programs.has(room) ? (room as ProgramId) : null;
}

type ContextReader = typeof readContext;

/**
 * A business that does not exist, one the caller does not belong to, and a program that is off all answer alike,
 * so nobody learns which businesses there are. Only someone who belongs is told that a permission is missing.
 */
export async function admit(
  access: Access,
  request: { slug: string | null; caller: Caller | null; requestId: string },
  read: ContextReader = readContext,
): Promise<Admitted> {
  const { slug, caller, requestId } = request;
  if (access !== "public" && !caller) throw unauthenticated();
  if (access === "public" && slug === null && !caller) return { context: null, scope: null, viewer: null };
  const context = await read({
    slug,
    accessToken: caller?.accessToken ?? null,
    sessionId: caller?.sessionId ?? null,
    requestId,
  });
  decide(access, slug, context);
  return { context, scope: context.scope, viewer: context.viewer };
}

export function decide(access: Access, slug: string | null, context: RequestContext): void {
  const { scope, viewer } = context;
  if (access !== "public" && !viewer) throw unauthenticated("You have been signed out. Sign in to continue.");
  if (slug === null) {
    if (typeof access !== "string")
      throw new TypeError("A permission is always one of a business: add [client].");
    return;
  }
  if (!scope) throw notFound("that business");
  if (access === "public") return;
  if (!viewer || viewer.personId === null) throw notFound("that business");
  const program = programOf(access);
  if (program !== null && !scope.client.programs.includes(program)) throw notFound("that page");
  if (typeof access === "object" && "permission" in access && !scope.can(access.permission))
    throw forbidden();
}
