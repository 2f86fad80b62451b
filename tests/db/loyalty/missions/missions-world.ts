import { loyaltyWorld } from "../world";

export interface Round {
  mission: string;
  cycle: number;
  state: string;
  value: number;
  start: string | null;
  from: string | null;
  due: string | null;
  done: string | null;
}

/** Missions over the world of nights: published on a day, moved by the whole of a night, read back as short rows. */
export async function missionsWorld(options: Parameters<typeof loyaltyWorld>[0] = {}) {
  const world = await loyaltyWorld(options);
  const { db, clientId, one } = world;
  const reward = async (patch: Record<string, unknown> = {}): Promise<string> => {
    const row: Record<string, unknown> = {
      offer: "mission",
      kind: "gift_card",
      name: "Gift card",
      value_amount: 2500,
      frequency: "unlimited",
      quantity: null,
      ...patch,
    };
    const names = Object.keys(row);
    const { id } = await one<{ id: string }>(
      `insert into public.loyalty_rewards (client_id, ${names.join(", ")})
       values ($1, ${names.map((_, at) => `$${at + 2}`).join(", ")}) returning id`,
      [clientId, ...Object.values(row)],
    );
    await db.pool.query(
      "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
      [id],
    );
    return id;
  };
  const gift = await reward();

  return {
    ...world,
    reward,
    gift,
    tier: async (rank: number) =>
      (
        await one<{ id: string }>(
          "select id from public.loyalty_tiers where client_id = $1 and rank = $2 and archived_at is null",
          [clientId, rank],
        )
      ).id,
    /** A mission published at noon of that day; `null` leaves it a draft. */
    async mission(
      name: string,
      publishedOn: string | null,
      patch: Record<string, unknown> = {},
    ): Promise<string> {
      const row: Record<string, unknown> = {
        kind: "sales_amount",
        target: 10000,
        reward_id: gift,
        ...patch,
        name,
      };
      const names = Object.keys(row);
      const { id } = await one<{ id: string }>(
        `insert into public.loyalty_missions (client_id, ${names.join(", ")})
         values ($1, ${names.map((_, at) => `$${at + 2}`).join(", ")}) returning id`,
        [clientId, ...Object.values(row)],
      );
      if (publishedOn)
        await db.pool.query(
          `update public.loyalty_missions set state = 'published', published_at = private.local_instant($2, '12:00', k.time_zone)
             from public.clients k where k.id = client_id and public.loyalty_missions.id = $1`,
          [id, publishedOn],
        );
      return id;
    },
    /** A creator with one video nobody bought from: recognised. */
    async seen(handle: string, joinedOn: string): Promise<string> {
      const id = await world.creator(handle, joinedOn);
      await db.pool.query(
        `insert into public.loyalty_videos (client_id, creator_id, url, url_key, posted_on, first_seen_on)
         values ($1, $2::uuid, 'first', $2::text || 'first', $3, $3)`,
        [clientId, id, joinedOn],
      );
      return id;
    },
    /** The whole of a night, as the worker runs it. */
    async live(day: string): Promise<Record<string, number>> {
      const row = await one<{ all: { missions: Record<string, number> } }>(
        "select private.loyalty_run_stages($1, $2, null) as all",
        [clientId, day],
      );
      return row.all.missions;
    },
    progress: async (day: string): Promise<Record<string, number>> =>
      (
        await one<{ summary: Record<string, number> }>(
          "select private.loyalty_progress_missions($1, $2) as summary",
          [clientId, day],
        )
      ).summary,
    async rounds(creatorId: string): Promise<Round[]> {
      const { rows } = await db.pool.query<Round>(
        `select m.name as mission, p.cycle_no as cycle, p.state, p.value::float8 as value, p.start_on::text as start,
                p.counts_from_on::text as from, p.due_on::text as due, p.completed_on::text as done
           from public.loyalty_mission_progress p join public.loyalty_missions m on m.id = p.mission_id
          where p.creator_id = $1 order by m.display_order, m.name, p.cycle_no`,
        [creatorId],
      );
      return rows;
    },
    /** "Sprint 1 completed" for each round, in order. */
    async states(creatorId: string): Promise<string[]> {
      const { rows } = await db.pool.query<{ line: string }>(
        `select m.name || ' ' || p.cycle_no || ' ' || p.state as line
           from public.loyalty_mission_progress p join public.loyalty_missions m on m.id = p.mission_id
          where p.creator_id = $1 order by m.display_order, m.name, p.cycle_no`,
        [creatorId],
      );
      return rows.map(({ line }) => line);
    },
    async offers(creatorId: string): Promise<{ id: string; state: string; withdrawn: string | null }[]> {
      const { rows } = await db.pool.query<{ id: string; state: string; withdrawn: string | null }>(
        `select id, state, withdrawn_reason as withdrawn from public.loyalty_redemptions
          where creator_id = $1 and source = 'mission' order by offered_at, id`,
        [creatorId],
      );
      return rows;
    },
    /** What a claim and its fulfilment write. */
    async claim(redemptionId: string): Promise<void> {
      await db.pool.query(
        `update public.loyalty_redemptions r set state = 'claimed', claimed_at = now(), reward_version = 1, terms = '{"name": "Gift card"}',
           tier_id = c.tier_id from public.loyalty_creators c where c.id = r.creator_id and r.id = $1`,
        [redemptionId],
      );
    },
    async fulfil(redemptionId: string, at: string): Promise<void> {
      await db.pool.query(
        "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = $2 where id = $1",
        [redemptionId, at],
      );
    },
    /** Everything missions wrote, without ids and clocks. */
    async missionOutcome(): Promise<unknown> {
      return (
        await one<{ all: unknown }>(
          `select jsonb_agg(jsonb_build_array(c.handle, m.name, p.cycle_no, p.state, p.value, p.start_on, p.counts_from_on, p.due_on,
                    p.completed_on, r.state, r.withdrawn_reason) order by c.handle, m.name, p.cycle_no) as all
             from public.loyalty_mission_progress p
             join public.loyalty_missions m on m.id = p.mission_id
             join public.loyalty_creators c on c.id = p.creator_id
             left join public.loyalty_redemptions r on r.mission_progress_id = p.id
            where p.client_id = $1`,
          [clientId],
        )
      ).all;
    },
  };
}

export type MissionsWorld = Awaited<ReturnType<typeof missionsWorld>>;
