import { readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { type StackConfig, databaseUrl } from "./config";
import { prepare } from "./migrate";
import { migrationFiles, migrationsDirectory, migrationsHash } from "./migration-files";
import { withDatabase } from "./sql";

const PREFIX = "portico_template_";
const KEPT = 3;

/**
 * A migrated, empty database that others are copied from; one for each state of the migrations.
 * `only` (prefixes of file names) makes one from some of them, for work on a room while another room is broken.
 */
export async function ensureTemplate(config: StackConfig, only: string[] = []): Promise<string> {
  const name =
    `${PREFIX}${migrationsHash()}${only.length > 0 ? `_${only.join("_").replace(/\W/g, "_")}` : ""}`.slice(
      0,
      60,
    );
  await withDatabase(databaseUrl(config, "postgres"), async (admin) => {
    // Test runs share the server: one builds, the others wait and find it built.
    await admin.query("select pg_advisory_lock(hashtext('portico.template'))");
    if (await exists(admin, name)) return;
    const building = `${name}_b`;
    await drop(admin, building);
    await admin.query(`create database ${building}`);
    try {
      await prepare(config, building);
      await applyDirectly(databaseUrl(config, building), only);
      await introduceTasks(databaseUrl(config, building));
    } catch (error) {
      await drop(admin, building);
      throw error;
    }
    await admin.query(`alter database ${building} rename to ${name}`);
    await admin.query(`alter database ${name} with is_template true allow_connections false`);
    await dropOld(admin);
  });
  return name;
}

/** File by file, each in one transaction; an error names the file and the line. */
export async function applyDirectly(url: string, only: string[] = []): Promise<void> {
  await withDatabase(url, async (client) => {
    for (const file of migrationFiles()) {
      if (only.length > 0 && !only.some((prefix) => file.startsWith(prefix))) continue;
      const text = readFileSync(path.join(migrationsDirectory, file), "utf8");
      try {
        await client.query(text);
        await client.query(`set search_path to default`);
      } catch (error) {
        throw new Error(
          `supabase/migrations/${file}${place(text, error)}: ${(error as Error).message}${detail(error)}`,
        );
      }
    }
  });
}

/**
 * A worker makes its tasks known to the queue when it starts; these databases never have one. Without this, the first two
 * transactions that queue a task wait for each other to name it: a night and an edit once ended in a deadlock that way.
 */
async function introduceTasks(url: string): Promise<void> {
  await withDatabase(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select (graphile_worker.add_job(t.name)).id
         from (select distinct (regexp_matches(p.prosrc, $1, 'g'))[1] as name
                 from pg_catalog.pg_proc p where p.pronamespace = to_regnamespace('private')) t`,
      ["add_job\\('([a-z.-]+)'"],
    );
    await client.query("select graphile_worker.complete_jobs($1)", [rows.map(({ id }) => id)]);
  });
}

function place(text: string, error: unknown): string {
  const position = Number((error as pg.DatabaseError).position ?? Number.NaN);
  return Number.isFinite(position) ? `:${text.slice(0, position).split("\n").length}` : "";
}

function detail(error: unknown): string {
  const { detail: more, where } = error as pg.DatabaseError;
  return [more, where]
    .filter(Boolean)
    .map((line) => `\n  ${line}`)
    .join("");
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await admin.query("select from pg_database where datname = $1 and datistemplate", [
    name,
  ]);
  return (rowCount ?? 0) > 0;
}

async function drop(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`drop database if exists ${name} with (force)`);
}

/** Templates of former migrations: the last few stay, for somebody may be switching between two. */
async function dropOld(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    `select datname from pg_database where datistemplate and datname like $1 order by oid desc offset ${KEPT}`,
    [`${PREFIX}%`],
  );
  for (const { datname } of rows) {
    await admin.query(`alter database ${datname} with is_template false`);
    await admin.query(`drop database if exists ${datname}`).catch(() => {});
  }
}
