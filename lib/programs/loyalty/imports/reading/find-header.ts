import { fieldForHeader, headerKey } from "./fields";
import { type ColumnMapping, matchHeader, type MatchedHeader } from "./match-header";

type Cells = readonly string[];
type Start = (header: MatchedHeader, line: number, sample: Cells[]) => void;
type OnRow = (cells: Cells, line: number) => void;

const longestPreamble = 12;
const sampleSize = 400;

/**
 * Reports put a title and a date range above the header. The header is the first of the opening rows in which at
 * least three columns are known; if none is, the first row is taken at its word and its drift is explained.
 */
export function headerFinder(
  mapping: ColumnMapping,
  resume: { header: MatchedHeader; headerLine: number } | undefined,
) {
  const wanted = new Set(
    Object.values(mapping).flatMap((name) => (typeof name === "string" ? [headerKey(name)] : [])),
  );
  const opening: { cells: Cells; line: number }[] = [];
  let found: { header: MatchedHeader; line: number } | undefined;

  const knownCells = (cells: Cells) =>
    cells.filter((cell) => wanted.has(headerKey(cell)) || fieldForHeader(cell) !== null).length;
  const settle = (start: Start, onRow: OnRow) => {
    if (!found) return;
    start(
      found.header,
      found.line,
      opening.map((row) => row.cells),
    );
    for (const row of opening) onRow(row.cells, row.line);
    opening.length = 0;
  };
  const takeFirst = () => {
    const first = opening.shift();
    if (first) found = { header: matchHeader(first.cells, mapping), line: first.line };
  };

  return {
    /** Keeps rows until there are enough to guess from, then hands all of them over in order. */
    offer(cells: Cells, line: number, start: Start, onRow: OnRow): void {
      if (!found) {
        if (resume && line === resume.headerLine) {
          found = { header: resume.header, line };
          settle(start, onRow);
          return;
        }
        if (resume || cells.every((cell) => cell.trim() === "") || isSeparatorHint(cells)) return;
        if (knownCells(cells) >= 3) {
          opening.length = 0;
          found = { header: matchHeader(cells, mapping), line };
          return;
        }
        opening.push({ cells, line });
        if (opening.length >= longestPreamble) takeFirst();
        return;
      }
      opening.push({ cells, line });
      if (opening.length >= sampleSize) settle(start, onRow);
    },
    end(start: Start, onRow: OnRow): void {
      if (!found) takeFirst();
      settle(start, onRow);
    },
  };
}

/** Excel's own first line, `sep=;`. */
function isSeparatorHint(cells: Cells): boolean {
  return /^sep=/i.test(cells[0] ?? "");
}
