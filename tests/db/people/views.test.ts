import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;
let tide: Business;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
  tide = await makeBusiness(db, "tide");
});
afterAll(() => db.drop());

const start = (as: string, business: Business, person: string, reason = "Asked why her tier fell") =>
  ask<{ id: string; expiresAt: string }>(db, as, "people_start_view", {
    p_client: business.id,
    p_person: person,
    p_reason: reason,
  });
const looking = (view: string) => ({ headers: { "x-view-as": view } });
const whoAmI = (as: string, options: object = {}) =>
  db.asUser(
    as,
    async (client) =>
      (
        await client.query<{ people: string[]; staff: boolean; member: boolean }>(
          `select private.my_people() as people, $1::uuid = any (private.clients_with('people.people.read')) as staff,
                  $1::uuid = any (private.clients_with('loyalty.app.use')) as member`,
          [glow.id],
        )
      ).rows[0],
    options,
  );

describe("looking as a member", () => {
  it("sees what she sees, with her permissions and not one's own", async () => {
    const { owner, creator } = glow.members;
    const { id } = await start(owner.userId, glow, creator.personId);
    expect(await whoAmI(owner.userId, looking(id))).toEqual({
      people: [creator.personId],
      staff: false,
      member: true,
    });
    expect(await whoAmI(owner.userId)).toEqual({ people: [owner.personId], staff: true, member: false });
    const context = await ask<{ person: { id: string }; view: { personId: string } }>(
      db,
      owner.userId,
      "core_read_context",
      { p_slug: "glow" },
      looking(id),
    );
    expect([context.person.id, context.view.personId]).toEqual([creator.personId, creator.personId]);
  });

  it("cannot write a thing, whoever would have allowed it", async () => {
    const { owner, creator } = glow.members;
    const { id } = await start(owner.userId, glow, creator.personId);
    const rename = (options: object) =>
      outcome(
        db.asUser(
          owner.userId,
          (client) =>
            client.query("update public.people set display_name = 'Changed' where id = $1", [
              creator.personId,
            ]),
          options,
        ),
      );
    expect(await rename(looking(id))).toMatch(/^25006/);
    expect(
      await outcome(
        ask(
          db,
          owner.userId,
          "people_start_view",
          {
            p_client: glow.id,
            p_person: creator.personId,
            p_reason: "Once more",
          },
          looking(id),
        ),
      ),
    ).not.toBe("ok");
    expect(await rename({ rollback: true })).toBe("ok");
  });

  it("is worth nothing in another's hands, after its end, and when its time is over", async () => {
    const { owner, admin, creator } = glow.members;
    const { id } = await start(owner.userId, glow, creator.personId);
    expect((await whoAmI(admin.userId, looking(id)))?.people).toEqual([admin.personId]);
    expect((await whoAmI(tide.members.owner.userId, looking(id)))?.people).toEqual([
      tide.members.owner.personId,
    ]);
    expect((await whoAmI(owner.userId, looking("nonsense")))?.people).toEqual([owner.personId]);
    await ask(db, owner.userId, "people_end_view", { p_client: glow.id });
    expect((await whoAmI(owner.userId, looking(id)))?.people).toEqual([owner.personId]);
    const second = await start(owner.userId, glow, creator.personId);
    await db.pool.query(
      "alter table public.people_views disable trigger t20_immutable; update public.people_views set started_at = now() - interval '20 minutes', expires_at = now() - interval '5 minutes' where ended_at is null; alter table public.people_views enable trigger t20_immutable",
    );
    expect((await whoAmI(owner.userId, looking(second.id)))?.people).toEqual([owner.personId]);
  });

  it("is refused to whoever lacks the permission, and never shows staff or another business", async () => {
    const { owner, admin, manager, support, creator } = glow.members;
    expect(await outcome(start(support.userId, glow, creator.personId))).toMatch(/^PM001/);
    expect(await outcome(start(creator.userId, glow, glow.members.neighbour.personId))).toMatch(/^PM001/);
    expect(await outcome(start(owner.userId, glow, manager.personId))).toBe("VA001 personId");
    expect(await outcome(start(admin.userId, glow, owner.personId))).toBe("VA001 personId");
    expect(await outcome(start(owner.userId, glow, tide.members.creator.personId))).toMatch(/^TN001/);
    expect(await outcome(start(owner.userId, tide, tide.members.creator.personId))).toMatch(/^TN001/);
  });

  it("opens no role of staff that the member was given meanwhile", async () => {
    const { owner, neighbour } = glow.members;
    const { id } = await start(owner.userId, glow, neighbour.personId);
    await db.pool.query(
      "insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, 'admin')",
      [glow.id, neighbour.personId],
    );
    expect(await whoAmI(owner.userId, looking(id))).toEqual({
      people: [neighbour.personId],
      staff: false,
      member: true,
    });
    await db.pool.query("delete from public.person_roles where person_id = $1 and role_id = 'admin'", [
      neighbour.personId,
    ]);
  });

  it("is written down with its reason, start and end", async () => {
    const { owner, creator } = glow.members;
    await start(owner.userId, glow, creator.personId, "Her reward was missing");
    await ask(db, owner.userId, "people_end_view", { p_client: glow.id });
    const [view] = await rows<{ reason: string; ended: boolean; audited: number }>(
      db,
      `select v.reason, v.ended_at is not null as ended,
              (select count(*)::integer from public.core_audit_log a where a.table_name = 'people_views' and a.row_key = v.id::text) as audited
         from public.people_views v where v.reason = 'Her reward was missing'`,
    );
    expect(view).toEqual({ reason: "Her reward was missing", ended: true, audited: 2 });
  });
});
