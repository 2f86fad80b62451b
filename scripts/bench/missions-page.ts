import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import { fillClaims, signIn } from "./claims-world";
import { openDataApi } from "./data-api";
import { planFaults, type PlanNode } from "./plans";
import { atMost, type BenchResult, median, timed } from "./result";

/** The rows a missions page stands on, under her own row security and without, and its one call. */
const statements = [
  "select * from public.loyalty_missions m where m.client_id = $1 and m.state = 'published'",
  "select * from public.loyalty_mission_progress p where p.client_id = $1 and p.creator_id = $2",
  "select * from public.loyalty_redemptions r where r.client_id = $1 and r.creator_id = $2",
  "select * from public.loyalty_raffle_entries e where e.client_id = $1 and e.creator_id = $2",
];

export async function missionsPage(url: string, sql: pg.Client, client: string): Promise<BenchResult[]> {
  // A page of missions is read by creators who have claimed before.
  await fillClaims(sql, client);
  const { creator, user } = await signIn(sql, client, "creator_97");
  await sql.query("create role bench_open bypassrls").catch(() => undefined);
  await sql.query("grant authenticated to bench_open");
  await sql.query("analyze");
  const faults: string[] = [];
  const explained = async (role: string): Promise<number> => {
    const sums: number[] = [];
    await sql.query(`set role ${role}`);
    await sql.query(
      "select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false)",
      [JSON.stringify({ sub: user, role: "authenticated" }), user],
    );
    for (let round = 0; round < 25; round += 1) {
      let sum = 0;
      for (const text of statements) {
        const found = await sql.query<{
          "QUERY PLAN": { Plan: PlanNode; "Planning Time": number; "Execution Time": number }[];
        }>(
          `explain (analyze, timing off, format json) ${text}`,
          text.includes("$2") ? [client, creator] : [client],
        );
        const plan = found.rows[0]!["QUERY PLAN"][0]!;
        sum += plan["Planning Time"] + plan["Execution Time"];
        if (role === "authenticated" && round === 0) faults.push(...planFaults(plan.Plan));
      }
      sums.push(sum);
    }
    await sql.query("reset role");
    return median(sums);
  };
  const [safe, free] = [await explained("authenticated"), await explained("bench_open")];
  const api = await openDataApi(url);
  try {
    const ask = (role: string) => api.caller(role, user, "loyalty_read_missions", { p_client: client });
    const [secured, open] = [ask("authenticated"), ask("bench_open")];
    if (!isDeepStrictEqual(await secured(), await open()))
      throw new Error("loyalty_read_missions answers differently without row security");
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < 160; round += 1)
      for (const [at, call] of [secured, open].entries()) {
        const ms = await timed(call);
        if (round >= 40) times[at as 0 | 1].push(ms);
      }
    // Small tables are read whole whoever asks; only those that grow with creators count.
    const grown = faults.filter((fault) => !/loyalty_missions|loyalty_raffle/.test(fault));
    return [
      atMost(
        "missions.page.exec-and-plan",
        safe / free,
        3.5,
        `${safe.toFixed(2)} ms under row security, ${free.toFixed(2)} ms without`,
      ),
      atMost(
        "missions.page.wall",
        median(times[0]) / median(times[1]),
        1.7,
        `one call to the Data API: ${median(times[0]).toFixed(2)} ms under row security, ${median(times[1]).toFixed(2)} ms without`,
      ),
      atMost(
        "missions.page.plan-faults",
        grown.length,
        0,
        grown.length === 0 ? "no BitmapOr, sequential scan or per-row function" : grown.join("; "),
      ),
    ];
  } finally {
    await api.stop();
  }
}
