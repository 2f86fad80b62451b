type RandomBytes = (count: number) => Uint8Array;

const systemRandom: RandomBytes = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));
let current: RandomBytes = systemRandom;

export function randomBytes(count: number): Uint8Array {
  return current(count);
}

/** Returns a function that puts the previous source back. */
export function setRandom(next: RandomBytes | null): () => void {
  const previous = current;
  current = next ?? systemRandom;
  return () => {
    current = previous;
  };
}

/** Unbiased: values at the uneven top of the range are drawn again instead of folded by modulo. */
export function randomBelow(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 0x1_0000_0000)
    throw new RangeError("limit out of range");
  const ceiling = Math.floor(0x1_0000_0000 / limit) * limit;
  for (;;) {
    const bytes = randomBytes(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (value < ceiling) return value % limit;
  }
}
