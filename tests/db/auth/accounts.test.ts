import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
let user: string;
let other: string;
beforeAll(async () => {
  db = await freshDatabase();
  user = await db.createUser("user@example.test");
  other = await db.createUser("other@example.test");
});
afterAll(() => db.drop());

const record = (session: string, login: string) =>
  db.asSystem((client) =>
    client.query("select public.auth_record_session($1, $2, '10.0', 'Firefox')", [session, login]),
  );
const list = (session: string, login = user) =>
  db.asUser(
    login,
    async (client) =>
      (await client.query("select public.auth_list_my_sessions() as list")).rows[0]!.list as {
        id: string;
        isCurrent: boolean;
      }[],
    {
      sessionId: session,
    },
  );
const end = (session: string, args: string, login = user) =>
  db.asUser(
    login,
    async (client) =>
      (await client.query(`select public.auth_end_my_sessions(${args}) as n`)).rows[0]!.n as number,
    { sessionId: session },
  );
const isLive = (session: string, login = user) =>
  db.asUser(
    login,
    async (client) =>
      (await client.query("select private.session_is_live() as live")).rows[0]!.live as boolean,
    { sessionId: session },
  );

describe("where a login is signed in", () => {
  it("lists its own sign-ins and marks this one", async () => {
    const [here, there, theirs] = [randomUUID(), randomUUID(), randomUUID()];
    await record(here, user);
    await record(there, user);
    await record(theirs, other);
    const found = await list(here);
    expect(found.map((entry) => entry.id).sort()).toEqual([here, there].sort());
    expect(found.find((entry) => entry.isCurrent)?.id).toBe(here);
  });

  it("ends one of its own, not somebody else's", async () => {
    const [here, there, theirs] = [randomUUID(), randomUUID(), randomUUID()];
    await record(here, user);
    await record(there, user);
    await record(theirs, other);
    expect(await end(here, `'${theirs}'`)).toBe(0);
    expect(await isLive(theirs, other)).toBe(true);
    expect(await end(here, `'${there}'`)).toBe(1);
    expect(await isLive(there)).toBe(false);
    expect(await isLive(here)).toBe(true);
  });

  it("is nowhere by a session of Auth that no door of ours recorded", async () => {
    const unrecorded = randomUUID();
    await db.pool.query(
      "insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())",
      [unrecorded, user],
    );
    expect(await isLive(unrecorded)).toBe(false);
    await expect(end(unrecorded, "null, 'all'")).rejects.toMatchObject({ code: "PM002" });
    await record(unrecorded, user);
    expect(await isLive(unrecorded)).toBe(true);
  });

  it("ends all others, or all", async () => {
    const [here, there] = [randomUUID(), randomUUID()];
    await record(here, user);
    await record(there, user);
    await end(here, "null, 'others'");
    expect(await isLive(there)).toBe(false);
    expect(await isLive(here)).toBe(true);
    await end(here, "null, 'all'");
    expect(await isLive(here)).toBe(false);
    await expect(end(here, "null, 'all'")).rejects.toMatchObject({ code: "PM002" });
  });
});

describe("a handle at the door", () => {
  const find = (name: string, slug: string | null = null) =>
    db.asSystem(
      async (client) =>
        (await client.query("select public.auth_find_login($1, $2) as email", [name, slug])).rows[0]!
          .email as string | null,
    );

  it("finds the login of a creator, and nobody when it could be two people", async () => {
    const clients: string[] = [];
    for (const [slug, login] of [
      ["handle-one", user],
      ["handle-two", other],
    ] as const) {
      const { rows } = await db.pool.query(
        "insert into public.clients (slug, name, brand_color, time_zone, currency, locale) values ($1, $1, '#123456', 'UTC', 'USD', 'en') returning id",
        [slug],
      );
      const client = rows[0]!.id as string;
      clients.push(client);
      await db.pool.query(
        "insert into public.client_programs (client_id, program, is_enabled) values ($1, 'loyalty', true) on conflict (client_id, program) do update set is_enabled = true",
        [client],
      );
      const person = await db.pool.query(
        "insert into public.people (client_id, user_id, display_name, claimed_at) values ($1, $2, 'A', now()) returning id",
        [client, login],
      );
      await db.pool.query(
        "insert into public.loyalty_settings (client_id, currency) values ($1, 'USD') on conflict do nothing",
        [client],
      );
      await db.pool.query(
        "insert into public.loyalty_tiers (client_id, rank, name, color, threshold, commission_bp) values ($1, 1, 'Bronze', '#aa7744', 0, 500) on conflict do nothing",
        [client],
      );
      await db.pool.query(
        `insert into public.loyalty_creators (client_id, person_id, handle, tier_id)
         select $1, $2, 'Shared.Name', t.id from public.loyalty_tiers t where t.client_id = $1 order by t.rank limit 1`,
        [client, person.rows[0]!.id],
      );
    }
    expect(await find("@shared.name", "handle-one")).toBe("user@example.test");
    expect(await find("SHARED.NAME", "handle-two")).toBe("other@example.test");
    expect(await find("shared.name")).toBeNull();
    expect(await find("nobody", "handle-one")).toBeNull();
    expect(await find("shared.name", "no-such-business")).toBeNull();
    await db.pool.query(
      "update public.client_programs set is_enabled = false where client_id = $1 and program = 'loyalty'",
      [clients[1]],
    );
    expect(await find("shared.name", "handle-two")).toBeNull();
    expect(await find("shared.name")).toBe("user@example.test");
  });
});
