import { createHash, timingSafeEqual } from "node:crypto";
import { clock } from "./clock";
import { randomBelow, randomBytes } from "./random";

let lastMillis = 0;
let counter = 0;

/** UUID version 7: sorts by time, and within one millisecond by a counter, so index pages fill in order. */
export function newId(): string {
  const millis = clock.now().getTime();
  if (millis === lastMillis && counter < 0xfff) counter += 1;
  else {
    counter = randomBelow(0x800);
    lastMillis = millis;
  }
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(millis / 0x1_0000_0000));
  view.setUint32(2, millis % 0x1_0000_0000);
  view.setUint16(6, 0x7000 | counter);
  bytes.set(randomBytes(8), 8);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A secret for a link: 256 bits in base64url. Store only its `sha256Hex`. */
export function randomToken(bytes = 32): string {
  return Buffer.from(randomBytes(bytes)).toString("base64url");
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Compares digests, so neither the length nor the first difference of a secret shows in the time taken. */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(
    createHash("sha256").update(left).digest(),
    createHash("sha256").update(right).digest(),
  );
}
