import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClaimsWorld, type Claimed, claimsWorld, codeOf } from "./claims-world";

let world: ClaimsWorld;
let owner: string;
let other: string;
const now = "2026-11-16T12:00:00Z";
const why = "The shop is closed that day";

async function staff(name: string, role: string): Promise<string> {
  const id = await world.db.createUser(`${name}@tide.test`);
  await world.db.pool.query(
    `with made as (insert into public.people (client_id, display_name, user_id, claimed_at) values ($1, $2, $3, now()) returning id)
     insert into public.person_roles (client_id, person_id, role_id) select $1, id, $4 from made`,
    [world.clientId, name, id, role],
  );
  return id;
}

beforeAll(async () => {
  world = await claimsWorld();
  owner = await staff("Olga", "owner");
  other = await staff("Max", "manager");
});
afterAll(() => world.db.drop());

interface Move {
  at?: string;
  as?: string;
  from?: string | null;
  reason?: string;
}
/** As the API's function does it, with a clock of the test's own. */
const move = (id: string, schedule: object, { at = now, as = owner, from = null, reason = why }: Move = {}) =>
  world.db.asUser(as, async (db) => {
    const { rows } = await db.query<{ moved: { scheduledAt: string } }>(
      "select private.loyalty_reschedule($1, $2, $3, $4, $5, $6) as moved",
      [world.clientId, id, JSON.stringify(schedule), reason, from, at],
    );
    return rows[0]!.moved;
  });
const row = (id: string) =>
  world.one<Record<string, unknown>>(
    `select scheduled_at, ends_at, due_at, calendar_sequence, moved_from, moved_by, move_reason, terms, state
       from public.loyalty_redemptions where id = $1`,
    [id],
  );
let people = 0;
async function boostOf(date: string): Promise<Claimed> {
  const reward = await world.reward({ kind: "commission_boost", frequency: "unlimited" });
  return world.claim(await world.member(`mover${people++}`), reward, { schedule: { date } }, now);
}
async function discountOf(date: string, time: string, who = world.noor, at = now): Promise<Claimed> {
  const reward = await world.reward({ kind: "discount", frequency: "unlimited", discount_minutes: 60 });
  return world.claim(who, reward, { schedule: { date, time } }, at);
}

describe("a schedule that is moved", () => {
  it("takes the boost, its days, its timers and the calendar along, and leaves the terms as they were", async () => {
    const claim = await boostOf("2026-11-17");
    const before = await row(claim.id);
    // The calendar was written when it was claimed; what follows is asked for by the move.
    await world.db.pool.query(
      "delete from graphile_worker._private_jobs where key = 'loyalty.sync-calendar:' || $1::text",
      [claim.id],
    );
    await move(claim.id, { date: "2026-11-19" });
    expect(
      await world.one(
        `select r.calendar_sequence, b.first_on::text, b.last_on::text, b.starts_at = r.scheduled_at and b.ends_at = r.ends_at as same
           from public.loyalty_redemptions r join public.loyalty_boosts b on b.redemption_id = r.id where r.id = $1`,
        [claim.id],
      ),
    ).toEqual({ calendar_sequence: 1, first_on: "2026-11-20", last_on: "2026-11-26", same: true });
    const after = await row(claim.id);
    expect(after.terms).toEqual(before.terms);
    expect(after).toMatchObject({ moved_from: before.scheduled_at, moved_by: owner, move_reason: why });
    const { rows: jobs } = await world.db.pool.query<{ key: string; at: Date }>(
      `select j.key, j.run_at as at from graphile_worker.jobs j join public.loyalty_boosts b on j.key like 'loyalty.boost-%:' || b.id
        where b.redemption_id = $1 order by j.run_at`,
      [claim.id],
    );
    expect(jobs.map(({ at }) => at)).toEqual([after.scheduled_at, after.ends_at]);
    const audit = await world.one<{ n: number }>(
      `select count(*)::int as n from public.core_audit_log
        where table_name = 'loyalty_redemptions' and row_key = $1 and actor_user_id = $2 and after ->> 'move_reason' = $3`,
      [claim.id, owner, why],
    );
    expect(audit.n).toBe(1);
    const told = await world.one<{ data: Record<string, unknown>; n: number }>(
      `select data, count(*) over ()::int as n from private.notification_requests
        where type = 'loyalty.reward-moved' and data ->> 'redemptionId' = $1`,
      [claim.id],
    );
    expect(told.n).toBe(1);
    expect(told.data).toMatchObject({ moveReason: why });
    const synced = await world.one<{ n: number }>(
      "select count(*)::int as n from graphile_worker.jobs where key = 'loyalty.sync-calendar:' || $1::text",
      [claim.id],
    );
    expect(synced.n).toBe(1);
  });

  it("keeps to the rules of a claim: weekdays, seven days, hours, places, no overlap with another of hers", async () => {
    const cheap = await discountOf("2026-11-17", "10:00");
    await discountOf("2026-11-17", "14:00");
    const refused = async (schedule: object) => codeOf(move(cheap.id, schedule));
    expect(await refused({ date: "2026-11-21", time: "10:00" })).toBe("INVALID_SCHEDULE");
    expect(await refused({ date: "2026-11-24", time: "10:00" })).toBe("INVALID_SCHEDULE");
    expect(await refused({ date: "2026-11-13", time: "10:00" })).toBe("INVALID_SCHEDULE");
    expect(await refused({ date: "2026-11-17", time: "07:00" })).toBe("INVALID_TIME_SLOT");
    expect(await refused({ date: "2026-11-17" })).toBe("SCHEDULING_REQUIRED");
    expect(await refused({ date: "2026-11-17", time: "13:30" })).toBe("INVALID_TIME_SLOT");
    expect(await refused({ date: "2026-11-17", time: "10:00" })).toBe("ALREADY_DONE");
    // Over itself is no overlap.
    await move(cheap.id, { date: "2026-11-17", time: "10:30" });
    await world.settings({ discount_capacity: 1 });
    const full = await discountOf("2026-11-18", "10:00", await world.member("full"));
    expect(await codeOf(move(cheap.id, { date: "2026-11-18", time: "10:00" }))).toBe("SLOT_FULL");
    const { slots } = await world.db.asUser(owner, async (db) => {
      const { rows } = await db.query<{
        slots: { days: { date: string; slots: { time: string; reason: string }[] }[] };
      }>("select private.loyalty_read_move_slots($1, $2, $3) as slots", [world.clientId, full.id, now]);
      return rows[0]!;
    });
    const day = slots.days.find(({ date }) => date === "2026-11-18");
    // Its own place is no reason against it.
    expect(day?.slots.find(({ time }) => time === "10:00")?.reason).toBeNull();
    await world.settings({ discount_capacity: 20 });
  });

  it("is for those who fulfil, not for creators, and not for one's own claim; with a reason; while it has not begun", async () => {
    const claim = await discountOf("2026-11-19", "10:00");
    const to = { date: "2026-11-20", time: "10:00" };
    expect(await codeOf(move(claim.id, to, { as: world.noor.userId }))).toBe("FORBIDDEN");
    expect(await codeOf(move(claim.id, to, { as: await staff("Sue", "support") }))).toBe("FORBIDDEN");
    expect(await codeOf(move(claim.id, to, { reason: " x " }))).toBe("INVALID");
    expect(await codeOf(move(claim.id, to, { at: "2026-11-19T23:00:00Z" }))).toBe("ILLEGAL_STEP");
    await world.db.pool.query("update public.loyalty_redemptions set is_held = true where id = $1", [
      claim.id,
    ]);
    expect(await codeOf(move(claim.id, to))).toBe("ON_HOLD");
    await world.db.pool.query("update public.loyalty_redemptions set is_held = false where id = $1", [
      claim.id,
    ]);
    const card = await world.claim(world.noor, await world.reward({}), {}, now);
    expect(await codeOf(move(card.id, to))).toBe("ILLEGAL_STEP");
    await move(claim.id, to, { as: other });
    // The first click again is still the first claim, although its day was moved.
    expect((await row(claim.id)).state).toBe("claimed");
  });
});

describe("at the same moment", () => {
  it("two owners who saw the same time move it once; the other is told who did", async () => {
    const claim = await boostOf("2026-11-17");
    const from = claim.scheduledAt as string;
    const days = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23"];
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        move(claim.id, { date: days[at % days.length] }, { from, as: at % 2 ? owner : other }),
      ),
    );
    const done = answers.filter(({ status }) => status === "fulfilled");
    expect(done).toHaveLength(1);
    const messages = answers.flatMap((one) =>
      one.status === "rejected" ? [(one.reason as Error).message] : [],
    );
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toMatch(/^This was moved meanwhile by (Olga|Max)\./);
    expect((await row(claim.id)).calendar_sequence).toBe(1);
  });

  it("a boost that begins is moved or begun, never both", async () => {
    for (let round = 0; round < 6; round += 1) {
      const claim = await boostOf("2026-11-17");
      const begins = claim.scheduledAt as string;
      const before = new Date(Date.parse(begins) - 1000).toISOString();
      const [moved] = await Promise.allSettled([
        move(claim.id, { date: "2026-11-19" }, { at: before }),
        world.db.pool.query("select private.loyalty_clock_boosts($1, $2)", [world.clientId, begins]),
      ]);
      const found = await world.one<{ state: string; same: boolean; starts: string }>(
        `select b.state, b.starts_at = r.scheduled_at as same, to_char(b.starts_at at time zone 'UTC', 'YYYY-MM-DD') as starts
           from public.loyalty_boosts b join public.loyalty_redemptions r on r.id = b.redemption_id where r.id = $1`,
        [claim.id],
      );
      expect(found.same).toBe(true);
      expect([found.state, found.starts]).toEqual(
        moved.status === "fulfilled" ? ["scheduled", "2026-11-19"] : ["active", "2026-11-17"],
      );
      await world.db.pool.query("delete from public.loyalty_boosts where redemption_id = $1", [claim.id]);
    }
  });

  it("creators who claim and an owner who moves share the last place once", async () => {
    await world.settings({ discount_capacity: 1 });
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, at) => world.member(`rush${at}`)));
    const claim = await discountOf("2026-11-19", "12:00", await world.member("planned"));
    const reward = await world.reward({ kind: "discount", frequency: "unlimited", discount_minutes: 60 });
    const last = { date: "2026-11-20", time: "12:00" };
    const codes = await Promise.all([
      codeOf(move(claim.id, last)),
      ...crowd.map((who) => codeOf(world.claim(who, reward, { schedule: last }, now))),
    ]);
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(codes.filter((code) => code === "SLOT_FULL")).toHaveLength(20);
    await world.settings({ discount_capacity: 20 });
  });
});

describe("over a change of the clocks", () => {
  it("keeps the hour of the business, and refuses the one spring skips", async () => {
    const zone = await claimsWorld({ zone: "America/New_York", slug: "york" });
    const boss = await zone.db.createUser("boss@york.test");
    await zone.db.pool.query(
      `with made as (insert into public.people (client_id, display_name, user_id, claimed_at) values ($1, 'Boss', $2, now()) returning id)
       insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from made`,
      [zone.clientId, boss],
    );
    const to = (id: string, schedule: object, at: string) =>
      zone.db.asUser(boss, async (db) => {
        const { rows } = await db.query<{ moved: { scheduledAt: string; endsAt: string } }>(
          "select private.loyalty_reschedule($1, $2, $3, 'The day moved', null, $4) as moved",
          [zone.clientId, id, JSON.stringify(schedule), at],
        );
        return [
          new Date(rows[0]!.moved.scheduledAt).toISOString(),
          new Date(rows[0]!.moved.endsAt).toISOString(),
        ];
      });
    const boost = await zone.reward({ kind: "commission_boost", boost_days: 7 });
    const autumn = await zone.claim(
      zone.noor,
      boost,
      { schedule: { date: "2026-10-26" } },
      "2026-10-26T12:00:00Z",
    );
    expect(await to(autumn.id, { date: "2026-10-30" }, "2026-10-26T12:00:00Z")).toEqual([
      "2026-10-30T22:00:00.000Z",
      "2026-11-06T23:00:00.000Z",
    ]);
    await zone.settings({ schedule_weekends: true, discount_from: "01:00", discount_to: "04:00" });
    const discount = await zone.reward({ kind: "discount", discount_minutes: 30 });
    const at = "2027-03-12T12:00:00Z";
    const spring = await zone.claim(
      zone.noor,
      discount,
      { schedule: { date: "2027-03-13", time: "02:30" } },
      at,
    );
    expect(await codeOf(to(spring.id, { date: "2027-03-14", time: "02:30" }, at))).toBe("INVALID_TIME_SLOT");
    expect((await to(spring.id, { date: "2027-03-14", time: "03:00" }, at))[0]).toBe(
      "2027-03-14T07:00:00.000Z",
    );
    await zone.db.drop();
  });
});
