import { describe, expect, it, vi } from "vitest";
import { userId } from "./environment";
import { admit, decide, programOf, type Access } from "@/lib/http/access";
import type { Caller } from "@/lib/http/authenticate";
import type { RequestContext } from "@/lib/db/read-context";
import type { ProgramId, TenantScope, Viewer } from "@/lib/db/tenant-scope";

interface Facts {
  exists?: boolean;
  signedIn?: boolean;
  member?: boolean;
  programs?: ProgramId[];
  permissions?: string[];
}

function contextOf({
  exists = true,
  signedIn = true,
  member = true,
  programs = ["loyalty"],
  permissions = [],
}: Facts): RequestContext {
  const held = new Set(permissions);
  const viewer = signedIn
    ? ({ userId, personId: member && exists ? "p1" : null, permissions: held } as unknown as Viewer)
    : null;
  const scope = exists
    ? ({
        client: { slug: "glow", programs },
        viewer,
        can: (one: string) => held.has(one),
      } as unknown as TenantScope)
    : null;
  return {
    user: signedIn ? { id: userId, email: "", emailVerified: true } : null,
    viewer,
    scope,
    unread: 0,
    mailBlocked: null,
    businesses: [],
    view: null,
  };
}

const outcome = (access: Access, slug: string | null, facts: Facts): number => {
  try {
    decide(access, slug, contextOf(facts));
    return 200;
  } catch (error) {
    return (error as { status: number }).status;
  }
};

const permission = { permission: "loyalty.imports.write" };
const member = { member: "loyalty" as const };

describe("who is let in", () => {
  it.each<[string, Access, Facts, number]>([
    ["anybody to a public page", "public", { signedIn: false }, 200],
    ["nobody to a business that is not there", "public", { exists: false }, 404],
    ["a member to what every member sees", "signed-in", {}, 200],
    ["a stranger to nothing of a business", "signed-in", { member: false }, 404],
    ["someone signed out to nothing", "signed-in", { signedIn: false, member: false }, 401],
    ["a member to a program that is on", member, {}, 200],
    ["a member to no program that is off", member, { programs: ["care"] }, 404],
    ["the holder of a permission", permission, { permissions: ["loyalty.imports.write"] }, 200],
    ["a member without it, who is told so", permission, { permissions: ["loyalty.imports.read"] }, 403],
    [
      "its holder, but not while the program is off",
      permission,
      { programs: [], permissions: ["loyalty.imports.write"] },
      404,
    ],
    ["a stranger, who learns nothing of it", permission, { member: false }, 404],
    ["a business that is not there, just as a stranger's", permission, { exists: false }, 404],
    [
      "a core permission in any business",
      { permission: "people.people.read" },
      { programs: [], permissions: ["people.people.read"] },
      200,
    ],
  ])("%s", (_name, access, facts, status) => expect(outcome(access, "glow", facts)).toBe(status));

  it("gives a stranger and a business that is not there the very same answer", () => {
    const messageOf = (facts: Facts) => {
      try {
        decide(permission, "glow", contextOf(facts));
      } catch (error) {
        return JSON.stringify({ ...(error as object), message: (error as Error).message });
      }
      return "none";
    };
    expect(messageOf({ member: false })).toBe(messageOf({ exists: false }));
    expect(messageOf({ member: false })).not.toBe("none");
  });

  it("names the program of a permission and of a member's page", () => {
    expect([
      programOf(permission),
      programOf(member),
      programOf({ permission: "people.people.read" }),
      programOf("public"),
    ]).toEqual(["loyalty", "loyalty", null, null]);
  });

  it("asks the database nothing for a public route without a business, and nothing for someone signed out", async () => {
    const read = vi.fn(() => Promise.resolve(contextOf({})));
    expect(await admit("public", { slug: null, caller: null, requestId: "r" }, read)).toEqual({
      context: null,
      scope: null,
      viewer: null,
    });
    await expect(
      admit("signed-in", { slug: "glow", caller: null, requestId: "r" }, read),
    ).rejects.toMatchObject({ status: 401 });
    expect(read).not.toHaveBeenCalled();
  });

  it("turns away a token whose session has ended", async () => {
    const caller = { accessToken: "t", userId, sessionId: "s" } as Caller;
    const ended = () => Promise.resolve(contextOf({ signedIn: false, member: false }));
    await expect(admit("signed-in", { slug: null, caller, requestId: "r" }, ended)).rejects.toMatchObject({
      status: 401,
    });
  });

  it("does not accept a permission on a path without a business", () => {
    expect(() => decide(permission, null, contextOf({}))).toThrow(TypeError);
  });
});
