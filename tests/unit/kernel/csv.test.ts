import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell, toCsv } from "@/lib/kernel/csv";

const read = (text: string) => parse(text, { bom: true, relax_column_count: true }) as string[][];

describe("CSV out", () => {
  it.each([
    "=1+1",
    '+HYPERLINK("x")',
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "＋1x",
    "\u0000=1",
  ])("keeps %j as text", (value) => expect(read(csvCell(value))[0]![0]).toBe(`'${value}`));

  it.each(["-5", "+3", "-1.5", "12%", "a=b", "mira@portico.test", "", "plain"])(
    "leaves %j alone",
    (value) => {
      expect(csvCell(value)).toBe(value);
    },
  );

  it("writes numbers, big numbers, booleans, dates and nothing", () => {
    expect([1.5, -2, 12345678901234567890n, true, new Date(0), null, undefined].map(csvCell)).toEqual([
      "1.5",
      "-2",
      "12345678901234567890",
      "true",
      "1970-01-01T00:00:00.000Z",
      "",
      "",
    ]);
  });

  it("reads back as it was, for any text that is not a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
        const rows = values.map((value) => ({ value: `x${value}` }));
        const lines = read(
          toCsv(rows, [
            { header: "value", value: (row) => row.value },
            { header: "end", value: () => "." },
          ]),
        );
        expect(lines.slice(1).map((line) => line[0])).toEqual(rows.map((row) => row.value));
      }),
    );
  });

  it("never lets any text begin a formula", () => {
    fc.assert(
      fc.property(fc.constantFrom("=", "+", "-", "@", "\t=", " -", "＠"), fc.string(), (start, rest) => {
        const cell = read(`${csvCell(`${start}${rest}x`)},.`)[0]![0]!;
        expect(cell.startsWith("'") || /^[+-]?\d/.test(cell)).toBe(true);
      }),
    );
  });

  it("starts with the mark that tells a spreadsheet the file is UTF-8", () => {
    expect(toCsv([], [{ header: "Name", value: () => "" }])).toBe("\uFEFFName\r\n");
  });
});
