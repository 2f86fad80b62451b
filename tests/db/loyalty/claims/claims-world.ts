import type pg from "pg";
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
    await move(id, rank, "2026-06-01T00:00:00Z");
    return { id, userId };
  }

  /** What a night's decision writes: another tier, and another stay in it. */
  async function move(creatorId: string, rank: number, at: string = new Date().toISOString()): Promise<void> {
    await db.pool.query(
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
    as: <T>(who: Member, work: (db: pg.PoolClient) => Promise<T>) => db.asUser(who.userId, work),
  };
}

export type ClaimsWorld = Awaited<ReturnType<typeof claimsWorld>>;
