import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./stack/config";
import { supabase } from "./stack/migrate";
import { withScratchDatabase } from "./stack/scratch";

/** Writes lib/db/types.generated.ts from today's migrations; `--check` only says whether it is current. */
const target = path.join(root, "lib", "db", "types.generated.ts");

const text = await withScratchDatabase(async (url) => {
  const done = supabase(["gen", "types", `--remote=${url}`, "--schema", "public"]);
  if (done.status !== 0 || !done.stdout.includes("export type Database")) {
    throw new Error(`The types could not be made.\n${done.stdout.slice(0, 2000)}\n${done.stderr}`);
  }
  const body = done.stdout.slice(done.stdout.indexOf("export type"));
  return format(`// Written by \`npm run types\` from supabase/migrations. Do not edit.\n${body}`);
});

if (process.argv.includes("--check")) {
  const current = readFileSync(target, "utf8") === text;
  console.log(
    current
      ? "The generated types are current."
      : "The generated types are behind the migrations: run `npm run types`.",
  );
  process.exit(current ? 0 : 1);
}
writeFileSync(target, text);
console.log(`Wrote ${path.relative(root, target)}.`);
process.exit(0);

function format(source: string): string {
  const bin = path.join(root, "node_modules", "prettier", "bin", "prettier.cjs");
  const done = spawnSync(process.execPath, [bin, "--stdin-filepath", target], {
    cwd: root,
    input: source,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return done.status === 0 ? done.stdout : source;
}
