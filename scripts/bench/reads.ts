import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { type Call, openDataApi } from "./data-api";
import { planFaults, type PlanNode } from "./plans";
import { type About, fill } from "./reads-world";
import { atMost, type BenchResult, median, timed } from "./result";
import { benchWorld, LAST_NIGHT } from "./world";

const rounds = 25;

interface Statement {
  name: string;
  sql: string;
  values: (about: About) => unknown[];
}

/** The statements inside the functions that home and the creators page call; a page is their sum. */
const home: Statement[] = [
  {
    name: "creator",
    sql: "select * from public.loyalty_creators c where c.client_id = $1 and c.person_id = (select private.my_person($1))",
    values: ({ client }) => [client],
  },
  {
    name: "ladder",
    sql: "select * from public.loyalty_tiers t where t.client_id = $1 and t.archived_at is null",
    values: ({ client }) => [client],
  },
  {
    name: "weeks",
    sql: `select (s.business_date - $3::date) / 7, sum(s.gmv_delta) from public.loyalty_video_snapshots s
           where s.client_id = $1 and s.creator_id = $2 and s.business_date >= $3::date and s.business_date <= $4::date group by 1`,
    values: ({ client, creator }) => [client, creator, "2026-09-24", LAST_NIGHT],
  },
  {
    name: "adjustments",
    sql: "select sum(a.amount) from public.loyalty_adjustments a where a.client_id = $1 and a.creator_id = $2 and a.effective_on >= $3::date and a.effective_on <= $4::date",
    values: ({ client, creator }) => [client, creator, "2026-09-24", LAST_NIGHT],
  },
  {
    name: "decision",
    sql: "select * from public.loyalty_tier_decisions d where d.client_id = $1 and d.creator_id = $2 and d.undone_at is null order by d.seq desc limit 1",
    values: ({ client, creator }) => [client, creator],
  },
];

const list: Statement[] = [
  {
    name: "first page",
    sql: "select * from public.loyalty_creators c where c.client_id = $1 and c.state = 'active' and c.tier_id = any ($2) and c.period_sales >= $3 order by c.period_sales desc, c.id desc limit 51",
    values: ({ client, tier }) => [client, [tier], 1000],
  },
  {
    name: "later page",
    sql: "select * from public.loyalty_creators c where c.client_id = $1 and c.state = 'active' and c.tier_id = any ($2) and (c.period_sales, c.id) < ($3::bigint, $4::uuid) order by c.period_sales desc, c.id desc limit 51",
    values: ({ client, tier, edge }) => [client, [tier], edge.v, edge.id],
  },
];

const lookup: Statement = {
  name: "lookup",
  sql: "select * from public.loyalty_creators c where c.client_id = $1 and c.id = $2",
  values: ({ client, creator }) => [client, creator],
};

export async function benchReads(): Promise<BenchResult[]> {
  const world = await benchWorld("bench_reads");
  try {
    const about = await fill(world.sql);
    const secured = await session(world.url, "authenticated");
    const open = await session(world.url, "bench_open");
    try {
      const results: BenchResult[] = [];
      const faults: string[] = [];
      for (const [name, statements, user] of [
        ["home", home, about.member],
        ["creators page", list, about.owner],
      ] as const) {
        const [safe, free] = [
          await explained(secured, statements, about, user, faults),
          await explained(open, statements, about, user),
        ];
        results.push(
          atMost(
            `reads.${name.replace(" ", "-")}.exec-and-plan`,
            safe / free,
            3.5,
            `${safe.toFixed(2)} ms under row security, ${free.toFixed(2)} ms without`,
          ),
        );
      }
      const [safe, free] = [
        await explained(secured, [lookup], about, about.owner, faults),
        await explained(open, [lookup], about, about.owner),
      ];
      results.push(
        atMost(
          "reads.lookup.extra-ms",
          safe - free,
          0.15,
          `${safe.toFixed(3)} ms under row security, ${free.toFixed(3)} ms without`,
        ),
      );
      results.push(...(await walls(world.url, about, [secured, open])));
      results.push(
        atMost(
          "reads.plan-faults",
          faults.length,
          0,
          faults.length === 0 ? "no BitmapOr, sequential scan or per-row function" : faults.join("; "),
        ),
      );
      return results;
    } finally {
      await secured.end();
      await open.end();
    }
  } finally {
    await world.close();
  }
}

async function session(url: string, role: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set role ${role}`);
  return client;
}

const become = (client: pg.Client, user: string) =>
  client.query(
    "select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false)",
    [JSON.stringify({ sub: user, role: "authenticated" }), user],
  );

/** Median over the rounds of execution plus planning, summed over the statements. */
async function explained(
  client: pg.Client,
  statements: readonly Statement[],
  about: About,
  user: string,
  faults?: string[],
): Promise<number> {
  await become(client, user);
  const sums: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let sum = 0;
    for (const statement of statements) {
      const { rows } = await client.query<{
        "QUERY PLAN": { Plan: PlanNode; "Planning Time": number; "Execution Time": number }[];
      }>(`explain (analyze, timing off, format json) ${statement.sql}`, statement.values(about));
      const plan = rows[0]!["QUERY PLAN"][0]!;
      sum += plan["Planning Time"] + plan["Execution Time"];
      if (faults && round === 0)
        faults.push(...planFaults(plan.Plan).map((fault) => `${statement.name}: ${fault}`));
    }
    sums.push(sum);
  }
  return median(sums);
}

/** What a caller of the Data API waits for: the same call, now under row security and now without, turn about. */
async function walls(url: string, about: About, sessions: [pg.Client, pg.Client]): Promise<BenchResult[]> {
  const api = await openDataApi(url);
  try {
    const results: BenchResult[] = [];
    for (const [name, user, fn, args] of [
      ["home", about.member, "loyalty_read_home", { p_client: about.client }],
      [
        "creators-page",
        about.owner,
        "loyalty_list_creators",
        { p_client: about.client, p_tiers: [about.tier], p_min_sales: 1000, p_with_count: false },
      ],
    ] as const) {
      const secured = api.caller("authenticated", user, fn, args);
      const open = api.caller("bench_open", user, fn, args);
      if (!isDeepStrictEqual(await secured(), await open()))
        throw new Error(`${fn} answers differently without row security`);
      const [a, b] = await alternately(secured, open);
      for (const session of sessions) await become(session, user);
      const named = Object.keys(args).map((key, at) => `${key} => $${at + 1}`);
      const direct = (session: pg.Client) => () =>
        session.query(`select public.${fn}(${named.join(", ")})`, Object.values(args));
      const [x, y] = await alternately(direct(sessions[0]), direct(sessions[1]));
      results.push(
        atMost(
          `reads.${name}.wall`,
          a / b,
          1.7,
          `one call to the Data API: ${a.toFixed(2)} ms under row security, ${b.toFixed(2)} ms without; of that in the database ${x.toFixed(2)} and ${y.toFixed(2)} ms`,
        ),
      );
    }
    return results;
  } finally {
    await api.stop();
  }
}

async function alternately(...calls: [Call, Call]): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 160; round += 1) {
    for (const [index, call] of calls.entries()) {
      const ms = await timed(call);
      // Every pooled connection plans once before its plans are kept.
      if (round >= 40) times[index as 0 | 1].push(ms);
    }
  }
  return [median(times[0]), median(times[1])];
}
