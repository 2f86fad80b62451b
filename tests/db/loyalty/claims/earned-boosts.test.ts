import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClaimsWorld, type Member, claimsWorld } from "./claims-world";

let world: ClaimsWorld;
beforeAll(async () => {
  world = await claimsWorld();
  // Any day of the week: the tests run on all of them.
  await world.settings({ schedule_weekends: true, boost_time: "23:30" });
});
afterAll(() => world.db.drop());

let serial = 0;
interface Item {
  id: string;
  status: string;
  redemptionId: string | null;
  opensAt: string | null;
  claimUntil: string | null;
}
interface Line {
  id: string;
  code: string | null;
  reason: string | null;
  opensAt: string | null;
}

/** A creator who has done a mission that pays a boost, as a night leaves her. */
async function done(patch: Record<string, unknown> = {}, expires: number | null = null) {
  serial += 1;
  const who = await world.member(`earner${serial}`);
  const reward = await world.reward({ kind: "commission_boost", offer: "mission", ...patch });
  const { mission, progress } = await world.one<{ mission: string; progress: string }>(
    `with mission as (
       insert into public.loyalty_missions (client_id, kind, name, target, reward_id)
       values ($1, 'videos', 'Three a Week', 3, $2) returning id
     ), progress as (
       insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, tier_id, target, start_on)
       select $1, mission.id, $3, 'videos', $4, 3, '2026-06-01' from mission returning id)
     select mission.id as mission, progress.id as progress from mission, progress`,
    [world.clientId, reward, who.id, world.tier(1)],
  );
  await world.db.pool.query(
    "update public.loyalty_missions set state = 'published', published_at = now() where id = $1",
    [mission],
  );
  await world.db.pool.query(
    `update public.loyalty_mission_progress set state = 'active', counts_from_on = start_on, started_at = now() where id = $1`,
    [progress],
  );
  await world.db.pool.query(
    `update public.loyalty_mission_progress set state = 'completed', value = 3, completed_at = now(), completed_on = '2026-06-20',
       figures_at = now() where id = $1`,
    [progress],
  );
  const give = () => earn(who, reward, progress, expires);
  return { who, reward, mission, give };
}
async function earn(who: Member, reward: string, progress: string, days: number | null): Promise<string> {
  const { id } = await world.one<{ id: string }>(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, mission_progress_id, claim_until)
     select $1, $2, r.id, r.kind, 'mission', $4, now() + make_interval(days => $5) from public.loyalty_rewards r where r.id = $3
     returning id`,
    [world.clientId, who.id, reward, progress, days],
  );
  return id;
}
const today = async () =>
  (
    await world.one<{ day: string }>(
      "select to_char(now() at time zone 'America/New_York', 'YYYY-MM-DD') as day",
    )
  ).day;
const missionOf = (who: Member, mission: string): Promise<Item | undefined> =>
  world.as(who, async (client) => {
    const { rows } = await client.query<{ all: { items: Item[] } }>(
      "select public.loyalty_read_missions($1) as all",
      [world.clientId],
    );
    return rows[0]!.all.items.find(({ id }) => id === mission);
  });
const lineOf = (who: Member, redemption: string): Promise<Line | undefined> =>
  world.as(who, async (client) => {
    const { rows } = await client.query<{ all: { redemptions: Line[] } }>(
      "select public.loyalty_read_rewards($1) as all",
      [world.clientId],
    );
    return rows[0]!.all.redemptions.find(({ id }) => id === redemption);
  });
const claimEarned = (who: Member, redemption: string, date: string) =>
  world
    .as(who, (client) =>
      client.query("select public.loyalty_claim_redemption($1, $2, $3)", [
        world.clientId,
        redemption,
        JSON.stringify({ schedule: { date } }),
      ]),
    )
    .then(
      () => ({ code: "none", hint: null, message: "" }),
      (error: { code: string; hint: string; message: string }) => error,
    );
const close = (redemption: string) =>
  world.db.pool.query(
    "update public.loyalty_redemptions set state = 'rejected', rejected_at = now(), rejection_reason = 'Not this time' where id = $1",
    [redemption],
  );
const instant = (text: string | null | undefined) => (text ? new Date(text).getTime() : null);

describe("an earned boost", () => {
  it("is ready to claim while no other one is planned or runs", async () => {
    const { who, mission, give } = await done();
    const id = await give();
    expect(await missionOf(who, mission)).toMatchObject({
      status: "claimable",
      redemptionId: id,
      opensAt: null,
    });
    expect(await lineOf(who, id)).toMatchObject({ code: null, reason: null, opensAt: null });
  });

  it("says on every page, and in the refusal, from when it can be claimed while another one is planned or runs", async () => {
    const { who, mission, give } = await done();
    const id = await give();
    const other = await world.reward({ kind: "commission_boost", boost_days: 3 });
    const first = await world.claim(who, other, { schedule: { date: await today() } });
    const waits = { reason: "boosted", code: "ACTIVE_CLAIM_EXISTS" };
    for (const state of ["scheduled", "active"]) {
      if (state === "active")
        await world.db.pool.query(
          "update public.loyalty_boosts set state = 'active', activated_at = now() where redemption_id = $1",
          [first.id],
        );
      const item = await missionOf(who, mission);
      expect(item).toMatchObject({ status: "waiting_for_boost", redemptionId: id });
      const line = await lineOf(who, id);
      expect(line).toMatchObject(waits);
      expect([instant(item?.opensAt), instant(line?.opensAt)]).toEqual([
        instant(first.endsAt),
        instant(first.endsAt),
      ]);
      const { day } = await world.one<{ day: string }>(
        "select to_char($1::timestamptz at time zone 'America/New_York', 'FMDD FMMonth, HH24:MI') as day",
        [first.endsAt],
      );
      expect(await claimEarned(who, id, await today())).toMatchObject({
        code: "ST003",
        hint: "ACTIVE_CLAIM_EXISTS",
        message: `One boost at a time. You can claim this one from ${day}, when yours is over.`,
      });
    }
    // Over: the same pages offer it again, and the claim goes through.
    await world.db.pool.query(
      "update public.loyalty_boosts set state = 'expired', expired_at = now() where redemption_id = $1",
      [first.id],
    );
    expect(await missionOf(who, mission)).toMatchObject({ status: "claimable", opensAt: null });
    expect(await lineOf(who, id)).toMatchObject({ code: null, opensAt: null });
    expect((await claimEarned(who, id, await today())).code).toBe("none");
  });

  it("says the same of a boost of her tier, in the words of boosts and not of open claims", async () => {
    const who = await world.member(`earner${(serial += 1)}`);
    const [one, other] = [
      await world.reward({ kind: "commission_boost" }),
      await world.reward({ kind: "commission_boost" }),
    ];
    await world.claim(who, one, { schedule: { date: await today() } });
    await expect(world.claim(who, other, { schedule: { date: await today() } })).rejects.toThrow(
      /^One boost at a time\. You can claim this one from \d+ \w+, 23:30, when yours is over\.$/,
    );
  });

  it("does not run out while she may not claim it, whichever came first", async () => {
    const kept = async (id: string) =>
      (
        await world.one<{ days: number }>(
          `select round(extract(epoch from r.claim_until - b.ends_at) / 86400)::integer as days
             from public.loyalty_redemptions r join public.loyalty_boosts b on b.creator_id = r.creator_id where r.id = $1`,
          [id],
        )
      ).days;
    // Earned first: the boost she plans then pushes its last day on.
    const before = await done({}, 2);
    const earned = await before.give();
    const long = await world.reward({ kind: "commission_boost", boost_days: 14 });
    await world.claim(before.who, long, { schedule: { date: await today() } });
    expect(await kept(earned)).toBe(7);
    // Earned while one is planned.
    const during = await done({}, 2);
    await world.claim(during.who, long, { schedule: { date: await today() } });
    expect(await kept(await during.give())).toBe(7);
    // A day that lies later anyway, or is over already, stays where it is.
    const late = await done({}, 90);
    const open = await late.give();
    await world.claim(late.who, long, { schedule: { date: await today() } });
    expect(await kept(open)).toBeGreaterThan(60);
    const over = await done({}, -1);
    const gone = await over.give();
    await world.claim(over.who, long, { schedule: { date: await today() } });
    expect(await kept(gone)).toBeLessThan(0);
  });

  it("makes no claim wait for it: one that a night holds is kept open when the boost starts", async () => {
    const { who, give } = await done({}, 2);
    const earned = await give();
    const other = await world.reward({ kind: "commission_boost" });
    const until = async () =>
      (
        await world.one<{ is_kept: boolean }>(
          `select r.claim_until >= b.ends_at + interval '7 days' as is_kept
             from public.loyalty_redemptions r join public.loyalty_boosts b on b.creator_id = r.creator_id where r.id = $1`,
          [earned],
        )
      ).is_kept;
    const night = await world.db.pool.connect();
    let claim: { id: string };
    try {
      await night.query("begin");
      await night.query("select from public.loyalty_redemptions where id = $1 for update", [earned]);
      claim = await world.claim(who, other, { schedule: { date: await today() } });
      await night.query("commit");
    } finally {
      night.release();
    }
    expect(await until()).toBe(false);
    await world.db.pool.query(
      "update public.loyalty_boosts set state = 'active', activated_at = now() where redemption_id = $1",
      [claim.id],
    );
    expect(await until()).toBe(true);
  });

  it("can be claimed at once when the other one is turned down", async () => {
    const { who, mission, give } = await done();
    const id = await give();
    const other = await world.reward({ kind: "commission_boost" });
    const claim = await world.claim(who, other, { schedule: { date: await today() } });
    expect((await missionOf(who, mission))?.status).toBe("waiting_for_boost");
    await close(claim.id);
    expect((await missionOf(who, mission))?.status).toBe("claimable");
    expect((await claimEarned(who, id, await today())).code).toBe("none");
  });
});
