import { CellRejected } from "./rejections";

const legal = /^[A-Za-z0-9_.]{1,30}$/;
/** What exports write where nobody stands. Some of it would pass for a handle, and one creator would get everybody's rows. */
const nobody = /^(?:[-–—]+|n\/a|null|none)$/i;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]+/g;
const profile = /^(?:https?:\/\/)?(?:(?:www|m)\.)?tiktok\.com\/@([^/?#]+)(?:[/?#].*)?$/i;

export interface Handle {
  handle: string;
  key: string;
}

/** A handle as its owner writes it, and the lower-case key it is known by. */
export function readHandle(raw: string): Handle {
  let handle = raw;
  if (!legal.test(handle) || nobody.test(handle)) {
    const text = raw.normalize("NFKC").replace(invisible, "").trim();
    if (text === "" || nobody.test(text)) throw new CellRejected("handleEmpty");
    handle = profile.exec(text)?.[1] ?? text.replace(/^@/, "");
    if (!legal.test(handle)) throw new CellRejected("handleInvalid");
  }
  return { handle, key: handle.toLowerCase() };
}
