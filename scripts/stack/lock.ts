import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, startedAt, waitUntil } from "./processes";

interface Holder {
  pid: number;
  started: string | null;
}

/** Who holds the lock and is still alive. */
export function lockHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as Holder;
    return isAlive(holder.pid) && startedAt(holder.pid) === holder.started ? holder : null;
  } catch {
    return null;
  }
}

/** True when this process now holds it. A lock whose holder is gone counts as free. */
export function takeLock(file: string): boolean {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, started: startedAt(process.pid) } satisfies Holder);
  for (let attempt = 0; attempt < 3; attempt++) {
    // Linked into place whole, so that nobody reads half a lock and takes it for a dead one.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, mine);
    try {
      linkSync(draft, file);
      return true;
    } catch {
      const holder = lockHolder(file);
      if (holder) return holder.pid === process.pid;
      rmSync(file, { force: true });
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return false;
}

export function releaseLock(file: string): void {
  if (lockHolder(file)?.pid === process.pid) rmSync(file, { force: true });
}

export async function withLock<T>(file: string, work: () => Promise<T>, patience = 180_000): Promise<T> {
  if (!(await waitUntil(() => takeLock(file), patience, 100)))
    throw new Error(`${file} stays locked by another process.`);
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}
