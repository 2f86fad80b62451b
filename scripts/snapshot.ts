import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { catalogueText } from "./stack/catalogue";
import { root } from "./stack/config";
import { withScratchDatabase } from "./stack/scratch";
import { withDatabase } from "./stack/sql";

/** Writes supabase/schema.snapshot.sql; `--check` only says whether it is current. */
const target = path.join(root, "supabase", "schema.snapshot.sql");
const text = await withScratchDatabase((url) => withDatabase(url, catalogueText));

if (process.argv.includes("--check")) {
  const current = existsSync(target) && readFileSync(target, "utf8") === text;
  console.log(
    current
      ? "The schema snapshot is current."
      : "The schema snapshot is behind the migrations: run `npm run snapshot`.",
  );
  process.exit(current ? 0 : 1);
}
writeFileSync(target, text);
console.log(`Wrote ${path.relative(root, target)}.`);
process.exit(0);
