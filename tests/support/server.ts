import { databaseUrl, stackConfig, testEnv } from "../../scripts/stack/config";
import { withDatabase } from "../../scripts/stack/sql";
import { startPostgres } from "../../scripts/stack/postgres";
import { ensureTemplate } from "../../scripts/stack/template";
import { withLock } from "../../scripts/stack/lock";

/** Postgres for tests on its own port and data. It is left running: the next run finds it there. */
export async function startTestDatabase(): Promise<string> {
  const config = stackConfig(testEnv());
  await withLock(`${config.home}/start.lock`, async () => {
    const { adopted } = await startPostgres(config);
    if (!adopted) await dropLeftBehind(databaseUrl(config, "postgres"));
  });
  const only = (process.env.PORTICO_TEST_MIGRATIONS ?? "").split(",").filter(Boolean);
  return ensureTemplate(config, only);
}

/** Databases of runs that were killed. */
async function dropLeftBehind(url: string): Promise<void> {
  await withDatabase(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where datname ~ '^t_[0-9]+_'",
    );
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}
