import type { AsOptions, TestDatabase } from "./database";

type Given = Record<string, unknown>;

const call = (name: string, given: Given): string =>
  `select ${name.includes(".") ? name : `public.${name}`}(${Object.keys(given)
    .map((key, at) => `${key} => $${at + 1}`)
    .join(", ")}) as value`;

/** Calls an API function as a login; what it answers, or its error thrown. */
export async function ask<T = unknown>(
  db: TestDatabase,
  userId: string,
  name: string,
  given: Given = {},
  options?: AsOptions,
): Promise<T> {
  return db.asUser(
    userId,
    async (client) => (await client.query(call(name, given), Object.values(given))).rows[0]?.value as T,
    options,
  );
}

/** The same with the server's own key. */
export async function askSystem<T = unknown>(db: TestDatabase, name: string, given: Given = {}): Promise<T> {
  return db.asSystem(
    async (client) => (await client.query(call(name, given), Object.values(given))).rows[0]?.value as T,
  );
}

/** SQLSTATE of what went wrong, with its detail where it has one; "ok" when nothing did. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "ok",
    (error: { code?: string; detail?: string }) =>
      [error.code ?? String(error), error.detail].filter(Boolean).join(" "),
  );
}

export async function rows<T extends object = Record<string, unknown>>(
  db: TestDatabase,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  return (await db.pool.query(sql, values)).rows as T[];
}
