import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { csvByteOrderMark, csvLine } from "@/lib/kernel/csv";
import { runRepository } from "./run.repository";
import { rowOutcomes, type RowOutcome } from "./run.schema";

const setAside: readonly RowOutcome[] = ["rejected", "unmatched", "duplicate"];

/**
 * Every row that was left out, with its line, column, reason and what stood there. Streamed page by page, so a file of
 * nothing but faults costs no more memory than any other. What came from outside is escaped by the CSV writer.
 */
export async function exportSetAside(
  scope: TenantScope,
  runId: string,
  say: (reason: string) => string,
): Promise<ReadableStream<Uint8Array>> {
  requirePermission(scope, "loyalty.imports.read");
  const repository = runRepository(scope);
  await repository.findById(runId);
  const encoder = new TextEncoder();
  async function* lines(): AsyncGenerator<string> {
    yield csvByteOrderMark + csvLine(["line", "outcome", "column", "reason", "value", "handle", "video_url"]);
    for (const outcome of rowOutcomes.filter((each) => setAside.includes(each))) {
      let cursor: string | undefined;
      do {
        const page = await repository.listRows(runId, { outcome, limit: 200, cursor });
        let text = "";
        for (const row of page.items) {
          text += csvLine([
            row.line,
            outcome,
            row.columnName,
            say(row.reason ?? ""),
            row.rawValue,
            row.handle,
            row.url,
          ]);
        }
        yield text;
        cursor = page.next ?? undefined;
      } while (cursor);
    }
  }
  const source = lines();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await source.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void source.return(undefined),
  });
}
