import { Readable } from "node:stream";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import {
  readFile,
  type ReaderState,
  type ReadFileOptions,
} from "@/lib/programs/loyalty/imports/reading/read-file";
import type { VideoRow } from "@/lib/programs/loyalty/imports/reading/read-row";

const header = "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold";
const link = (n: number) => `https://www.tiktok.com/@a/video/${70_000 + n}`;
const row = (
  n: number,
  more: { title?: string; date?: string; gmv?: string; ctr?: string; handle?: string } = {},
) =>
  `${more.handle ?? "mira"},${link(n)},${more.title ?? "T"},${more.date ?? "2026-11-01"},10,2,1,${more.gmv ?? "5"},${more.ctr ?? "1%"},3`;

async function readAll(content: string | Buffer, options: Partial<ReadFileOptions> = {}, chunk = 7) {
  const bytes = Buffer.from(content as string);
  const cut = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  let rows: VideoRow[] = [];
  let rejections: { line: number; field: string | null; reason: string; raw: string }[] = [];
  let restarts = 0;
  const states: ReaderState[] = [];
  let notes: { code: string }[] = [];
  const steps = readFile(async () => Readable.from(cut()), {
    currency: "USD",
    locale: "en-US",
    timeZone: "America/New_York",
    businessDate: "2026-11-20",
    ...options,
  });
  for await (const step of steps) {
    if (step.kind === "part") {
      rows.push(...step.rows);
      rejections.push(...step.rejections);
      states.push(step.state);
    } else if (step.kind === "restart") {
      rows = [];
      rejections = [];
      restarts += 1;
    } else notes = step.notes;
  }
  return { rows, rejections, restarts, notes, states };
}

describe("reading a file", () => {
  it("reads the same rows from every encoding and delimiter", async () => {
    const lines = [
      header,
      row(1, { title: "Crème brûlée" }),
      row(2, { title: '"with ""quotes"", commas\nand a line"' }),
      row(3),
    ];
    const plain = (await readAll(lines.join("\n"))).rows;
    expect(plain).toHaveLength(3);
    expect(plain[1]?.title).toBe('with "quotes", commas and a line');
    const text = lines.join("\r\n");
    for (const content of [
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
      Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(text, "utf-16le")]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(text, "utf-16be")]),
      iconv.encode(text, "utf-16le"),
      iconv.encode(text, "windows-1252"),
    ]) {
      const { rows } = await readAll(content, {}, 1000);
      expect(rows.map(({ line: _, ...rest }) => rest)).toEqual(plain.map(({ line: _, ...rest }) => rest));
    }
    for (const delimiter of [";", "\t", "|"]) {
      const { rows } = await readAll([header, row(1), row(2)].join("\n").replaceAll(",", delimiter));
      expect(rows.map((each) => each.gmv)).toEqual([500, 500]);
    }
  });

  it("counts lines as an editor does, quoted newlines and blank lines included", async () => {
    const { rejections } = await readAll(
      [
        header,
        row(1, { title: '"a\nb\nc"' }),
        "",
        row(2, { gmv: "12,4O".replace(",", "") }),
        ",,,,",
        row(3, { date: "2026-13-01" }),
      ].join("\n"),
    );
    expect(rejections).toMatchObject([
      { line: 6, field: "gmv", reason: "numberLetterO", raw: "124O" },
      { line: 8, field: "post_date", reason: "dateImpossible", raw: "2026-13-01" },
    ]);
  });

  it("reads the file again when its last rows decide what its first rows meant", async () => {
    const quoted = (gmv: string) => row(1, { gmv: `"${gmv}"` });
    const unsure = Array.from({ length: 500 }, () => quoted("1,234"));
    const guessed = await readAll([header, ...unsure].join("\n"), {}, 4096);
    expect(guessed).toMatchObject({ restarts: 0, rows: { 0: { gmv: 123400 } } });
    expect(guessed.notes).toContainEqual({
      code: "separatorAssumed",
      field: "gmv",
      mark: "dot",
      basis: "locale",
      cells: 500,
    });
    const decided = await readAll([header, ...unsure, quoted("12,5")].join("\n"), {}, 4096);
    expect(decided).toMatchObject({ restarts: 1, rows: { 0: { gmv: 123 } } });
    expect(decided.notes.filter(({ code }) => code === "separatorAssumed")).toEqual([]);
  });

  it("falls back to Windows-1252 when bytes far down are not UTF-8", async () => {
    const content = Buffer.concat([
      Buffer.from(`${[header, ...Array.from({ length: 900 }, (_, n) => row(n))].join("\n")}\n`),
      iconv.encode(row(901, { title: "Café" }), "windows-1252"),
    ]);
    const { rows, notes } = await readAll(content, { partSize: 100 }, 997);
    expect(rows).toHaveLength(901);
    expect(rows.at(-1)?.title).toBe("Café");
    expect(notes).toContainEqual({ code: "encodingAssumed", encoding: "Windows-1252" });
  });

  it("knows other names for columns, passes over extra ones and says so", async () => {
    const other =
      "Creator Handle;Video Link;Caption;Date posted;Video Views;Hearts;Video comments;GMV (USD);Click-through rate;Items sold;Notes;";
    const { rows, notes } = await readAll(
      `My report\nFrom 1 to 2\n\n${other}\n@Mira;${link(1)};x;01.11.2026;1.234;2;1;1.234,50;4,2%;3;hello;\n`,
    );
    expect(rows).toMatchObject([
      { line: 5, handle: "Mira", handleKey: "mira", views: 1234, gmv: 123450, ctrBp: 420, units: 3 },
    ]);
    expect(notes).toContainEqual({ code: "columnsUnread", columns: ["Notes"] });
    expect(notes).toContainEqual({ code: "linesBeforeHeader", lines: 3 });
  });

  it("names the columns of a drifted header", async () => {
    await expect(
      readAll("handle,video_url,title,posted on,plays,likes,comments,money,ctr,units\n"),
    ).rejects.toMatchObject({
      code: "HEADER_DRIFT",
      details: { missing: ["gmv"], unknown: ["money"] },
    });
    await expect(readAll(`${header}\n`, { mapping: { gmv: "Net sales" } })).rejects.toMatchObject({
      details: { renamed: [{ field: "gmv", header: "Net sales" }] },
    });
    const mapped = await readAll(
      `${header.replace("gmv", "Net sales").replace("ctr,", "")}\nmira,${link(1)},t,2026-11-01,1,2,3,9.50,4\n`,
      { mapping: { gmv: "net_sales", ctr: null } },
    );
    expect(mapped.rows).toMatchObject([{ gmv: 950, ctrBp: null, units: 4 }]);
  });

  it("refuses what is not a CSV, an empty file and a quote that never closes", async () => {
    await expect(readAll(Buffer.from("PK\u0003\u0004rest"))).rejects.toMatchObject({ code: "NOT_CSV" });
    await expect(readAll("")).rejects.toMatchObject({ code: "EMPTY_FILE" });
    await expect(readAll(`${header}\nmira,"${link(1)}\n${row(2)}\n`)).rejects.toMatchObject({
      code: "UNCLOSED_QUOTE",
    });
  });

  it("keeps a cell that looks like a formula as text", async () => {
    const { rows, rejections } = await readAll(
      [header, row(1, { title: '"=HYPERLINK(""http://x"",""y"")"' }), row(2, { handle: "=cmd" })].join("\n"),
    );
    expect(rows[0]?.title).toBe('=HYPERLINK("http://x","y")');
    expect(rejections).toMatchObject([{ field: "handle", reason: "handleInvalid" }]);
  });

  it("keeps a long address and sets one aside that no index could hold", async () => {
    const long = `https://shop.example.com/${"a".repeat(900)}`;
    const { rows, rejections } = await readAll(
      [
        header,
        row(1).replace(link(1), long),
        row(2).replace(link(2), `https://a.co/${"é".repeat(400)}`),
      ].join("\n"),
    );
    expect(rows).toMatchObject([{ url: long, urlKey: long.replace("https://", "") }]);
    expect(rejections).toMatchObject([{ line: 3, field: "video_url", reason: "linkInvalid" }]);
  });

  it("carries on from any part and ends with the same rows", async () => {
    const lines = Array.from({ length: 60 }, (_, n) =>
      n % 9 === 4
        ? ""
        : row(n, { gmv: n % 7 === 0 ? "x" : String(n), date: n % 5 === 0 ? "11/02" : "2026-11-03" }),
    );
    const content = [header, ...lines].join("\n");
    const whole = await readAll(content, { partSize: 5 }, 64);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.states.length - 1 }), async (at) => {
        const state = JSON.parse(JSON.stringify(whole.states[at])) as ReaderState;
        const rest = await readAll(content, { partSize: 5, resume: state }, 64);
        const kept = state.rows - state.rejected;
        expect([...whole.rows.slice(0, kept), ...rest.rows]).toEqual(whole.rows);
        expect([...whole.rejections.slice(0, state.rejected), ...rest.rejections]).toEqual(whole.rejections);
      }),
      { numRuns: 12 },
    );
  });

  it("finds the handle in whatever stands for it, and never takes a word for nobody for somebody", async () => {
    const spellings = [
      "@mira",
      " MIRA ",
      "mi\u200bra",
      "ｍｉｒａ",
      "https://www.tiktok.com/@mira?lang=en",
      "tiktok.com/@mira/",
    ];
    const nobody = ["null", "NULL", "None", "n/a", "-", "@", "😀mira"];
    const { rows, rejections } = await readAll(
      [header, ...[...spellings, ...nobody].map((handle, n) => row(n, { handle }))].join("\n"),
    );
    expect(rows.map((each) => each.handleKey)).toEqual(spellings.map(() => "mira"));
    expect(rejections.map((each) => each.reason)).toEqual([
      ...Array.from({ length: 5 }, () => "handleEmpty"),
      "handleInvalid",
      "handleInvalid",
    ]);
  });

  it("refuses a file of column names alone, and amounts whose sum could not be kept", async () => {
    await expect(readAll(`${header}\n`)).rejects.toMatchObject({ code: "EMPTY_FILE" });
    await expect(readAll(`${header}\n,,,,,,,,,\n`)).rejects.toMatchObject({ code: "EMPTY_FILE" });
    const { rows, rejections } = await readAll(
      [header, row(1, { gmv: "29999999999.99" }), row(2, { gmv: "89999999999999.99" })].join("\n"),
    );
    expect(rows).toMatchObject([{ gmv: 2_999_999_999_999 }]);
    expect(rejections).toMatchObject([{ field: "gmv", reason: "numberTooLarge" }]);
  });
});
