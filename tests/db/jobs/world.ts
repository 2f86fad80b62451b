import { randomUUID } from "node:crypto";
import { closeSql } from "@/lib/db/direct";
import { resetEnv } from "@/lib/kernel/env";
import { testEnv } from "../../../scripts/stack/config";
import { freshDatabase } from "../../support/database";

/** A database whose direct connections the app's own code uses, with two businesses in it. */
export async function jobsWorld(more: Record<string, string> = {}) {
  const db = await freshDatabase();
  Object.assign(process.env, testEnv(), { DATABASE_URL: db.url, LOG_LEVEL: "silent" }, more);
  resetEnv();
  const one = async <T>(text: string, values: unknown[] = []): Promise<T> =>
    (await db.pool.query(text, values)).rows[0] as T;
  const client = async (slug: string, name: string) =>
    (
      await one<{ id: string }>(
        "select private.create_client($1, $2, '{loyalty}', 'America/New_York', 'USD', '#b3265f') as id",
        [slug, name],
      )
    ).id;
  const glow = await client("glow", "Glow Collective");
  const tide = await client("tide", "Tide Goods");

  return {
    db,
    one,
    glow,
    tide,
    async person(
      clientId: string,
      role: string | null,
      options: { login?: boolean; email?: string | null; name?: string } = {},
    ) {
      const email = options.email === undefined ? `p${randomUUID().slice(0, 8)}@example.test` : options.email;
      const login = options.email === undefined ? email : null;
      const userId =
        options.login === false
          ? null
          : await db.createUser(login ?? `u${randomUUID().slice(0, 8)}@example.test`);
      const { id } = await one<{ id: string }>(
        `insert into public.people (client_id, user_id, display_name, email, claimed_at)
         values ($1, $2, $3, $4, case when $2::uuid is not null then now() end) returning id`,
        [clientId, userId, options.name ?? "Maya Chen", email],
      );
      if (role)
        await db.pool.query(
          "insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, $3)",
          [clientId, id, role],
        );
      return { id, userId: userId ?? "", email };
    },
    waiting: async (task: string) =>
      (
        await one<{ n: number }>(
          "select count(*)::int as n from graphile_worker.jobs where task_identifier = $1",
          [task],
        )
      ).n,
    async end() {
      await closeSql();
      await db.drop();
    },
  };
}

export type JobsWorld = Awaited<ReturnType<typeof jobsWorld>>;
