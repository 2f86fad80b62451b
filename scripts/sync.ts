import { parseArgs } from "node:util";
import { closeSql } from "@/lib/db/direct";
import { isAppError } from "@/lib/kernel/errors";
import { importLocalFile } from "@/lib/programs/loyalty/server";

/** `npm run sync -- --client glow --file videos.csv`: one file by hand, with the same checks as an upload. */
const { values } = parseArgs({
  options: {
    client: { type: "string" },
    file: { type: "string" },
    check: { type: "boolean", default: false },
    confirm: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help || !values.client || !values.file) {
  console.log("npm run sync -- --client <slug> --file <path> [--check] [--confirm]");
  console.log("  --check    compare only, save nothing");
  console.log("  --confirm  save although totals fall by more than the limit");
  process.exit(values.help ? 0 : 2);
}

const endings: Record<string, string> = {
  saved: "Saved.",
  checked: "Checked. Nothing is saved.",
  needs_confirmation:
    "Stopped: totals fall by more than the limit. Nothing is saved. Run again with --confirm to save.",
  skipped: "This file was saved before. Nothing to do.",
  failed: "Nothing is saved.",
};

/** In the order of the run's page; the database gives them in none. */
const countNames = {
  read: "read",
  new: "new",
  changed: "changed",
  unchanged: "unchanged",
  unmatched: "unmatched",
  rowsOfNewCreators: "of them of creators not seen before",
  creatorsAdded: "creators added",
  rejected: "rejected",
  duplicate: "double, a later row was used",
  blank: "blank",
};

try {
  const result = await importLocalFile({
    clientSlug: values.client,
    file: values.file,
    isCheckOnly: values.check,
    isConfirmed: values.confirm,
  });
  if (result.message) console.log(result.message);
  console.log(endings[result.state] ?? result.state);
  for (const [name, label] of Object.entries(countNames))
    console.log(`${String(result.counts[name] ?? 0).padStart(12)}  ${label}`);
  process.exitCode = ["saved", "checked", "skipped"].includes(result.state) ? 0 : 1;
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeSql();
}
