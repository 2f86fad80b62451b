import pg from "pg";
import { planFaults, type PlanNode } from "./plans";
import { atMost, type BenchResult, median, timed } from "./result";
import { benchWorld, LAST_NIGHT, makeBusiness, settle } from "./world";

const rounds = 25;

interface Statement {
  name: string;
  sql: string;
  values: (about: About) => unknown[];
}

interface About {
  client: string;
  creator: string;
  owner: string;
  member: string;
  tier: string;
  edge: { v: string; id: string };
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
      for (const [name, call, user] of [
        ["home", "select public.loyalty_read_home($1)", about.member],
        [
          "creators-page",
          `select public.loyalty_list_creators($1, p_tiers => array['${about.tier}']::uuid[], p_min_sales => 1000, p_with_count => false)`,
          about.owner,
        ],
      ] as const) {
        const [a, b] = await alternately(secured, open, call, [about.client], user);
        results.push(
          atMost(
            `reads.${name}.wall`,
            a / b,
            1.7,
            `one call: ${a.toFixed(2)} ms under row security, ${b.toFixed(2)} ms without`,
          ),
        );
      }
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

/** The business that is measured among others, so that its rows lie between theirs. */
async function fill(sql: pg.Client): Promise<About> {
  for (let at = 0; at < 40; at += 1)
    await sql.query("select private.create_client($1, 'Bench', array['loyalty'], 'UTC', 'USD', '#336699')", [
      `small-${at}`,
    ]);
  const other = await makeBusiness(sql, { slug: "other", creators: 20_000, videos: 200_000, days: 110 });
  const client = await makeBusiness(sql, { slug: "bench", creators: 10_000, videos: 200_000, days: 110 });
  await settle(sql);
  for (const id of [other, client])
    await sql.query("select private.loyalty_recalculate($1, $2, null)", [id, LAST_NIGHT]);
  const person = async (role: string, name: string): Promise<{ user: string; person: string }> => {
    const { rows } = await sql.query<{ user_id: string; id: string }>(
      `with login as (insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)
                      values (gen_random_uuid(), 'authenticated', 'authenticated', $3, now(), now(), now()) returning id),
            made as (insert into public.people (client_id, user_id, claimed_at, display_name) select $1, id, now(), $2 from login returning id, user_id),
            held as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, $4 from made)
       select id, user_id from made`,
      [client, name, `${role}@bench.test`, role],
    );
    return { user: rows[0]?.user_id ?? "", person: rows[0]?.id ?? "" };
  };
  const owner = await person("owner", "Owner");
  const member = await person("creator", "Member");
  const { rows } = await sql.query<{ id: string }>(
    "update public.loyalty_creators set person_id = $2 where client_id = $1 and handle_key = 'creator_97' returning id",
    [client, member.person],
  );
  await sql.query("create role bench_open bypassrls").catch(() => undefined);
  await sql.query("grant authenticated to bench_open");
  await settle(sql);
  await sql.query("analyze");
  const edge = await sql.query<{ v: string; id: string; tier_id: string }>(
    `select c.period_sales as v, c.id, c.tier_id from public.loyalty_creators c join public.loyalty_tiers t on t.id = c.tier_id
      where c.client_id = $1 and t.rank = 1 order by c.period_sales desc, c.id desc offset 2000 limit 1`,
    [client],
  );
  const row = edge.rows[0]!;
  return {
    client,
    creator: rows[0]?.id ?? "",
    owner: owner.user,
    member: member.user,
    tier: row.tier_id,
    edge: { v: row.v, id: row.id },
  };
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

async function alternately(
  secured: pg.Client,
  open: pg.Client,
  call: string,
  values: unknown[],
  user: string,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds * 4; round += 1) {
    for (const [index, client] of [secured, open].entries()) {
      if (round === 0) await become(client, user);
      const ms = await timed(() => client.query(call, values));
      if (round > 8) times[index as 0 | 1].push(ms);
    }
  }
  return [median(times[0]), median(times[1])];
}
