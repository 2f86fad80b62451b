import { randomBytes } from "node:crypto";
import { runMigrations } from "graphile-worker";
import type { Client } from "pg";
import { databaseUrl, stackConfig, testEnv } from "../../scripts/stack/config";
import { prepare, pushMigrations } from "../../scripts/stack/migrate";
import { isAlive } from "../../scripts/stack/processes";
import { withDatabase } from "../../scripts/stack/sql";

const config = stackConfig(testEnv());
const admin = databaseUrl(config, "postgres");

export interface HostedDatabase {
  /** Connects as the role that a hosted project gives its owner. */
  url: string;
  name: string;
  role: string;
  drop(): Promise<void>;
}

/**
 * A database as a hosted project has it on its first day, with its owner's role: no superuser, may create roles and
 * databases, passes row security, owns the database and `public`; `auth` and `storage` belong to others and are lent.
 */
export async function hostedDatabase(): Promise<HostedDatabase> {
  const suffix = `${process.pid}_${randomBytes(3).toString("hex")}`;
  const [name, role] = [`t_${suffix}`, `hosted_${suffix}`];
  await withDatabase(admin, async (client) => {
    await dropForgotten(client);
    await client.query(
      `create role ${role} login password 'hosted' nosuperuser createrole createdb bypassrls replication`,
    );
    await client.query(`grant anon, authenticated, service_role to ${role} with admin option`);
    await client.query(`create database ${name} owner ${role}`);
  });
  await prepare(config, name);
  await withDatabase(databaseUrl(config, name), (client) =>
    client.query(`
      drop schema graphile_worker cascade;
      drop schema if exists supabase_migrations cascade;
      alter schema extensions owner to ${role};
      grant usage on schema auth, storage to ${role} with grant option;
      grant all on all tables in schema auth, storage to ${role} with grant option;
      grant execute on all functions in schema auth, storage to ${role} with grant option;
      alter default privileges for role ${role} in schema public grant all on tables to anon, authenticated, service_role;
      alter default privileges for role ${role} in schema public grant all on functions to anon, authenticated, service_role;
      alter default privileges for role ${role} in schema public grant all on sequences to anon, authenticated, service_role;`),
  );
  const url = new URL(databaseUrl(config, name));
  url.username = role;
  url.password = "hosted";
  return {
    url: url.href,
    name,
    role,
    async drop() {
      await withDatabase(admin, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
        await client.query(`drop role if exists ${role}`);
      });
    },
  };
}

/** What docs/DEPLOYMENT.md says to run against a new project: the queue's schema, then `supabase db push`. */
export async function deployTo(database: HostedDatabase): Promise<void> {
  await runMigrations({ connectionString: database.url });
  pushMigrations(database.url);
}

/** Roles outlive their databases when a run is killed. */
async function dropForgotten(client: Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    `select r.rolname as role from pg_roles r
     where r.rolname ~ '^hosted_[0-9]+_' and not exists (select from pg_shdepend d where d.refobjid = r.oid)`,
  );
  for (const { role } of rows) {
    if (!isAlive(Number(role.split("_")[1]))) await client.query(`drop role if exists ${role}`);
  }
}
