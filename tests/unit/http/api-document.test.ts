import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../../..");
const address = /`(?:(GET|POST|PUT|PATCH|DELETE) )?(\{b\}\/[^`]+|\/api\/[^`]+)`/g;

it("docs/API.md names addresses that answer, with the methods it says", () => {
  const [, table = ""] = readFileSync(path.join(root, "docs/API.md"), "utf8").split("addresses\n");
  const rows = table
    .split("\n## ")[0]!
    .split("\n")
    .filter((line) => line.startsWith("| "));
  // The first cell is what a brief called it; the rest is ours.
  const named = rows.flatMap((row) => [...row.split("|").slice(2).join("|").matchAll(address)]);
  const wrong = named.flatMap(([, method = "", to = ""]) => {
    const file = path.join(root, "app", to.replace("{b}", "/api/[client]/loyalty"), "route.ts");
    const answers = existsSync(file) && readFileSync(file, "utf8").includes(`export const ${method}`);
    return answers ? [] : [`${method} ${to}`];
  });
  expect(named.length).toBeGreaterThan(45);
  expect(wrong).toEqual([]);
});
