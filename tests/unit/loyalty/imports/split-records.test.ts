import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordSplitter } from "@/lib/programs/loyalty/imports/reading/split-records";

function split(text: string, chunk = text.length, delimiter: "," | ";" = ",") {
  const records: { cells: string[]; line: number }[] = [];
  const splitter = recordSplitter(delimiter, (cells, line) => records.push({ cells, line }));
  for (let at = 0; at < text.length; at += chunk) splitter.write(text.slice(at, at + chunk));
  splitter.end();
  return records;
}

/** A well-known reader with the same rules, one byte after the other. */
const reference = (text: string) =>
  parse(text, {
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ["\r\n", "\n", "\r"],
  }) as string[][];

const outcome = (read: () => string[][]) => {
  try {
    return read();
  } catch {
    return "refused";
  }
};

describe("cutting text into records", () => {
  it("agrees with a well-known reader on any text, in any chunks", () => {
    const piece = fc.constantFrom('"', '""', ",", "\n", "\r\n", "\r", "a", " ", "é😀", "12.5", "");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), fc.integer({ min: 1, max: 9 }), (pieces, chunk) => {
        const text = pieces.join("");
        expect(outcome(() => split(text, chunk).map(({ cells }) => cells))).toEqual(
          outcome(() => reference(text)),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it("names the line each record starts on, as an editor counts", () => {
    const text = 'a,b\r\n"x\r\ny\rz",1\n\n"p\n",2\rlast';
    for (const chunk of [1, 2, 3, 100])
      expect(split(text, chunk)).toEqual([
        { cells: ["a", "b"], line: 1 },
        { cells: ["x\r\ny\rz", "1"], line: 2 },
        { cells: [""], line: 5 },
        { cells: ["p\n", "2"], line: 6 },
        { cells: ["last"], line: 8 },
      ]);
  });

  it("keeps quotes that stand inside words", () => {
    expect(split('5" screen;"so-called" hit;"a ""b"" c"', 4, ";")[0]?.cells).toEqual([
      '5" screen',
      '"so-called" hit',
      'a "b" c',
    ]);
  });

  it("names the line of a quote that never closes, also before the file is over", () => {
    const message = /near line 2 never closes/;
    expect(() => split('a,b\nc,"d\ne,f\n')).toThrow(message);
    const splitter = recordSplitter(",", () => undefined);
    expect(() => {
      splitter.write('a,b\nc,"');
      for (let n = 0; n < 100; n += 1) splitter.write("x".repeat(20_000));
    }).toThrow(message);
  });
});
