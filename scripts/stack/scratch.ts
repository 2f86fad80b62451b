import { randomBytes } from "node:crypto";
import { databaseUrl, stackConfig, type StackConfig, testEnv } from "./config";
import { withLock } from "./lock";
import { startPostgres, stopPostgres } from "./postgres";
import { withDatabase } from "./sql";
import { ensureTemplate } from "./template";

/** A database with today's migrations and nothing in it, for tools that read the catalogue. */
export async function withScratchDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const config = stackConfig(testEnv());
  const started = await withLock(`${config.home}/start.lock`, () => startPostgres(config));
  const name = `t_${process.pid}_${randomBytes(4).toString("hex")}`;
  const admin = databaseUrl(config, "postgres");
  try {
    const template = await ensureTemplate(config);
    await withDatabase(admin, (client) =>
      client.query(`create database ${name} template ${template} strategy file_copy`),
    );
    return await work(databaseUrl(config, name));
  } finally {
    await withDatabase(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
    if (!started.adopted) await stopUnlessUsed(config);
  }
}

/** Stops the tests' server unless another run is at work on it. */
export async function stopUnlessUsed(config: StackConfig): Promise<void> {
  const isUsed = await withDatabase(databaseUrl(config, "postgres"), async (client) => {
    const { rowCount } = await client.query(
      "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    return (rowCount ?? 0) > 0;
  }).catch(() => false);
  if (!isUsed) await stopPostgres(config);
}
