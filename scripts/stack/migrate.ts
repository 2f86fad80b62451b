import { spawnSync } from "node:child_process";
import path from "node:path";
import { runMigrations } from "graphile-worker";
import { BUCKET, prepareDatabase } from "./api";
import { type StackConfig, databaseUrl, root } from "./config";
import { migrationFiles } from "./migration-files";
import { editedSince, migrationDigests, readNotes, writeNotes } from "./notes";
import { ROLES_SQL, SYSTEM_GRANTS_SQL } from "./roles";
import { withDatabase } from "./sql";

/** What a hosted project has from the start, plus the queue's own schema, which our SQL calls. */
export async function prepare(config: StackConfig, name = config.database.name): Promise<void> {
  const connectionString = databaseUrl(config, name);
  // Once only: on a later start it would give back the rights that the migrations took away.
  const fresh = await withDatabase(connectionString, async (client) => {
    const { rows } = await client.query<{ fresh: boolean }>(
      "select to_regnamespace('storage') is null as fresh",
    );
    return rows[0]?.fresh === true;
  });
  if (fresh) await withDatabase(connectionString, (client) => client.query(ROLES_SQL));
  await prepareDatabase(config, connectionString);
  if (fresh) await withDatabase(connectionString, (client) => client.query(SYSTEM_GRANTS_SQL));
  await withDatabase(connectionString, (client) =>
    client.query(
      "insert into storage.buckets (id, name, public) values ($1, $1, false) on conflict do nothing",
      [BUCKET],
    ),
  );
  await runMigrations({ connectionString });
}

export class EditedMigrations extends Error {}

/** Brings a database to today's migrations; returns how many were new. */
export async function migrate(config: StackConfig): Promise<number> {
  const { url } = config.database;
  const notes = await readNotes(url);
  const edited = editedSince(notes);
  if (edited.length > 0) {
    throw new EditedMigrations(
      `These migrations ran on the database in ${config.home} and have changed since:\n` +
        edited.map((file) => `  - ${file}\n`).join("") +
        "Until 1.0 migrations are edited in place. `npm run reset` starts over with the demo data; what was entered by hand is lost.",
    );
  }
  await prepare(config);
  const now = migrationDigests();
  const fresh = Object.keys(now).filter((file) => !(file in notes.migrations));
  if (fresh.length > 0) pushMigrations(url);
  await writeNotes(url, { ...notes, migrations: now });
  return fresh.length;
}

/** `supabase db push`: the same tool, in the same order, as against a hosted project. */
export function pushMigrations(url: string): void {
  if (migrationFiles().length === 0) return;
  const done = supabase(["db", "push", `--remote=${url}`, "--yes", "--skip-vault", "--include-all"]);
  if (done.status === 0) return;
  throw new Error(`The migrations did not apply.\n${`${done.stdout}\n${done.stderr}`.trim()}`);
}

export function supabase(args: string[]) {
  return spawnSync(path.join(root, "node_modules", ".bin", "supabase"), args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      SUPABASE_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
      NO_COLOR: "1",
      PGSSLMODE: "disable",
    },
  });
}
