import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type AsOptions, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
});
afterAll(() => db.drop());

const setState = (by: keyof Business["members"], of: keyof Business["members"], state: string) =>
  outcome(
    ask(db, glow.members[by].userId, "people_set_state", {
      p_client: glow.id,
      p_person: glow.members[of].personId,
      p_state: state,
    }),
  );
const visible = (userId: string, options?: AsOptions) =>
  db.asUser(
    userId,
    async (client) => (await client.query("select from public.people")).rowCount ?? 0,
    options,
  );

describe("deactivation", () => {
  it("shuts a person out on the next request and lets her back in", async () => {
    const { userId } = glow.members.manager;
    expect(await visible(userId)).toBeGreaterThan(5);
    expect(await setState("owner", "manager", "deactivated")).toBe("ok");
    expect(await visible(userId)).toBe(0);
    expect(await outcome(ask(db, userId, "people_list", { p_client: glow.id }))).toMatch(/^TN001/);
    const context = await ask<Record<string, unknown>>(db, userId, "core_read_context", { p_slug: "glow" });
    expect(context["person"]).toBeUndefined();
    expect(context["businesses"]).toEqual([]);
    expect(await setState("owner", "manager", "active")).toBe("ok");
    expect(await visible(userId)).toBeGreaterThan(5);
  });

  it("is not for oneself, not for those who can do more, not for those without the permission", async () => {
    expect(await setState("owner", "owner", "deactivated")).toBe("PM001 self");
    expect(await setState("admin", "owner", "deactivated")).toMatch(/^(PM001|ST001)/);
    expect(await setState("manager", "creator", "deactivated")).toMatch(/^PM001/);
    expect(await setState("owner", "creator", "gone")).toBe("VA001 state");
  });

  it("takes open invitations with it", async () => {
    const id = await ask<string>(db, glow.members.owner.userId, "people_invite", {
      p_client: glow.id,
      p_role: "creator",
      p_token_hash: randomUUID(),
      p_token_envelope: "v1:x",
      p_email: "new@elsewhere.test",
    });
    const [invitation] = await rows<{ person_id: string }>(
      db,
      "select person_id from public.invitations where id = $1",
      [id],
    );
    expect(
      await outcome(
        ask(db, glow.members.owner.userId, "people_set_state", {
          p_client: glow.id,
          p_person: invitation?.person_id,
          p_state: "deactivated",
        }),
      ),
    ).toBe("ok");
    expect(await rows(db, "select state from public.invitations where id = $1", [id])).toEqual([
      { state: "revoked" },
    ]);
  });

  it("cannot be undone past the guard: a state nobody listed is refused even to the database's owner", async () => {
    expect(
      await outcome(
        db.pool.query("update public.people set state = 'gone' where id = $1", [
          glow.members.creator.personId,
        ]),
      ),
    ).toMatch(/^ST001/);
    expect(
      await outcome(
        db.pool.query(
          "insert into public.people (client_id, display_name, state, deactivated_at) values ($1, 'Born gone', 'deactivated', now())",
          [glow.id],
        ),
      ),
    ).toMatch(/^ST001/);
  });
});

describe("a sign-in", () => {
  const session = async (patch: string): Promise<string> => {
    const id = randomUUID();
    await db.pool.query("insert into public.auth_sessions (session_id, user_id) values ($1, $2)", [
      id,
      glow.members.owner.userId,
    ]);
    await db.pool.query(`update public.auth_sessions set ${patch} where session_id = $1`, [id]);
    return id;
  };

  it("opens while it is live, and nothing once it was ended, idle for a day, or a month old", async () => {
    const see = async (patch: string) =>
      visible(glow.members.owner.userId, { sessionId: await session(patch) });
    expect(await see("last_seen_at = now()")).toBeGreaterThan(5);
    expect(await see("last_seen_at = now() - interval '23 hours 59 minutes'")).toBeGreaterThan(5);
    expect(await see("last_seen_at = now() - interval '24 hours 1 second'")).toBe(0);
    expect(await see("started_at = now() - interval '30 days 1 second'")).toBe(0);
    expect(await see("ended_at = now()")).toBe(0);
  });

  it("opens nothing for another login than its own", async () => {
    const id = await session("last_seen_at = now()");
    expect(await visible(glow.members.admin.userId, { sessionId: id })).toBe(0);
  });

  it("that has ended is nobody to every function", async () => {
    const id = await session("ended_at = now()");
    const { userId } = glow.members.owner;
    expect(await outcome(ask(db, userId, "people_list", { p_client: glow.id }, { sessionId: id }))).toMatch(
      /^PM002/,
    );
    expect(await outcome(ask(db, userId, "people_claim_by_email", {}, { sessionId: id }))).toMatch(/^PM002/);
    expect(await ask(db, userId, "core_read_context", {}, { sessionId: id })).toEqual({});
  });
});
