import "server-only";
import pg from "pg";
import { env } from "@/lib/kernel/env";
import { log } from "@/lib/kernel/log";

/** For jobs and scripts: a person's request never holds a direct connection. */
const holder = globalThis as typeof globalThis & { porticoPool?: pg.Pool | undefined };

export function sql(): pg.Pool {
  // Kept on globalThis, because a development server loads this module anew after every edit.
  if (!holder.porticoPool) {
    const pool = new pg.Pool({
      connectionString: env.databaseUrl,
      max: 8,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      application_name: "portico",
      ...(env.isLocal ? {} : { ssl: { rejectUnauthorized: true } }),
    });
    pool.on("error", (err) => log.warn({ err }, "an idle database connection was lost"));
    holder.porticoPool = pool;
  }
  return holder.porticoPool;
}

export async function closeSql(): Promise<void> {
  const pool = holder.porticoPool;
  holder.porticoPool = undefined;
  await pool?.end();
}

interface DirectOptions {
  /** Who the audit log names, for example `job:loyalty.run-import`. */
  actor?: string;
  requestId?: string;
}

/** One transaction on behalf of one business; functions and audit triggers read which one from the settings. */
export async function withClientSql<T>(
  clientId: string,
  run: (sql: pg.PoolClient) => Promise<T>,
  options: DirectOptions = {},
): Promise<T> {
  const connection = await sql().connect();
  let broken: Error | undefined;
  try {
    await connection.query("begin");
    await connection.query(
      "select set_config('portico.client_id', $1, true), set_config('portico.actor', $2, true), set_config('portico.request_id', $3, true)",
      [clientId, options.actor ?? "system", options.requestId ?? ""],
    );
    // What a killed worker began is of no use to anybody, and its successor waits for the locks. Windows cannot look.
    if (process.platform !== "win32")
      await connection.query("set local client_connection_check_interval = '2s'");
    const result = await run(connection);
    await connection.query("commit");
    return result;
  } catch (error) {
    await connection.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error("rollback failed");
    });
    throw error;
  } finally {
    connection.release(broken);
  }
}
