import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { adminNavigation, memberNavigation } from "@/lib/registry/navigation";

const app = path.join(import.meta.dirname, "../../../app/[client]");

function scopeWith(
  permissions: "all" | readonly string[],
  programs: readonly string[] = ["loyalty"],
): TenantScope {
  return {
    client: { programs },
    can: (permission: string) => permissions === "all" || permissions.includes(permission),
  } as unknown as TenantScope;
}
const paths = (entries: readonly { path: string }[]) => entries.map((entry) => entry.path);

describe("the rail of the admin", () => {
  it("leads to pages that ask for the same permission", () => {
    for (const { path: to, permission } of adminNavigation(scopeWith("all")).slice(1) as unknown as {
      path: string;
      permission: string;
    }[]) {
      const file = path.join(app, to, "page.tsx");
      expect(existsSync(file), to).toBe(true);
      expect(readFileSync(file, "utf8"), to).toContain(`access: { permission: "${permission}" }`);
    }
  });

  it("shows each member of staff what they may open, and home to all", () => {
    expect(paths(adminNavigation(scopeWith([])))).toEqual(["/admin"]);
    expect(paths(adminNavigation(scopeWith(["loyalty.payouts.read"])))).toEqual([
      "/admin",
      "/admin/loyalty/payouts",
    ]);
  });
});

describe("the tabs of the member app", () => {
  it("are five at most, and each is a page", () => {
    for (const programs of [["loyalty"], [], ["loyalty", "launch"]]) {
      const tabs = paths(memberNavigation(scopeWith("all", programs)));
      expect(tabs.length).toBeLessThanOrEqual(5);
      for (const to of tabs) {
        const file = [path.join(app, "(member)", to, "page.tsx"), path.join(app, to, "page.tsx")].find(
          existsSync,
        );
        expect(file, to).toBeDefined();
      }
    }
  });

  it("are a creator's with the program on, and never without it", () => {
    const creator = ["loyalty.app.use"];
    expect(paths(memberNavigation(scopeWith(creator)))).toEqual([
      "/home",
      "/loyalty/missions",
      "/loyalty/rewards",
      "/loyalty/tiers",
      "/settings",
    ]);
    expect(paths(memberNavigation(scopeWith([], ["care"])))).toEqual([
      "/home",
      "/notifications",
      "/settings",
    ]);
    expect(paths(memberNavigation(scopeWith([])))).not.toContain("/loyalty/rewards");
  });
});
