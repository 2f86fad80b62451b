import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import { fillClaims, makeOwner, signIn } from "./claims-world";
import { type DataApi, openDataApi } from "./data-api";
import { planFaults, type PlanNode } from "./plans";
import { atMost, type BenchResult, median, timed } from "./result";
import { benchWorld, makeBusiness, settle } from "./world";

const creators = 50_000;

/** The rows these pages stand on, each found under her own row security and without. $1 is the business, $2 her creator. */
const pages = {
  "rewards.page": [
    "select * from public.loyalty_creators c where c.client_id = $1 and c.id = $2",
    "select * from public.loyalty_rewards r where r.client_id = $1 and r.state = 'published' and r.offer = 'tier'",
    "select * from public.loyalty_redemptions r where r.client_id = $1 and r.creator_id = $2",
    "select * from public.loyalty_tier_stints s where s.client_id = $1 and s.creator_id = $2",
  ],
  "rewards.home": [
    "select * from public.loyalty_creators c where c.client_id = $1 and c.id = $2",
    "select * from public.loyalty_redemptions r where r.client_id = $1 and r.creator_id = $2 and r.state in ('fulfilled', 'concluded') and r.seen_at is null",
    "select * from public.loyalty_tier_decisions d where d.client_id = $1 and d.creator_id = $2 and d.undone_at is null order by d.seq desc limit 1",
    "select sum(a.amount) from public.loyalty_adjustments a where a.client_id = $1 and a.creator_id = $2 and a.effective_on >= '2026-09-24'",
  ],
};
/** One call a page. */
const calls = { "rewards.page": "loyalty_read_rewards", "rewards.home": "loyalty_read_home" } as const;
const lookup = "select * from public.loyalty_redemptions r where r.client_id = $1 and r.id = $2";

/** What waits for the business, in the order of its deadlines: the rows that its page shows and nothing else. */
const queue = `
  select r.*, w.name, c.handle, c.display_name
    from public.loyalty_redemptions r
    join public.loyalty_rewards w on w.client_id = r.client_id and w.id = r.reward_id
    join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
   where r.client_id = $1 and r.state = 'claimed' and not r.is_held order by r.due_at, r.id`;
const promises = `
  select count(*), count(*) filter (where r.fulfilled_at <= r.due_at) from public.loyalty_redemptions r
   where r.client_id = $1 and r.due_at >= now() - interval '30 days' and r.due_at < now() and r.kind <> 'commission_boost'
     and r.state in ('claimed', 'fulfilled', 'concluded')`;

/** Pages of rewards in a business of 50,000 creators and five claims each, read as their people read them. */
export async function benchRewards(): Promise<BenchResult[]> {
  const world = await benchWorld("bench_rewards");
  try {
    const { sql } = world;
    const client = await makeBusiness(sql, { slug: "bench", creators, videos: 250_000, days: 110 });
    await settle(sql);
    await sql.query("select private.loyalty_recalculate($1, '2026-11-19', null)", [client]);
    await fillClaims(sql, client);
    const { creator, user } = await signIn(sql, client, "creator_97");
    const owner = await makeOwner(sql, client);
    await sql.query("create role bench_open bypassrls").catch(() => undefined);
    await sql.query("grant authenticated to bench_open");
    await settle(sql);
    await sql.query("analyze");
    const one = await sql.query<{ id: string }>(
      "select id from public.loyalty_redemptions where client_id = $1 and creator_id = $2 limit 1",
      [client, creator],
    );
    const results: BenchResult[] = [];
    const faults: string[] = [];
    for (const [name, statements] of Object.entries(pages)) {
      const safe = await explained(sql, "authenticated", user, statements, [client, creator], faults);
      const free = await explained(sql, "bench_open", user, statements, [client, creator]);
      results.push(
        atMost(
          `${name}.exec-and-plan`,
          safe / free,
          3.5,
          `${ms(safe)} under row security, ${ms(free)} without`,
        ),
      );
    }
    const ids = [client, one.rows[0]!.id];
    const safe = await explained(sql, "authenticated", user, [lookup], ids, faults);
    const free = await explained(sql, "bench_open", user, [lookup], ids);
    results.push(
      atMost(
        "rewards.lookup.extra-ms",
        safe - free,
        0.15,
        `${ms(safe)} under row security, ${ms(free)} without`,
      ),
    );
    const api = await openDataApi(world.url);
    try {
      results.push(...(await walls(api, client, user)), await work(sql, client, owner));
    } finally {
      await api.stop();
    }
    // Small tables are read whole whoever asks; only those that grow with creators count.
    const grown = faults.filter((fault) => !/of loyalty_rewards/.test(fault));
    const none = "no BitmapOr, sequential scan or per-row function";
    return [...results, atMost("rewards.plan-faults", grown.length, 0, grown.join("; ") || none)];
  } finally {
    await world.close();
  }
}

/** Median over 25 rounds of execution plus planning, summed over the statements. */
async function explained(
  sql: pg.Client,
  role: string,
  user: string,
  statements: readonly string[],
  values: readonly string[],
  faults?: string[],
): Promise<number> {
  await sql.query(`set role ${role}`);
  await sql.query(
    "select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false)",
    [JSON.stringify({ sub: user, role: "authenticated" }), user],
  );
  const sums: number[] = [];
  for (let round = 0; round < 25; round += 1) {
    let sum = 0;
    for (const text of statements) {
      const { rows } = await sql.query<{
        "QUERY PLAN": { Plan: PlanNode; "Planning Time": number; "Execution Time": number }[];
      }>(`explain (analyze, timing off, format json) ${text}`, values.slice(0, text.includes("$2") ? 2 : 1));
      const plan = rows[0]!["QUERY PLAN"][0]!;
      sum += plan["Planning Time"] + plan["Execution Time"];
      if (faults && round === 0) faults.push(...planFaults(plan.Plan));
    }
    sums.push(sum);
  }
  await sql.query("reset role");
  return median(sums);
}

/** The same call under row security and without, turn about. */
async function walls(api: DataApi, client: string, user: string): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [name, fn] of Object.entries(calls)) {
    const [secured, open] = ["authenticated", "bench_open"].map((role) =>
      api.caller(role, user, fn, { p_client: client }),
    ) as [() => Promise<unknown>, () => Promise<unknown>];
    if (!isDeepStrictEqual(await secured(), await open()))
      throw new Error(`${fn} answers differently without row security`);
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < 160; round += 1)
      for (const [at, call] of [secured, open].entries()) {
        const took = await timed(call);
        if (round >= 40) times[at as 0 | 1].push(took);
      }
    const [a, b] = [median(times[0]), median(times[1])];
    results.push(
      atMost(
        `${name}.wall`,
        a / b,
        1.7,
        `one call to the Data API: ${ms(a)} under row security, ${ms(b)} without`,
      ),
    );
  }
  return results;
}

/**
 * The owner's queue sorts all open work by deadline and says how many promises of thirty days were kept, so its limit is that list and that
 * count, read in two plain statements over the same connection. It asks six more questions than these (parcels, discounts, payouts, draws,
 * handles, holds) and makes JSON of a page: three times the two is its goal.
 */
async function work(sql: pg.Client, client: string, owner: string): Promise<BenchResult> {
  await sql.query(
    "select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false)",
    [JSON.stringify({ sub: owner, role: "authenticated" }), owner],
  );
  const [plain, whole]: [number[], number[]] = [[], []];
  let open = 0;
  for (let round = 0; round < 40; round += 1) {
    plain.push(
      await timed(async () => {
        open = (await sql.query(queue, [client])).rows.length;
        await sql.query(promises, [client]);
      }),
    );
    whole.push(
      await timed(async () => {
        const { rows } = await sql.query<{ page: { items: unknown[] } }>(
          "select public.loyalty_read_work($1) as page",
          [client],
        );
        if (rows[0]!.page.items.length !== Math.min(open, 50))
          throw new Error("The owner's queue is not whole.");
      }),
    );
  }
  const [a, b] = [median(whole), median(plain)];
  return atMost(
    "rewards.work-queue",
    a / b,
    3,
    `one call ${ms(a)}, the plain list of ${open} claims and the count of promises ${ms(b)}`,
  );
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;
