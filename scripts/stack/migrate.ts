import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { BUCKET, prepareDatabase } from "./api";
import { type StackConfig, databaseUrl, root } from "./config";
import { ROLES_SQL, SYSTEM_GRANTS_SQL } from "./roles";

export const migrationsDirectory = path.join(root, "supabase", "migrations");

export function migrationFiles(): string[] {
  if (!existsSync(migrationsDirectory)) return [];
  return readdirSync(migrationsDirectory).filter((name) => /^\d{14}_[a-z0-9_]+\.sql$/.test(name)).sort();
}

/** Changes when a migration does, added or edited. */
export function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const name of migrationFiles()) hash.update(name).update(readFileSync(path.join(migrationsDirectory, name)));
  return hash.digest("hex").slice(0, 16);
}

/** What a hosted project has from the start, plus the queue's own schema, which our SQL calls. */
export async function prepare(config: StackConfig, name = config.database.name): Promise<void> {
  const connectionString = databaseUrl(config, name);
  await withDatabase(connectionString, (client) => client.query(ROLES_SQL));
  await prepareDatabase(config, connectionString);
  await withDatabase(connectionString, async (client) => {
    await client.query(SYSTEM_GRANTS_SQL);
    await client.query("insert into storage.buckets (id, name, public) values ($1, $1, false) on conflict do nothing", [BUCKET]);
  });
  await runMigrations({ connectionString });
}

/** `supabase db push`: the same tool, in the same order, as against a hosted project. */
export function pushMigrations(url: string): void {
  if (migrationFiles().length === 0) return;
  const cli = path.join(root, "node_modules", ".bin", "supabase");
  const done = spawnSync(cli, ["db", "push", `--remote=${url}`, "--yes", "--skip-vault"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NO_COLOR: "1" },
  });
  if (done.status === 0) return;
  throw new Error(`The migrations did not apply.\n${`${done.stdout}\n${done.stderr}`.trim()}`);
}

/** The digest of the files a database was migrated with, kept beside the CLI's own history. */
export async function recordedHash(url: string): Promise<string | null> {
  return withDatabase(url, async (client) => {
    const { rows } = await client.query<{ note: string | null }>(
      "select obj_description(to_regnamespace('supabase_migrations'), 'pg_namespace') as note",
    );
    return /^portico:([0-9a-f]{16})/.exec(rows[0]?.note ?? "")?.[1] ?? null;
  });
}

export async function appliedVersions(url: string): Promise<string[]> {
  return withDatabase(url, async (client) => {
    const known = await client.query("select to_regclass('supabase_migrations.schema_migrations') as at");
    if (!known.rows[0]?.at) return [];
    const { rows } = await client.query<{ version: string }>(
      "select version from supabase_migrations.schema_migrations order by version",
    );
    return rows.map((row) => row.version);
  });
}

export async function recordHash(url: string): Promise<void> {
  await withDatabase(url, (client) =>
    client.query(`create schema if not exists supabase_migrations;
      comment on schema supabase_migrations is 'portico:${migrationsHash()}'`),
  );
}

export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "portico-setup" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
