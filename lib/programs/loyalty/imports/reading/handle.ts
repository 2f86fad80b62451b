import { CellRejected } from "./rejections";

const legal = /^[A-Za-z0-9_.]{1,30}$/;

export interface Handle {
  handle: string;
  key: string;
}

/** A handle as its owner writes it, and the lower-case key it is known by. */
export function readHandle(raw: string): Handle {
  let handle = raw;
  if (!legal.test(handle)) {
    const text = raw
      .normalize("NFKC")
      .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, " ")
      .trim();
    if (text === "" || /^(?:[-–—]+|n\/a|null|none)$/i.test(text)) throw new CellRejected("handleEmpty");
    handle = text.replace(/^(?:https?:\/\/(?:www\.)?tiktok\.com\/)?@/, "");
    if (!legal.test(handle)) throw new CellRejected("handleInvalid");
  }
  return { handle, key: handle.toLowerCase() };
}
