import { createHash } from "node:crypto";
import type { ReadingNote } from "./reading/conventions";
import { readFile, type ReaderState } from "./reading/read-file";
import { inRun, type RunRecord } from "./run-record.system";
import { SeenKeys } from "./seen-keys";
import { stagePart, writePart } from "./stage-part.system";

export interface RunFile {
  /** Each call starts at the first byte. */
  open: () => Promise<AsyncIterable<Uint8Array>>;
}

interface ReadOutcome {
  sha256: string;
  notes: ReadingNote[];
  /** False only if no video is named twice. */
  mayHaveDoubles: boolean;
  /** False when the time given was over: a later job carries on. */
  isComplete: boolean;
}

const partSize = 10_000;
/** Parts on their way into the database at once: enough that neither side waits for the other. */
const lanes = 3;

/** Streams the file into the waiting rows, part by part, carrying on where an earlier job stopped. */
export async function readRun(
  run: RunRecord,
  file: RunFile,
  isOutOfTime: () => boolean,
): Promise<ReadOutcome> {
  const resume = (await keptState(run)) ?? undefined;
  let hash = createHash("sha256");
  const open = async () => {
    hash = createHash("sha256");
    return hashed(await file.open(), (chunk) => hash.update(chunk));
  };
  const steps = readFile(open, {
    currency: run.currency,
    locale: run.locale,
    timeZone: run.timeZone,
    businessDate: run.businessDate,
    mapping: run.mapping,
    partSize,
    ...(resume ? { resume } : {}),
  });
  // While some parts are on their way into the database the next ones are being read.
  const underWay: Promise<void>[] = [];
  let seen = new SeenKeys();
  let isResumed = resume !== undefined;
  let latest: Promise<void> = Promise.resolve();
  try {
    for await (const step of steps) {
      if (step.kind === "part") {
        const part = writePart(run, step);
        for (const row of step.rows) seen.add(row.urlKey);
        if (underWay.length === lanes) await underWay.shift();
        latest = stagePart(run, part, latest);
        latest.catch(() => undefined);
        underWay.push(latest);
        if (!isOutOfTime()) continue;
        await latest;
        return { sha256: "", notes: [], mayHaveDoubles: true, isComplete: false };
      }
      await latest;
      if (step.kind === "done") {
        return {
          sha256: hash.digest("hex"),
          notes: step.notes,
          // What an earlier job read is not known here.
          mayHaveDoubles: seen.mayHaveDoubles || isResumed,
          isComplete: true,
        };
      }
      await restart(run);
      seen = new SeenKeys();
      isResumed = false;
    }
  } finally {
    await latest.catch(() => undefined);
  }
  throw new Error("the reader ended without a result");
}

/** The reader's own note counts only if the rows it speaks of are really there: a server crash empties them. */
async function keptState(run: RunRecord): Promise<ReaderState | null> {
  const state = run.reading;
  const staged = await inRun(run, async (db) => {
    const { rows } = await db.query<{ n: number }>(
      `select ((select count(*) from private.loyalty_import_rows s where s.run_id = $2)
             + (select count(*) from public.loyalty_sync_run_rows w
                 where w.client_id = $1 and w.run_id = $2 and w.outcome <> 'rejected'))::float8 as n`,
      [run.clientId, run.id],
    );
    return rows[0]?.n ?? 0;
  });
  if (state && staged === state.rows - state.rejected) return state;
  if (state || staged > 0) await restart(run);
  return null;
}

async function restart(run: RunRecord): Promise<void> {
  await inRun(run, (db) =>
    db.query("select private.loyalty_restart_reading($1, $2)", [run.clientId, run.id]),
  );
}

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    see(chunk);
    yield chunk;
  }
}
