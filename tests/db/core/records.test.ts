import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditedTables } from "@/lib/core/audit/contract";
import audit from "@/messages/en/audit.json";
import { outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
});
afterAll(() => db.drop());

const auditOf = (request: string) =>
  rows(
    db,
    "select table_name, row_key, action, before, after, actor, actor_user_id, impersonator_user_id from public.core_audit_log where request_id = $1 order by created_at, row_key",
    [request],
  );

describe("the audit log", () => {
  it("has a name for everything it has lines about, and each can be filtered for", async () => {
    const marked = await rows<{ name: string }>(
      db,
      "select distinct tgrelid::regclass::text as name from pg_catalog.pg_trigger where tgname like 't80_audit%'",
    );
    const sources = await rows<{ prosrc: string }>(
      db,
      "select prosrc from pg_catalog.pg_proc where pronamespace = 'private'::regnamespace",
    );
    const writing = /(?:log_access\(\w+, *|core_audit_log \([^)]*\)\s+values \(\w+, )'([a-z_]+)'/g;
    const written = sources.flatMap(({ prosrc }) => [...prosrc.matchAll(writing)].map(([, name]) => name!));
    expect(written).toContain("loyalty_gifts");
    const all = [...new Set([...marked.map(({ name }) => name.replace("public.", "")), ...written])].sort();
    expect([...auditedTables].sort()).toEqual(all);
    expect(Object.keys(audit.tables).sort()).toEqual(all);
  });

  it("holds what changed, by whom, in which request, and only the columns that differ", async () => {
    const { userId, personId } = glow.members.creator;
    await db.asUser(
      userId,
      (client) => client.query("update public.people set phone = '+1 555 0100' where id = $1", [personId]),
      { headers: { "x-request-id": "req-phone" } },
    );
    expect(await auditOf("req-phone")).toEqual([
      {
        table_name: "people",
        row_key: personId,
        action: "update",
        before: { phone: null },
        after: { phone: "+1 555 0100" },
        actor: "person",
        actor_user_id: userId,
        impersonator_user_id: null,
      },
    ]);
  });

  it("writes one row a changed row for one statement over many, and none for an update that changes nothing", async () => {
    const client = await db.pool.connect();
    try {
      await client.query("begin");
      await client.query(
        "select set_config('portico.request_id', 'req-many', true), set_config('portico.actor', 'job:test.rename', true)",
      );
      await client.query("update public.people set locale = 'en-GB' where client_id = $1", [glow.id]);
      await client.query("update public.people set locale = 'en-GB' where client_id = $1", [glow.id]);
      await client.query("commit");
    } finally {
      client.release();
    }
    const entries = await auditOf("req-many");
    expect(entries).toHaveLength(Object.keys(glow.members).length);
    expect(new Set(entries.map((entry) => entry["actor"]))).toEqual(new Set(["job:test.rename"]));
  });

  it("names who was really acting behind someone else's eyes", async () => {
    const client = await db.pool.connect();
    try {
      await client.query("begin");
      await client.query(
        "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('portico.request_id', 'req-as', true), set_config('role', 'authenticated', true)",
        [
          JSON.stringify({
            sub: glow.members.support.userId,
            role: "authenticated",
            impersonator: glow.members.owner.userId,
          }),
          glow.members.support.userId,
        ],
      );
      await client.query("update public.people set phone = '+1 555 0101' where id = $1", [
        glow.members.support.personId,
      ]);
      await client.query("commit");
    } finally {
      client.release();
    }
    expect(await auditOf("req-as")).toMatchObject([
      { actor_user_id: glow.members.support.userId, impersonator_user_id: glow.members.owner.userId },
    ]);
  });

  it("keeps the whole row of what was taken away", async () => {
    const [role] = await rows<{ id: string }>(
      db,
      "delete from public.person_roles where person_id = $1 returning id",
      [glow.members.neighbour.personId],
    );
    const [entry] = await rows(
      db,
      "select before, after from public.core_audit_log where row_key = $1 and action = 'delete'",
      [role?.id],
    );
    expect(entry).toMatchObject({ before: { id: role?.id, role_id: "creator" }, after: null });
  });

  it("rolls back with the change it tells of", async () => {
    await db.asUser(
      glow.members.creator.userId,
      (client) => client.query("update public.people set phone = '+1 555 0199'"),
      { headers: { "x-request-id": "req-undone" }, rollback: true },
    );
    expect(await auditOf("req-undone")).toEqual([]);
  });

  it("cannot be edited by the server's own key", async () => {
    for (const sql of [
      "update public.core_audit_log set actor = 'x'",
      "delete from public.core_audit_log",
      "delete from public.core_state_history",
    ]) {
      expect(await outcome(db.asSystem((client) => client.query(sql)))).toMatch(/^42501/);
    }
  });
});

describe("state", () => {
  it("leaves a history of every step, with the actor", async () => {
    const { personId } = glow.members.support;
    await db.asUser(glow.members.owner.userId, (client) =>
      client.query("select public.people_set_state($1, $2, 'deactivated')", [glow.id, personId]),
    );
    expect(
      await rows(
        db,
        "select from_state, to_state, actor, actor_user_id from public.core_state_history where row_id = $1 order by created_at",
        [personId],
      ),
    ).toEqual([
      { from_state: null, to_state: "active", actor: "system", actor_user_id: null },
      {
        from_state: "active",
        to_state: "deactivated",
        actor: "person",
        actor_user_id: glow.members.owner.userId,
      },
    ]);
  });

  it("needs the permission of the step, even where a column grant were to slip in", async () => {
    await db.pool.query("grant update (state, deactivated_at) on public.people to authenticated");
    try {
      const { userId, personId } = glow.members.creator;
      expect(
        await outcome(
          db.asUser(userId, (client) =>
            client.query(
              "update public.people set state = 'deactivated', deactivated_at = now() where id = $1",
              [personId],
            ),
          ),
        ),
      ).toBe("PM001 people.people.write");
    } finally {
      await db.pool.query("revoke update (state, deactivated_at) on public.people from authenticated");
    }
  });
});

describe("the outbox", () => {
  it("writes the event and its job in the transaction of the change, or neither", async () => {
    const client = await db.pool.connect();
    try {
      await client.query("begin");
      await client.query("select private.emit_event($1, 'people.joined', '{}')", [glow.id]);
      await client.query("rollback");
    } finally {
      client.release();
    }
    expect(await rows(db, "select from public.core_events")).toHaveLength(0);
    expect(await rows(db, "select from graphile_worker._private_jobs where key like 'event:%'")).toHaveLength(
      0,
    );
    const [event] = await rows<{ id: string }>(
      db,
      "select private.emit_event($1, 'people.joined', '{}') as id",
      [glow.id],
    );
    expect(
      await rows(db, "select payload from graphile_worker._private_jobs where key = $1", [
        `event:${event?.id}`,
      ]),
    ).toEqual([{ payload: { clientId: glow.id, eventId: event?.id } }]);
  });

  it("queues a job once a key", async () => {
    for (let at = 0; at < 3; at += 1)
      await db.pool.query(
        "select private.add_job('test.once', jsonb_build_object('at', $1::int), 'only-one')",
        [at],
      );
    expect(
      await rows(db, "select payload from graphile_worker._private_jobs where key = 'only-one'"),
    ).toEqual([{ payload: { at: 2 } }]);
  });

  it("is closed to people", async () => {
    const { userId } = glow.members.owner;
    for (const sql of [
      "select private.add_job('x', '{}')",
      `select private.emit_event('${glow.id}', 'a.b', '{}')`,
      "select graphile_worker.add_job('x')",
      "select from graphile_worker._private_jobs",
    ]) {
      expect(await outcome(db.asUser(userId, (client) => client.query(sql)))).toMatch(/^42501/);
    }
  });
});
