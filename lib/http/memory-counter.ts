import { clock } from "@/lib/kernel/clock";
import type { Counter } from "./rate-limit";

interface Window {
  start: number;
  hits: number;
  previous: number;
}

const mostKeys = 20_000;

/**
 * A sliding window in this process's memory, for pages: no call to anywhere, so a page costs what it did.
 * Several instances count apart, which loosens the ceiling by their number; the API is counted exactly.
 */
export function memoryCounter(): Counter {
  const windows = new Map<string, Window>();
  return (key, limit, windowSeconds) => {
    const now = clock.now().getTime();
    const width = windowSeconds * 1000;
    const start = Math.floor(now / width) * width;
    const last = windows.get(key);
    const previous = last?.start === start ? last.previous : last?.start === start - width ? last.hits : 0;
    const hits = last?.start === start ? last.hits : 0;
    const used = Math.floor(previous * (1 - (now - start) / width)) + hits + 1;
    const success = used <= limit;
    // Set anew, so that the map stays in order of use and the first key is the one to forget.
    windows.delete(key);
    windows.set(key, { start, previous, hits: hits + (success ? 1 : 0) });
    if (windows.size > mostKeys) windows.delete(windows.keys().next().value!);
    return Promise.resolve({ success, limit, remaining: Math.max(limit - used, 0), reset: start + width });
  };
}
