import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordSplitter } from "@/lib/programs/loyalty/imports/reading/split-records";

async function split(text: string, chunk = text.length, delimiter: "," | ";" = ",") {
  const records: { cells: string[]; line: number }[] = [];
  const splitter = recordSplitter(delimiter, (cells, line) => records.push({ cells, line }));
  const characters = [...text];
  for (let at = 0; at < characters.length; at += chunk)
    splitter.write(characters.slice(at, at + chunk).join(""));
  await splitter.end();
  return records;
}

/** One reader with the same rules for the whole text at once, one byte after the other. */
const reference = (text: string) => {
  try {
    const records: string[][] = parse(text.replace(/\r\n?/g, "\n"), {
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: "\n",
    });
    let line = 1;
    return records.map((cells) => {
      const record = { cells, line };
      line += cells.join("").split("\n").length;
      return record;
    });
  } catch {
    return "refused";
  }
};

describe("cutting text into records", () => {
  it("agrees with csv-parse on any text, in any chunks, records and lines", async () => {
    const piece = fc.constantFrom('"', '""', ",", "\n", "\r\n", "\r", "a", "b c", "é😀", "12.5", "");
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 24 }),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, chunk) => {
          const text = pieces.join("");
          expect(await split(text, chunk).catch(() => "refused")).toEqual(reference(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("names the line each record starts on, as an editor counts", async () => {
    const text = 'a,b\r\n"x\r\ny\rz",1\n\n"p\n",2\rlast';
    for (const chunk of [1, 2, 3, 100])
      expect(await split(text, chunk)).toEqual([
        { cells: ["a", "b"], line: 1 },
        { cells: ["x\ny\nz", "1"], line: 2 },
        { cells: [""], line: 5 },
        { cells: ["p\n", "2"], line: 6 },
        { cells: ["last"], line: 8 },
      ]);
  });

  it("keeps quotes that stand inside words", async () => {
    const [record] = await split('5" screen;"so-called" hit;"a ""b"" c"', 4, ";");
    expect(record?.cells).toEqual(['5" screen', '"so-called" hit', 'a "b" c']);
  });

  it("loses no record below a quote that stands where none belongs", async () => {
    const text = 'a,"1\n2"\n"so-called" hit,3\n"b, c",4\n\n"d",5 "';
    for (const chunk of [1, 4, 100])
      expect(await split(text, chunk)).toEqual([
        { cells: ["a", "1\n2"], line: 1 },
        { cells: ['"so-called" hit', "3"], line: 3 },
        { cells: ["b, c", "4"], line: 4 },
        { cells: [""], line: 5 },
        { cells: ["d", '5 "'], line: 6 },
      ]);
  });

  it("passes over spaces behind a closing quote", async () => {
    for (const chunk of [1, 4, 100]) {
      const records = await split('"a" ,b\n"c"  \n"d" ', chunk);
      expect(records.map(({ cells }) => cells)).toEqual([["a", "b"], ["c"], ["d"]]);
    }
  });

  it("reads the same from any chunks", async () => {
    const piece = fc.constantFrom('"', '""', '",', ' ",', ",", "\n", "\r\n", "\r", "a", " ", "  ");
    const outcome = (text: string, chunk?: number) => split(text, chunk).catch(() => "refused");
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 24 }),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, chunk) => {
          const text = pieces.join("");
          expect(await outcome(text, chunk)).toEqual(await outcome(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("names the line of a quote that never closes, also before the file is over", async () => {
    const message = /near line 2 never closes/;
    await expect(split('a,b\nc,"d\ne,f\n')).rejects.toThrow(message);
    await expect(split('a,b\n"c" c,"d\ne,f\n')).rejects.toThrow(message);
    for (const opening of ['a,b\nc,"', 'a,b\n"c" c,"']) {
      const splitter = recordSplitter(",", () => undefined);
      expect(() => {
        splitter.write(opening);
        for (let n = 0; n < 100; n += 1) splitter.write("x".repeat(20_000));
      }).toThrow(message);
    }
  });
});
