import { createHash } from "node:crypto";
import { existsSync, readFileSync, statfsSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** The one list of local addresses: every port of the stack comes from a URL the app uses too. */
export interface StackConfig {
  home: string;
  /** The folder of Postgres. */
  data: string;
  database: { host: string; port: number; user: string; password: string; name: string; url: string };
  api: { host: string; port: number; url: string };
  inbox: { host: string; port: number; url: string };
  app: { port: number; url: string };
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
  resendKey: string;
  mailFrom: string;
  /** A database that may be thrown away: no fsync. */
  disposable: boolean;
}

type Env = Record<string, string | undefined>;

const MEMORY = "/dev/shm";
const ROOM = 4 * 2 ** 30;

/** `KEY=value` lines; quotes around a value are dropped, nothing is expanded. */
export function parseEnv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    values[match[1]] = match[2].replace(/^(["'])(.*)\1$/, "$2");
  }
  return values;
}

/** The local values, then `.env`, then `.env.local`, then what the shell says. Later wins. */
export function localEnv(base: Env = process.env): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const file of [".env.example", ".env", ".env.local"]) {
    const at = path.join(root, file);
    if (existsSync(at)) Object.assign(merged, parseEnv(readFileSync(at, "utf8")));
  }
  for (const [key, value] of Object.entries(base)) if (value !== undefined) merged[key] = value;
  return merged;
}

/** Ports and data of the tests: a running `npm start` keeps its own. */
export function testEnv(base: Env = process.env): Record<string, string> {
  return {
    ...localEnv(base),
    NEXT_PUBLIC_APP_URL: base.PORTICO_TEST_APP_URL ?? "http://localhost:3100",
    SUPABASE_URL: base.PORTICO_TEST_API_URL ?? "http://127.0.0.1:55321",
    DATABASE_URL: base.PORTICO_TEST_DATABASE_URL ?? "postgres://postgres:postgres@127.0.0.1:55322/portico",
    RESEND_BASE_URL: base.PORTICO_TEST_INBOX_URL ?? "http://127.0.0.1:55324",
    PORTICO_HOME: base.PORTICO_TEST_HOME ?? ".portico-test",
    PORTICO_DIST: base.PORTICO_TEST_DIST ?? ".next-test",
    PORTICO_DISPOSABLE: "1",
    // Tests come fast and from one address; those about the limits themselves look closer.
    RATE_LIMIT_SCALE: base.PORTICO_TEST_RATE_LIMIT_SCALE ?? "200",
    LOG_LEVEL: base.PORTICO_TEST_LOG_LEVEL ?? "warn",
  };
}

export function stackConfig(env: Env): StackConfig {
  const need = (key: string): string => {
    const value = env[key];
    if (!value) throw new Error(`${key} is not set. .env.example has the local value.`);
    return value;
  };
  const at = (key: string) => {
    const url = new URL(need(key));
    if (!isLocalHost(url.hostname)) {
      throw new Error(`${key} points at ${url.hostname}. The local stack only serves this machine.`);
    }
    return {
      host: url.hostname === "localhost" ? "127.0.0.1" : url.hostname,
      port: Number(url.port),
      url: need(key),
    };
  };
  const database = new URL(need("DATABASE_URL"));
  const home = path.resolve(root, env.PORTICO_HOME || ".portico");
  const disposable = env.PORTICO_DISPOSABLE === "1";
  return {
    home,
    data: disposable && env.PORTICO_IN_MEMORY !== "0" ? roomInMemory(home) : path.join(home, "postgres"),
    database: {
      ...at("DATABASE_URL"),
      user: decodeURIComponent(database.username),
      password: decodeURIComponent(database.password),
      name: database.pathname.slice(1) || "postgres",
    },
    api: at("SUPABASE_URL"),
    inbox: at("RESEND_BASE_URL"),
    app: { port: Number(new URL(need("NEXT_PUBLIC_APP_URL")).port || 80), url: need("NEXT_PUBLIC_APP_URL") },
    publishableKey: need("SUPABASE_PUBLISHABLE_KEY"),
    secretKey: need("SUPABASE_SECRET_KEY"),
    jwtSecret: need("SUPABASE_JWT_SECRET"),
    resendKey: need("RESEND_API_KEY"),
    mailFrom: env.MAIL_FROM || "Portico <hello@portico.test>",
    disposable,
  };
}

/**
 * Nearly every test copies and drops a database of a thousand files. In memory that takes a twentieth of the time that
 * some disks need for it. Where there is no such place or little room in it, the disk it is.
 */
function roomInMemory(home: string): string {
  const onDisk = path.join(home, "postgres");
  const name = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const inMemory = path.join(MEMORY, `portico-${name}`);
  // What is there stays where it is: other processes of the same run ask too.
  if (existsSync(inMemory)) return inMemory;
  if (!existsSync(MEMORY) || existsSync(path.join(onDisk, "postmaster.pid"))) return onDisk;
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, process.availableMemory()) > ROOM ? inMemory : onDisk;
}

export function isLocalHost(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "::1" || host === "[::1]";
}

/** The same database server, another database on it. */
export function databaseUrl(config: StackConfig, name: string): string {
  const url = new URL(config.database.url);
  url.pathname = `/${name}`;
  return url.href;
}
