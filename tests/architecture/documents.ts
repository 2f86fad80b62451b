import { readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Rows `| a | b |` under a heading of a Markdown file, without the header row. */
export function tableUnder(file: string, heading: string): string[][] {
  const section =
    read(file)
      .split(/^## /m)
      .find((part) => part.startsWith(heading)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

/** Name → reason, as written in supabase/README.md. */
export function definerList(): Map<string, string> {
  return new Map(
    tableUnder("supabase/README.md", "Definer functions").map(([name = "", reason = ""]) => [name, reason]),
  );
}

/** Functions of the API that are more than a call, with what they do under the caller's own policies. */
export function ownBodyList(): Map<string, string> {
  return new Map(
    tableUnder("supabase/README.md", "API functions with a body").map(([name = "", reason = ""]) => [
      name,
      reason,
    ]),
  );
}

/** The SQLSTATEs of supabase/README.md. */
export function sqlstates(): Set<string> {
  return new Set(tableUnder("supabase/README.md", "Errors").map(([state = ""]) => state));
}
