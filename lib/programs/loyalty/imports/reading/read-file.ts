import { AppError } from "@/lib/kernel/errors";
import {
  type Conventions,
  decideConventions,
  type Evidence,
  mustReadAgain,
  noEvidence,
  type ReadingNote,
} from "./conventions";
import { decodeText, NotUtf8, sniffEncoding, type TextEncoding } from "./decode-text";
import { splitHead } from "./byte-stream";
import { headerFinder } from "./find-header";
import type { ColumnMapping, MatchedHeader } from "./match-header";
import { isRejection, type RowReader, rowReader, type VideoRow } from "./read-row";
import type { Rejection } from "./rejections";
import { type Delimiter, sniffDelimiter } from "./sniff-delimiter";
import { recordSplitter } from "./split-records";

export interface ReadFileOptions {
  currency: string;
  locale: string;
  timeZone: string;
  businessDate: string;
  mapping?: ColumnMapping;
  /** Rows in one part; a part is what one transaction keeps. */
  partSize?: number;
  /** Where an earlier reader of the same file stopped. */
  resume?: ReaderState;
}

/** All a later reader needs to carry on after the last kept part. Plain JSON. */
export interface ReaderState {
  encoding: TextEncoding;
  delimiter: Delimiter;
  header: MatchedHeader;
  headerLine: number;
  conventions: Conventions;
  evidence: Evidence;
  /** Records after the header that are dealt with, blank ones among them. */
  records: number;
  rows: number;
  rejected: number;
  blank: number;
  /** True once the whole file has been read and its evidence decided: nothing is guessed any more. */
  isDecided: boolean;
}

export type ReadStep =
  | { kind: "part"; rows: VideoRow[]; rejections: Rejection[]; state: ReaderState; bytesRead: number }
  /** What was handed out so far was read under a wrong guess: drop it, the file comes again from its start. */
  | { kind: "restart" }
  | { kind: "done"; state: ReaderState; notes: ReadingNote[] };

/**
 * Streams a file as parts of rows. It guesses the conventions from the first rows, gathers the evidence of every
 * row on the way, and reads again from the start only if the whole file says otherwise.
 */
export async function* readFile(
  open: () => Promise<AsyncIterable<Uint8Array>>,
  options: ReadFileOptions,
): AsyncGenerator<ReadStep> {
  let resume = options.resume;
  let encoding: TextEncoding | undefined = resume?.encoding;
  let decided: Conventions | undefined;
  for (;;) {
    try {
      const state = yield* readOnce(open, options, { resume, encoding, decided });
      const decision = decideConventions(state.evidence, {
        delimiter: state.delimiter,
        locale: options.locale,
      });
      if (!state.isDecided && mustReadAgain(state.conventions, decision.conventions, state.evidence)) {
        decided = decision.conventions;
        ({ encoding } = state);
      } else {
        yield { kind: "done", state, notes: [...decision.notes, ...notesOf(state)] };
        return;
      }
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
      encoding = "windows-1252";
    }
    resume = undefined;
    yield { kind: "restart" };
  }
}

interface Attempt {
  resume: ReaderState | undefined;
  encoding: TextEncoding | undefined;
  decided: Conventions | undefined;
}

async function* readOnce(
  open: () => Promise<AsyncIterable<Uint8Array>>,
  options: ReadFileOptions,
  attempt: Attempt,
): AsyncGenerator<ReadStep, ReaderState> {
  const partSize = options.partSize ?? 5_000;
  const { head, bytes } = await splitHead(await open());
  const guess = sniffEncoding(head);
  if (attempt.encoding) guess.encoding = attempt.encoding;
  const headText = new TextDecoder(guess.encoding).decode(head.subarray(guess.bomLength));
  const delimiter = attempt.resume?.delimiter ?? sniffDelimiter(headText);
  const find = headerFinder(options.mapping ?? {}, attempt.resume);

  let state: ReaderState | undefined;
  let reader: RowReader | undefined;
  let toPass = attempt.resume?.records ?? 0;
  let rows: VideoRow[] = [];
  let rejections: Rejection[] = [];

  const start = (header: MatchedHeader, headerLine: number, sample: readonly (readonly string[])[]) => {
    state = attempt.resume
      ? structuredClone(attempt.resume)
      : {
          encoding: guess.encoding,
          delimiter,
          header,
          headerLine,
          evidence: noEvidence(),
          conventions: attempt.decided ?? guessConventions(header, sample, delimiter, options),
          records: 0,
          rows: 0,
          rejected: 0,
          blank: 0,
          isDecided: attempt.decided !== undefined,
        };
    reader = rowReader({ ...options, header, conventions: state.conventions, evidence: state.evidence });
  };
  const onRow = (cells: readonly string[], line: number) => {
    if (!state || !reader) return;
    if (toPass > 0) {
      toPass -= 1;
      return;
    }
    state.records += 1;
    if (isBlank(cells)) {
      state.blank += 1;
      return;
    }
    state.rows += 1;
    const row = reader(cells, line);
    if (isRejection(row)) {
      state.rejected += 1;
      rejections.push(row);
    } else rows.push(row);
  };

  const records = recordSplitter(delimiter, (cells, line) => {
    if (state) onRow(cells, line);
    else find.offer(cells, line, start, onRow);
  });

  for await (const text of decodeText(bytes(), guess)) {
    records.write(text);
    if (state && rows.length + rejections.length >= partSize) {
      yield { kind: "part", rows, rejections, state: structuredClone(state), bytesRead: bytes.read };
      rows = [];
      rejections = [];
    }
  }
  await records.end();
  if (!state) find.end(start, onRow);
  const last = state as ReaderState | undefined;
  if (!last)
    throw new AppError("EMPTY_FILE", 422, "This file is empty. Export it again and drop the new file.");
  if (last.rows === 0)
    throw new AppError("EMPTY_FILE", 422, "This file has column names and not one row. Export it again.");
  if (rows.length + rejections.length > 0) {
    yield { kind: "part", rows, rejections, state: structuredClone(last), bytesRead: bytes.read };
  }
  return last;
}

/** A first guess from the rows at hand, so that most files are read once. */
function guessConventions(
  header: MatchedHeader,
  sample: readonly (readonly string[])[],
  delimiter: Delimiter,
  options: ReadFileOptions,
): Conventions {
  const hints = { delimiter, locale: options.locale };
  const evidence = noEvidence();
  const { conventions } = decideConventions(evidence, hints);
  const reader = rowReader({ ...options, header, conventions, evidence });
  for (const cells of sample) reader(cells, 0);
  return decideConventions(evidence, hints).conventions;
}

function notesOf(state: ReaderState): ReadingNote[] {
  const notes: ReadingNote[] = [];
  if (state.header.unread.length > 0)
    notes.push({ code: "columnsUnread", columns: state.header.unread.slice(0, 50) });
  if (state.encoding === "windows-1252") notes.push({ code: "encodingAssumed", encoding: "Windows-1252" });
  if (state.headerLine > 1) notes.push({ code: "linesBeforeHeader", lines: state.headerLine - 1 });
  return notes;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}
