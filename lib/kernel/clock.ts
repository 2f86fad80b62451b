interface Clock {
  now(): Date;
}

const systemClock: Clock = { now: () => new Date() };
let current: Clock = systemClock;

/** Every reading of the time goes through here, so a test can own it. */
export const clock: Clock = { now: () => current.now() };

/** Returns a function that puts the previous clock back. */
export function setClock(next: Clock | Date | null): () => void {
  const previous = current;
  current = next === null ? systemClock : next instanceof Date ? { now: () => new Date(next) } : next;
  return () => {
    current = previous;
  };
}
