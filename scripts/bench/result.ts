/** One line of the table: a ratio against a limit taken in the same run, and the goal it is held to. */
export interface BenchResult {
  name: string;
  ratio: number;
  goal: number;
  ok: boolean;
  /** What was measured, for the reader of the table. */
  note: string;
}

export const atMost = (name: string, ratio: number, goal: number, note: string): BenchResult => ({
  name,
  ratio: round(ratio),
  goal,
  ok: ratio <= goal,
  note,
});

export const atLeast = (name: string, ratio: number, goal: number, note: string): BenchResult => ({
  name,
  ratio: round(ratio),
  goal,
  ok: ratio >= goal,
  note,
});

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
