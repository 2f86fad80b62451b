import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // A zombie still answers signal 0, but holds nothing.
  return !/^\d+ \(.*\) [ZX] /s.test(read(`/proc/${pid}/stat`));
}

/** When a process began: with its number, it tells a process from a later one that got the same number. */
export function startedAt(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat) return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** Postgres backends work in their data directory: that is how ours are known from any other server's. */
export function processesIn(directory: string, name: RegExp): number[] {
  let wanted = directory;
  try {
    wanted = realpathSync(directory);
  } catch {
    return [];
  }
  const found: number[] = [];
  for (const entry of listing("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (readlinkSync(`/proc/${entry}/cwd`) !== wanted) continue;
    } catch {
      continue;
    }
    if (name.test(read(`/proc/${entry}/comm`).trim())) found.push(Number(entry));
  }
  return found;
}

export async function waitUntil(
  done: () => boolean | Promise<boolean>,
  milliseconds: number,
  step = 50,
): Promise<boolean> {
  const end = Date.now() + milliseconds;
  for (;;) {
    if (await done()) return true;
    if (Date.now() > end) return false;
    await sleep(step);
  }
}

/** Asks, waits, then insists. */
export async function endProcess(
  pid: number,
  signal: NodeJS.Signals = "SIGTERM",
  patience = 5000,
): Promise<void> {
  if (!isAlive(pid)) return;
  send(pid, signal);
  if (await waitUntil(() => !isAlive(pid), patience)) return;
  send(pid, "SIGKILL");
  await waitUntil(() => !isAlive(pid), 2000);
}

export async function portTaken(port: number, host = "127.0.0.1"): Promise<boolean> {
  // Listening with and without the host finds both a server on loopback and one on every address.
  for (const address of [host, undefined]) {
    const taken = await new Promise<boolean>((resolve) => {
      const server = net.createServer();
      server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "EADDRINUSE"));
      server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(false)));
    });
    if (taken) return true;
  }
  return false;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It went by itself.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function listing(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
