const letters = "0123456789abcdefghijklmnopqrstuv";

/** A UUID in base32hex: the letters a calendar allows in the id of an event, and the same ones every time. */
export function eventIdOf(id: string): string {
  const hex = id.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError("Not a UUID.");
  // 128 bits in groups of five: the last group is filled up with zeros, as RFC 4648 has it.
  let rest = BigInt(`0x${hex}`) << 2n;
  let text = "";
  for (let at = 0; at < 26; at += 1) {
    text = letters.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
}
