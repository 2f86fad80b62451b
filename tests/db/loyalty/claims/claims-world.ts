import type pg from "pg";
import { fromDatabase, type DatabaseError } from "@/lib/db/sqlstate";
import { loyaltyWorld } from "../world";

export interface Standing {
  reward_id: string;
  status: string;
  code: string | null;
  window_key: string | null;
  used: number;
  quantity: number | null;
  opens_at: Date | null;
  open_redemption_id: string | null;
  stock_left: number | null;
  detail: Record<string, unknown>;
}

export interface Member {
  id: string;
  userId: string;
}

export interface Claimed {
  id: string;
  state: string;
  scheduledAt: string | null;
  endsAt: string | null;
  dueAt: string | null;
  isRepeat: boolean;
}

export const address = {
  recipient: "Noor Haddad",
  line1: "1 Quay Street",
  city: "Portsmouth",
  postalCode: "03801",
  country: "US",
};

/** The code a refused claim would be answered with; "none" when it was not refused. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    return fromDatabase(error as DatabaseError).code;
  }
}

/** An instant of a wall clock, as the tests write it: `at("2026-11-24 09:30", "America/New_York")`. */
export async function instantOf(
  db: { query: (text: string, values: unknown[]) => Promise<unknown> },
  wall: string,
  zone: string,
): Promise<string> {
  const { rows } = (await db.query("select ($1::timestamp at time zone $2) as at", [wall, zone])) as {
    rows: { at: Date }[];
  };
  return (rows[0] as { at: Date }).at.toISOString();
}

/** A business with one recognised creator, Noor, who has a login, and helpers to offer, claim and look. */
export async function claimsWorld(options: Parameters<typeof loyaltyWorld>[0] = {}) {
  const world = await loyaltyWorld(options);
  const { db, clientId, one } = world;
  const tiers = new Map(
    (
      await db.pool.query<{ rank: number; id: string }>(
        "select rank, id from public.loyalty_tiers where client_id = $1",
        [clientId],
      )
    ).rows.map((row) => [row.rank, row.id]),
  );
  const tier = (rank: number) => tiers.get(rank) as string;

  /** A creator with a login and a video, in her first stay in a tier. */
  async function member(handle: string, rank = 1): Promise<Member> {
    const id = await world.creator(handle, "2026-06-01");
    const userId = await db.createUser(`${handle}@${options.slug ?? "tide"}.test`);
    await db.pool.query(
      `update public.people p set user_id = $2, claimed_at = now() from public.loyalty_creators c where c.id = $1 and p.id = c.person_id`,
      [id, userId],
    );
    await db.pool.query(
      `insert into public.person_roles (client_id, person_id, role_id)
       select c.client_id, c.person_id, 'creator' from public.loyalty_creators c where c.id = $1
       on conflict do nothing`,
      [id],
    );
    await world.sell(id, "2026-06-01", 100, `${handle}-1`);
    await db.pool.query("update public.loyalty_creators set total_videos = 1 where id = $1", [id]);
    await move(id, rank, "2026-06-01T00:00:00Z");
    return { id, userId };
  }

  /** What a night's decision writes: another tier, and another stay in it; like a night, one at a time. */
  async function move(creatorId: string, rank: number, at: string = new Date().toISOString()): Promise<void> {
    const client = await db.pool.connect();
    try {
      await client.query("begin");
      await client.query("select from public.loyalty_nights where client_id = $1 for update", [clientId]);
      await client.query(
        `with decided as (
         insert into public.loyalty_tier_decisions (client_id, creator_id, business_date, rule, to_tier_id, to_name, metric, value, threshold)
         select $1, $2, $4::timestamptz::date, 'settings', t.id, t.name, 'sales', 0, 0 from public.loyalty_tiers t where t.id = $3 returning id
       ), closed as (
         update public.loyalty_tier_stints set ended_at = greatest(started_at, $4::timestamptz)
          where client_id = $1 and creator_id = $2 and ended_at is null returning id
       ), moved as (
         update public.loyalty_creators set tier_id = $3, tier_since = $4 where id = $2 returning id
       )
       insert into public.loyalty_tier_stints (client_id, creator_id, tier_id, decision_id, started_at, ended_at)
       select $1, $2, $3, decided.id, $4, case when (select count(*) from closed) < 0 then now() end from decided, moved`,
        [clientId, creatorId, tier(rank), at],
      );
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  }

  const kinds: Record<string, Record<string, unknown>> = {
    gift_card: { value_amount: 2500 },
    ads_credit: { value_amount: 5000 },
    physical_gift: {},
    experience: {},
    commission_boost: { boost_bp: 500, boost_days: 7 },
    discount: { discount_percent: 20, discount_minutes: 120 },
  };

  /** A published gift card for everybody, once, unless told otherwise. `limits` goes to its stock and budget. */
  async function reward(
    patch: Record<string, unknown>,
    limits: Record<string, unknown> = {},
  ): Promise<string> {
    const kind = (patch.kind as string | undefined) ?? "gift_card";
    const row: Record<string, unknown> = {
      name: "A reward",
      kind,
      frequency: "one_time",
      quantity: patch.frequency === "unlimited" ? null : 1,
      ...kinds[kind],
      ...patch,
    };
    const columns = Object.keys(row);
    const { id } = await one<{ id: string }>(
      `insert into public.loyalty_rewards (client_id, ${columns.join(", ")})
       values ($1, ${columns.map((_, at) => `$${at + 2}`).join(", ")}) returning id`,
      [clientId, ...Object.values(row)],
    );
    if (patch.state === undefined)
      await db.pool.query(
        "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
        [id],
      );
    for (const [column, value] of Object.entries(limits))
      await db.pool.query(`update public.loyalty_reward_limits set ${column} = $2 where reward_id = $1`, [
        id,
        value,
      ]);
    return id;
  }

  const noor = await member("noor");
  return {
    ...world,
    noor,
    tier,
    member,
    move,
    reward,
    standing: (who: Member, rewardId: string, now?: string) =>
      one<Standing>(
        "select * from private.loyalty_reward_standing($1, $2, $3, coalesce($4::timestamptz, now()))",
        [clientId, who.id, rewardId, now ?? null],
      ),
    async rewardsSeen(who: Member, now?: string): Promise<Standing[]> {
      const { rows } = await db.pool.query<Standing>(
        "select * from private.loyalty_reward_standing($1, $2, null, coalesce($3::timestamptz, now()))",
        [clientId, who.id, now ?? null],
      );
      return rows;
    },
    /** As the function behind the API does it, with a clock of the test's own. */
    async claim(who: Member, rewardId: string, details: object = {}, now?: string): Promise<Claimed> {
      const { claim } = await one<{ claim: Claimed }>(
        "select private.loyalty_claim_offer($1, $2, $3, $4, coalesce($5::timestamptz, now())) as claim",
        [clientId, who.id, rewardId, JSON.stringify(details), now ?? null],
      );
      return claim;
    },
    /** What a mission gives: an offer of its own that no limit of tiers counts. */
    async earn(who: Member, rewardId: string, claimUntil: string | null = null): Promise<string> {
      const { id: progressId } = await one<{ id: string }>(
        `with reward as (
           insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount)
           values ($1, 'mission', 'gift_card', 'For a mission', 100) returning id
         ), mission as (
           insert into public.loyalty_missions (client_id, kind, name, target, reward_id)
           select $1, 'videos', 'A mission', 1, id from reward returning id
         )
         insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, tier_id, target, start_on)
         select $1, mission.id, $2, 'videos', $3, 1, '2026-06-01' from mission returning id`,
        [clientId, who.id, tier(1)],
      );
      const { id } = await one<{ id: string }>(
        `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, mission_progress_id, claim_until)
         select $1, $2, r.id, r.kind, 'mission', $4, $5 from public.loyalty_rewards r where r.id = $3 returning id`,
        [clientId, who.id, rewardId, progressId, claimUntil],
      );
      return id;
    },
    async claimEarned(redemptionId: string, details: object = {}, now?: string): Promise<Claimed> {
      const { claim } = await one<{ claim: Claimed }>(
        "select private.loyalty_claim_earned($1, $2, $3, coalesce($4::timestamptz, now())) as claim",
        [clientId, redemptionId, JSON.stringify(details), now ?? null],
      );
      return claim;
    },
    /** As the creator herself, through the Data API's function. */
    claimSigned: (who: Member, rewardId: string, details: object = {}): Promise<Claimed> =>
      db.asUser(who.userId, async (client) => {
        const { rows } = await client.query<{ claim: Claimed }>(
          "select public.loyalty_claim_reward($1, $2, $3) as claim",
          [clientId, rewardId, JSON.stringify(details)],
        );
        return rows[0]!.claim;
      }),
    /** What an owner's or a job's step writes. */
    async step(redemptionId: string, state: string): Promise<void> {
      await db.pool.query(
        `update public.loyalty_redemptions set state = $2,
           fulfilled_at = case when $2 in ('fulfilled', 'concluded') then now() end,
           concluded_at = case when $2 = 'concluded' then now() end,
           rejected_at = case when $2 = 'rejected' then now() end,
           rejection_reason = case when $2 = 'rejected' then 'a reason' end
         where id = $1`,
        [redemptionId, state],
      );
    },
    async renew(options: { now?: string; reward?: string; creator?: string } = {}) {
      const { result } = await one<{ result: Record<string, number> }>(
        `select private.loyalty_renew_offers($1, coalesce($2::timestamptz, now())::date, $3, $4, coalesce($2::timestamptz, now())) as result`,
        [clientId, options.now ?? null, options.reward ?? null, options.creator ?? null],
      );
      return result;
    },
    async redemptions(who: Member, rewardId?: string) {
      const { rows } = await db.pool.query<{
        id: string;
        state: string;
        window_key: string | null;
        slot_no: number | null;
        offer_window: string | null;
        claim_until: Date | null;
        withdrawn_reason: string | null;
        terms: Record<string, unknown>;
        reward_version: number | null;
      }>(
        `select id, state, window_key, slot_no, offer_window, claim_until, withdrawn_reason, terms, reward_version
           from public.loyalty_redemptions where creator_id = $1 and ($2::uuid is null or reward_id = $2) order by offered_at, id`,
        [who.id, rewardId ?? null],
      );
      return rows;
    },
    limits: (rewardId: string) =>
      one<Record<"reserved_count" | "committed_count" | "reserved_amount" | "committed_amount", number>>(
        `select reserved_count, committed_count, reserved_amount::float8, committed_amount::float8
           from public.loyalty_reward_limits where reward_id = $1`,
        [rewardId],
      ),
    as: <T>(who: Member, work: (db: pg.PoolClient) => Promise<T>) => db.asUser(who.userId, work),
  };
}

export type ClaimsWorld = Awaited<ReturnType<typeof claimsWorld>>;
