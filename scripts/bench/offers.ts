import { randomBytes } from "node:crypto";
import type pg from "pg";
import { makeOwner } from "./claims-world";
import { atMost, type BenchResult, median, timed } from "./result";
import { benchWorld, LAST_NIGHT, makeBusiness, settle } from "./world";

const [creators, rounds, entries] = [40_000, 3, 20_000];

/** The rows of these offers with their keys, checks and references, and no decision, history or message: what cannot be avoided. */
const bare = `
  insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, offered_at, offer_window, claim_until, tier_id)
  select $1, c.id, r.id, r.kind, 'tier', now(), 'week:2026-11-16', now() + interval '30 days', c.tier_id
    from public.loyalty_creators c join public.loyalty_rewards r on r.client_id = c.client_id and r.id = $2 where c.client_id = $1`;

/** Ranking by a digest of each entry and one blind update of all: what every draw of the list comes to. */
const ranking = `
  update public.loyalty_raffle_entries e set draw_rank = n.place
    from (select x.id, row_number() over (order by encode(sha256(convert_to($3 || ':' || x.id, 'UTF8')), 'hex') collate "C") as place
            from public.loyalty_raffle_entries x where x.client_id = $1 and x.mission_id = $2) n
   where e.client_id = $1 and e.id = n.id`;

export async function benchOffers(): Promise<BenchResult[]> {
  const world = await benchWorld("bench_offers");
  try {
    const { sql } = world;
    const client = await makeBusiness(sql, { slug: "bench", creators, videos: 200_000, days: 110 });
    await settle(sql);
    await sql.query("select private.loyalty_recalculate($1, $2, null)", [client, LAST_NIGHT]);
    await settle(sql);
    return [await offers(sql, client), await draw(sql, client)];
  } finally {
    await world.close();
  }
}

/** Everybody gets the offer of a reward that was published just now. Our own goal: no more than two and a half times the bare rows. */
async function offers(sql: pg.Client, client: string): Promise<BenchResult> {
  const reward = await makeReward(sql, client, "tier");
  const times: [number[], number[]] = [[], []];
  let opened = 0;
  for (let round = 0; round < rounds; round += 1) {
    times[0].push(
      await undone(sql, async () => {
        await sql.query("alter table public.loyalty_redemptions disable trigger user");
        return timed(() => sql.query(bare, [client, reward]));
      }),
    );
    times[1].push(
      await undone(sql, () =>
        timed(async () => {
          const { rows } = await sql.query<{ said: { opened: number } }>(
            "select private.loyalty_renew_offers($1, $2, $3) as said",
            [client, LAST_NIGHT, reward],
          );
          opened = rows[0]!.said.opened;
        }),
      ),
    );
    await sql.query("vacuum analyze public.loyalty_redemptions");
  }
  if (opened !== creators) throw new Error(`${opened} offers were opened.`);
  const [plain, whole] = [median(times[0]), median(times[1])];
  return atMost(
    "offers.new-reward",
    whole / plain,
    2.5,
    `${opened} offers in ${seconds(whole)}, the bare rows in ${seconds(plain)}`,
  );
}

/**
 * A sealed list is drawn: 100 winners, 100 alternates. Our own goal: six times the ranking alone, since the step of each entry is checked
 * and written down with it, and each winner gets a prize, a message and the job that takes an unclaimed prize back.
 */
async function draw(sql: pg.Client, client: string): Promise<BenchResult> {
  const reward = await makeReward(sql, client, "mission");
  const { rows } = await sql.query<{ id: string }>(
    `insert into public.loyalty_missions (client_id, kind, name, target, reward_id, ends_at, winners_count, alternates_count, claim_days)
     values ($1, 'raffle', 'Raffle', 0, $2, now() + interval '1 hour', 100, 100, 7) returning id`,
    [client, reward],
  );
  const raffle = rows[0]!.id;
  await sql.query(
    "update public.loyalty_missions set state = 'published', published_at = now() - interval '2 days' where id = $1",
    [raffle],
  );
  await sql.query(
    `insert into public.loyalty_raffle_entries (client_id, mission_id, creator_id)
     select $1, $2, c.id from public.loyalty_creators c where c.client_id = $1 limit ${entries}`,
    [client, raffle],
  );
  await sql.query("update public.loyalty_missions set ends_at = now() - interval '1 minute' where id = $1", [
    raffle,
  ]);
  await sql.query("select private.loyalty_seal_list($1, $2)", [client, raffle]);
  const owner = await makeOwner(sql, client);
  await sql.query("vacuum analyze public.loyalty_raffle_entries");
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const seed = randomBytes(32).toString("hex");
    times[0].push(
      await undone(sql, async () => {
        await sql.query("alter table public.loyalty_raffle_entries disable trigger user");
        return timed(() => sql.query(ranking, [client, raffle, seed]));
      }),
    );
    times[1].push(
      await undone(sql, async () => {
        await sql.query(
          "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)",
          [JSON.stringify({ sub: owner, role: "authenticated" }), owner],
        );
        return timed(() => sql.query("select private.loyalty_draw_raffle($1, $2)", [client, raffle]));
      }),
    );
    await sql.query("vacuum analyze public.loyalty_raffle_entries");
  }
  const [plain, whole] = [median(times[0]), median(times[1])];
  return atMost(
    "offers.raffle-draw",
    whole / plain,
    6,
    `${entries} entries in ${seconds(whole)}, their ranking alone in ${seconds(plain)}`,
  );
}

/** Nothing of it stays, so that each round finds what the first one found. */
async function undone(sql: pg.Client, work: () => Promise<number>): Promise<number> {
  await sql.query("begin");
  try {
    return await work();
  } finally {
    await sql.query("rollback");
  }
}

async function makeReward(sql: pg.Client, client: string, offer: string): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, frequency, quantity)
     values ($1, $2, 'gift_card', 'Card', 2500, $3, $4) returning id`,
    [client, offer, ...(offer === "tier" ? ["weekly", 1] : ["unlimited", null])],
  );
  const id = rows[0]!.id;
  await sql.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [id],
  );
  return id;
}

const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`;
