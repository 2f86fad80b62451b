import { AppError } from "@/lib/kernel/errors";
import type { Delimiter } from "./sniff-delimiter";

export type OnRecord = (cells: string[], line: number) => void;

export interface RecordSplitter {
  write(text: string): void;
  /** The file is over: the last record may lack its newline, but not its closing quote. */
  end(): void;
}

const longestRecord = 1024 * 1024;

/**
 * Cuts text into records of cells, whatever the chunks it comes in. Records end at any newline outside quotes; `""`
 * inside quotes is one. A quote that stands where none belongs is kept as a character: portals write `5" screen` and
 * `"so-called" hit` without a thought. `line` is where a record starts, as an editor counts.
 */
export function recordSplitter(delimiter: Delimiter, onRecord: OnRecord): RecordSplitter {
  let text = "";
  let line = 1;
  // Where the next of each kind stands at or behind the place that is being read; the text's length if there is none.
  let quoteAt = 0;
  let lineFeedAt = 0;
  let returnAt = 0;
  let fieldEnd = 0;

  const find = (wanted: string, from: number): number => {
    const at = text.indexOf(wanted, from);
    return at < 0 ? text.length : at;
  };
  const newlineFrom = (from: number): number => {
    if (lineFeedAt < from) lineFeedAt = find("\n", from);
    if (returnAt < from) returnAt = find("\r", from);
    return Math.min(lineFeedAt, returnAt);
  };
  const quoteFrom = (from: number): number => (quoteAt < from ? (quoteAt = find('"', from)) : quoteAt);

  /** The cell that opens with a quote at `start`; leaves its end in `fieldEnd`, or -1 if its end has not come yet. */
  const quotedCell = (start: number, isLast: boolean): string => {
    let cell = "";
    let from = start + 1;
    for (;;) {
      const quote = quoteFrom(from);
      if (quote + 1 >= text.length && !(isLast && quote < text.length)) {
        fieldEnd = -1;
        return "";
      }
      const next = text[quote + 1];
      if (next === '"') {
        cell += text.slice(from, quote + 1);
        from = quote + 2;
        continue;
      }
      cell += text.slice(from, quote);
      fieldEnd = quote + 1;
      if (next === undefined || next === delimiter || next === "\n" || next === "\r") return cell;
      // The quotes were part of the words.
      const rest = plainCell(quote + 1);
      return `"${cell}"${rest}`;
    }
  };
  const plainCell = (start: number): string => {
    fieldEnd = Math.min(find(delimiter, start), newlineFrom(start));
    return text.slice(start, fieldEnd);
  };

  const read = (isLast: boolean): void => {
    let start = 0;
    quoteAt = lineFeedAt = returnAt = -1;
    while (start < text.length) {
      const lineEnd = newlineFrom(start);
      let end = lineEnd;
      let cells: string[];
      if (quoteFrom(start) >= end) {
        if (!isComplete(end, isLast)) break;
        cells = text.slice(start, end).split(delimiter);
      } else {
        cells = [];
        let at = start;
        for (;;) {
          cells.push(text[at] === '"' ? quotedCell(at, isLast) : plainCell(at));
          if (fieldEnd < 0 || text[fieldEnd] !== delimiter) break;
          at = fieldEnd + 1;
        }
        end = fieldEnd;
        if (end < 0 || !isComplete(end, isLast)) break;
      }
      onRecord(cells, line);
      line += end === lineEnd ? 1 : newlinesIn(cells) + 1;
      start = end + (text[end] === "\r" && text[end + 1] === "\n" ? 2 : 1);
    }
    text = text.slice(start);
    if (text.length > longestRecord || (isLast && text !== "")) throw unclosedQuote(line);
  };
  /** A record is whole once its newline is there, and what follows a carriage return. */
  const isComplete = (end: number, isLast: boolean): boolean =>
    isLast || end + 1 < text.length || (end < text.length && text[end] === "\n");

  return {
    write(more) {
      text += more;
      read(false);
    },
    end: () => read(true),
  };
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = 0; at < cell.length; at += 1) {
      const code = cell.charCodeAt(at);
      if (code === 10 || (code === 13 && cell.charCodeAt(at + 1) !== 10)) count += 1;
    }
  }
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
