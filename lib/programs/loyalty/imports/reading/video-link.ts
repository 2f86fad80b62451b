import { CellRejected } from "./rejections";

interface VideoLink {
  url: string;
  /** One key for one video, however its link is written. */
  key: string;
}

const tiktokVideo = /^\/(?:@[^/]+\/)?(?:video|photo|v)\/(\d{5,25})(?:\.html)?(?:\/|$)/;
const longest = 2000;
// The everyday form needs no URL parser: a file has a million of them.
const everyday = /^https:\/\/www\.tiktok\.com\/@[A-Za-z0-9_.]{1,40}\/video\/(\d{5,25})$/;

export function readVideoLink(raw: string): VideoLink {
  const quick = everyday.exec(raw);
  if (quick) return { url: raw, key: `tiktok.com/video/${quick[1]}` };
  const text = raw.trim();
  if (text === "" || /^(?:[-–—]+|n\/?a|null|none)$/i.test(text)) throw new CellRejected("linkEmpty");
  if (text.length > longest || /\s/.test(text)) throw new CellRejected("linkInvalid");
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (
    !url ||
    !["http:", "https:"].includes(url.protocol) ||
    !url.hostname.includes(".") ||
    url.username !== ""
  ) {
    throw new CellRejected("linkInvalid");
  }
  url.protocol = "https:";
  const key = keyOf(url);
  // Letters beyond ASCII take up to nine characters in an address, and its key stands in an index.
  if (!key || url.href.length > longest) throw new CellRejected("linkInvalid");
  return { url: url.href, key };
}

function keyOf(url: URL): string | null {
  const host = url.hostname.toLowerCase().replace(/^(?:www|m|mobile)\./, "");
  const path = url.pathname.replace(/\/+$/, "");
  if (host === "tiktok.com") {
    // The handle in the path changes when its owner renames the account; the number does not.
    const id = tiktokVideo.exec(path)?.[1];
    if (id) return `tiktok.com/video/${id}`;
  }
  if (host === "youtube.com" || host === "youtu.be") {
    const id =
      host === "youtu.be"
        ? path.slice(1)
        : (url.searchParams.get("v") ?? path.replace(/^\/(?:shorts|embed)\//, ""));
    if (/^[\w-]{6,20}$/.test(id)) return `youtube.com/${id}`;
  }
  const query = path === "" ? url.search : "";
  return path === "" && query === "" ? null : `${host}${path}${query}`;
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
