/** The same numbers on every machine: demo figures are compared with screenshots. */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { next, between, pick: <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T };
}

/** Splits a total into whole parts that sum to it exactly, weighted by luck. */
export function split(total: number, parts: number, luck: ReturnType<typeof chance>): number[] {
  if (parts <= 0) return [];
  const weights = Array.from({ length: parts }, () => 0.25 + luck.next() * luck.next() * 3);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const out = weights.map((weight) => Math.floor((total * weight) / sum));
  out[parts - 1] = (out[parts - 1] ?? 0) + total - out.reduce((all, part) => all + part, 0);
  return out;
}
