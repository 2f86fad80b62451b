import type { FileKind } from "./contract";

/** Enough for every signature and for a fair look at a text. */
export const sniffBytes = 4100;

const signatures: readonly { type: string; bytes: readonly number[]; offset?: number }[] = [
  { type: "application/pdf", bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: "image/png", bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: "image/jpeg", bytes: [0xff, 0xd8, 0xff] },
  { type: "image/gif", bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: "image/webp", bytes: [0x57, 0x45, 0x42, 0x50], offset: 8 },
  { type: "application/zip", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { type: "application/gzip", bytes: [0x1f, 0x8b] },
  { type: "application/x-executable", bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { type: "application/x-msdownload", bytes: [0x4d, 0x5a, 0x90, 0x00] },
  { type: "application/x-ole-storage", bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
];

/**
 * What the first bytes say a file is; the name and the declared type are the sender's word and are not asked.
 * A spreadsheet saved as .xlsx is a zip and so is not mistaken for text.
 */
export function sniff(head: Uint8Array): string {
  for (const { type, bytes, offset = 0 } of signatures) {
    if (bytes.every((byte, index) => head[offset + index] === byte)) return type;
  }
  if (isText(head))
    return /^\s*(<!doctype html|<html|<script|<svg|<\?xml)/i.test(decodeStart(head))
      ? "text/html"
      : "text/plain";
  return "application/octet-stream";
}

function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  if (utf16(head)) return true;
  let odd = 0;
  for (const byte of head) {
    // A NUL never stands in a text of a single-byte encoding or of UTF-8.
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b)
      odd += 1;
  }
  return odd / head.length < 0.01;
}

/** UTF-16, with its mark or (Latin text) recognised by every other byte being NUL. */
function utf16(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const pairs = Math.floor(head.length / 2);
  if (pairs < 8) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs; index += 1) {
    if (head[index * 2] === 0) even += 1;
    if (head[index * 2 + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.6 && even === 0) return "utf-16le";
  if (even > pairs * 0.6 && odd === 0) return "utf-16be";
  return null;
}

function decodeStart(head: Uint8Array): string {
  return new TextDecoder(utf16(head) ?? "utf-8").decode(head.subarray(0, 512)).replace(/^\uFEFF/, "");
}

const kinds: Record<FileKind, readonly string[]> = {
  text: ["text/plain"],
  image: ["image/png", "image/jpeg", "image/gif", "image/webp"],
  // Shown to everybody on every page: no moving picture, and nothing that could carry a script.
  logo: ["image/png", "image/jpeg", "image/webp"],
  document: ["application/pdf", "image/png", "image/jpeg", "image/webp"],
};

export function isKind(kind: FileKind, type: string): boolean {
  return kinds[kind].includes(type);
}
