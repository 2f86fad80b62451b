import { finished } from "node:stream/promises";
import { parse } from "csv-parse";
import Papa from "papaparse";
import { AppError } from "@/lib/kernel/errors";
import type { Delimiter } from "./sniff-delimiter";

type OnRecord = (cells: string[], line: number) => void;

interface RecordSplitter {
  /** Any piece of the text that does not cut a character in two. */
  write(text: string): void;
  /** The file is over: the last record may lack its newline, but not its closing quote. */
  end(): Promise<void>;
}

const longestRecord = 1024 * 1024;

/**
 * Cuts text into records of cells, whatever the chunks it comes in; `line` is where a record starts, as an editor
 * counts. Every newline becomes a line feed. Papa Parse reads as far as quotes stand where they belong; from the first
 * record where one does not, csv-parse reads on: it takes ten times as long, but keeps `"so-called" hit` as it is
 * written, where Papa Parse would run on into the records below.
 */
export function recordSplitter(delimiter: Delimiter, onRecord: OnRecord): RecordSplitter {
  let text = "";
  let heldBack = "";
  let line = 1;
  let tolerant: ReturnType<typeof tolerantReader> | undefined;

  const hand = (records: string[][], mayHoldNewlines: boolean): void => {
    for (const cells of records) {
      onRecord(cells, line);
      line += mayHoldNewlines ? newlinesIn(cells) + 1 : 1;
    }
  };
  const papa = (lines: string, preview = 0): Papa.ParseResult<string[]> =>
    new Papa.Parser({ delimiter, newline: "\n", preview }).parse(lines, 0, true);
  const read = (): void => {
    if (tolerant) return readTolerantly(tolerant);
    // Whole lines only: what stands behind a closing quote must not depend on the chunks.
    const lines = text.slice(0, text.lastIndexOf("\n") + 1);
    const { data, errors, meta } = papa(lines);
    const sound = errors[0]?.row;
    if (sound === undefined) text = text.slice(meta.cursor);
    else if (sound > 0) text = text.slice(papa(lines, sound).meta.cursor);
    hand(data.slice(0, sound), lines.includes('"'));
    if (sound !== undefined) readTolerantly((tolerant = tolerantReader(delimiter)));
    else if (text.length > longestRecord) throw unclosedQuote(line);
  };
  const readTolerantly = ({ parser, records }: ReturnType<typeof tolerantReader>): void => {
    if (text !== "") parser.write(text);
    text = "";
    hand(records.splice(0), true);
    if (parser.errored) throw unclosedQuote(line);
  };

  return {
    write(more) {
      const chunk = heldBack + more;
      // A carriage return at the border may be half a newline.
      heldBack = chunk.endsWith("\r") ? "\r" : "";
      text += lineFeeds(heldBack ? chunk.slice(0, -1) : chunk);
      read();
    },
    async end() {
      if (heldBack || text !== "") text += "\n";
      read();
      if (text !== "") throw unclosedQuote(line);
      if (!tolerant) return;
      await finished(tolerant.parser.end().resume()).catch(() => undefined);
      readTolerantly(tolerant);
    },
  };
}

function tolerantReader(delimiter: Delimiter) {
  const records: string[][] = [];
  const parser = parse({
    delimiter,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRecord,
    on_record: (cells: string[]) => void records.push(cells),
  });
  // With these settings only a quote that never closes goes wrong; `errored` tells, behind the records before it.
  parser.on("error", () => undefined);
  return { parser, records };
}

function lineFeeds(text: string): string {
  return text.includes("\r") ? text.split("\r\n").join("\n").replaceAll("\r", "\n") : text;
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) for (let at = -1; (at = cell.indexOf("\n", at + 1)) >= 0;) count += 1;
  return count;
}

function unclosedQuote(line: number): AppError {
  return new AppError(
    "UNCLOSED_QUOTE",
    422,
    `A quotation mark opened near line ${line} never closes, so the rest of the file cannot be read.`,
    { line },
  );
}
