import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, startedAt, waitUntil } from "./processes";

interface Entry {
  name: string;
  pid: number;
  started: string | null;
}

export interface Child {
  name: string;
  process: ChildProcess;
  ended: Promise<number>;
}

/**
 * The processes this start owns. Each leads a group of its own, so that Ctrl-C does not end it behind our back and so
 * that its own children go with it; each is noted on disk, so that a start after a crash finds what was left.
 */
export class Children {
  private readonly running: Child[] = [];
  private readonly file: string;

  constructor(home: string) {
    mkdirSync(home, { recursive: true });
    this.file = path.join(home, "children.json");
  }

  start(name: string, args: string[], env: Record<string, string>, cwd: string): Child {
    // The preload ends the process when the channel to this one breaks.
    const preload = ["--import", path.join(import.meta.dirname, "with-parent.mjs")];
    const child = spawn(process.execPath, [...preload, ...args], {
      cwd,
      env: { ...env, PORTICO_PARENT: String(process.pid) } as unknown as NodeJS.ProcessEnv,
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
    const entry: Child = { name, process: child, ended };
    this.running.push(entry);
    void ended.then(() => {
      this.running.splice(this.running.indexOf(entry), 1);
      this.note();
    });
    this.note();
    return entry;
  }

  /** Later ones first: the worker goes before the app it reports to. */
  async stopAll(patience: number): Promise<void> {
    for (const child of [...this.running].reverse()) await endGroup(child.process.pid, patience);
    rmSync(this.file, { force: true });
  }

  /** What a killed start left behind; returns the names. */
  async clearLeftovers(): Promise<string[]> {
    let entries: Entry[] = [];
    try {
      entries = JSON.parse(readFileSync(this.file, "utf8")) as Entry[];
    } catch {
      return [];
    }
    const ours = entries.filter(({ pid, started }) => isAlive(pid) && startedAt(pid) === started);
    for (const { pid } of ours) await endGroup(pid, 5000);
    rmSync(this.file, { force: true });
    return ours.map(({ name }) => name);
  }

  private note(): void {
    if (this.running.length === 0) return rmSync(this.file, { force: true });
    const entries = this.running.map(({ name, process: child }) => ({
      name,
      pid: child.pid,
      started: child.pid ? startedAt(child.pid) : null,
    }));
    writeFileSync(this.file, JSON.stringify(entries));
  }
}

async function endGroup(pid: number | undefined, patience: number): Promise<void> {
  if (pid === undefined || !isAlive(pid)) return;
  signalGroup(pid, "SIGTERM");
  if (!(await waitUntil(() => !isAlive(pid), patience))) signalGroup(pid, "SIGKILL");
  await waitUntil(() => !isAlive(pid), 2000);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // Nobody left in it.
  }
}
