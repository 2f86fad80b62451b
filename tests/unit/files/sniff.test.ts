import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isKind, sniff } from "@/lib/core/files/sniff";
import { parseAnswer } from "@/lib/core/files/scan";

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );
const csv = "handle,video_url,gmv\n@maya,https://example.test/v/1,12.50\n";

describe("what the first bytes say a file is", () => {
  it.each([
    ["a plain CSV", Buffer.from(csv)],
    ["a CSV with a byte order mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(csv)])],
    ["UTF-16 with its mark", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, "utf16le")])],
    ["UTF-16 without a mark", Buffer.from(csv, "utf16le")],
    ["UTF-16 the other way round", Buffer.from(csv, "utf16le").swap16()],
    ["Windows-1252", bytes("handle;name\n@zoé;", [0xe9, 0x80, 0x9c], "\n")],
    ["a cell that looks like HTML inside a CSV", Buffer.from("title\n<b>bold</b>\n")],
  ])("takes %s for text", (_name, head) => {
    expect(sniff(head)).toBe("text/plain");
    expect(isKind("text", sniff(head))).toBe(true);
  });

  it.each([
    ["a spreadsheet", bytes("PK", [3, 4], "xl/workbook.xml"), "application/zip"],
    [
      "an old spreadsheet",
      bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      "application/x-ole-storage",
    ],
    ["a program", bytes([0x7f], "ELF"), "application/x-executable"],
    ["a Windows program", bytes("MZ", [0x90, 0x00]), "application/x-msdownload"],
    ["a PDF", bytes("%PDF-1.7\n"), "application/pdf"],
    ["a web page", bytes("\n <!DOCTYPE html><html>"), "text/html"],
    ["a drawing that runs scripts", bytes("<svg onload=alert(1)>"), "text/html"],
    ["random bytes", bytes([1, 2, 0, 3, 250, 0, 7]), "application/octet-stream"],
    ["nothing", bytes(), "application/octet-stream"],
  ])("does not take %s for text, whatever it is called", (_name, head, type) => {
    expect(sniff(head)).toBe(type);
    expect(isKind("text", type)).toBe(false);
  });

  it("sees what this test itself is", () => {
    expect(sniff(readFileSync(import.meta.filename).subarray(0, 4100))).toBe("text/plain");
  });
});

describe("the scanner's answer", () => {
  it("is clean or infected, and anything else is an error", () => {
    expect(parseAnswer("stream: OK")).toBe("clean");
    expect(parseAnswer("stream: Eicar-Test-Signature FOUND")).toBe("infected");
    expect(() => parseAnswer("INSTREAM size limit exceeded. ERROR")).toThrow(/size limit/);
    expect(() => parseAnswer("")).toThrow(/no answer/);
  });
});
