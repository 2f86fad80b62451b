import type pg from "pg";
import { type Call, openDataApi } from "./data-api";
import { atMost, type BenchResult, timed } from "./result";
import { benchWorld, makeBusiness, settle } from "./world";

const clients = 50;
const rounds = 7;

/** Fifty creators claim at once, each through the API and for herself; beside it fifty single rows are written the same way. */
export async function benchClaim(): Promise<BenchResult[]> {
  const world = await benchWorld("bench_claim");
  try {
    const { client, members, rewards } = await fill(world.sql);
    const api = await openDataApi(world.url);
    try {
      const bare = members.map((user, n) =>
        api.caller("authenticated", user, "bench_write", { p_note: `note ${n}` }),
      );
      const claims = rewards.map((reward) =>
        members.map((user) =>
          api.caller("authenticated", user, "loyalty_claim_reward", {
            p_client: client,
            p_reward: reward,
            p_details: {},
          }),
        ),
      );
      const times = { bare: [] as number[], claim: [] as number[] };
      for (const [round, calls] of claims.entries()) {
        const measured = [await atOnce(bare), await atOnce(calls)];
        // The first round opens the connections and has every function planned.
        if (round === 0) continue;
        times.bare.push(...measured[0]!);
        times.claim.push(...measured[1]!);
      }
      const made = await world.sql.query<{ n: number }>(
        "select count(*)::integer as n from public.loyalty_redemptions where state = 'claimed'",
      );
      if (made.rows[0]?.n !== clients * rewards.length)
        throw new Error(`${made.rows[0]?.n} claims were made.`);
      const [claim, insert] = [percentile(times.claim, 0.95), percentile(times.bare, 0.95)];
      return [
        atMost(
          "claim.p95-against-bare-insert",
          claim / insert,
          3,
          `p95 ${claim.toFixed(0)} ms a claim, ${insert.toFixed(0)} ms a bare row, ${clients} clients at once, ${rounds - 1} rounds`,
        ),
      ];
    } finally {
      await api.stop();
    }
  } finally {
    await world.close();
  }
}

const atOnce = (calls: Call[]): Promise<number[]> => Promise.all(calls.map((call) => timed(call)));

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

interface Filled {
  client: string;
  members: string[];
  /** One a round: each creator claims each once. */
  rewards: string[];
}

async function fill(sql: pg.Client): Promise<Filled> {
  const client = await makeBusiness(sql, { slug: "bench", creators: 5_000, videos: 50_000, days: 60 });
  await settle(sql);
  await sql.query("select private.loyalty_recalculate($1, '2026-11-19', null)", [client]);
  const { rows: members } = await sql.query<{ user_id: string }>(
    `with chosen as (
       select c.person_id, row_number() over (order by c.id) as n from public.loyalty_creators c where c.client_id = $1 limit ${clients}
     ), login as (
       insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)
       select gen_random_uuid(), 'authenticated', 'authenticated', 'claim' || n || '@bench.test', now(), now(), now() from chosen
       returning id, email
     ), bound as (
       update public.people p set user_id = l.id, claimed_at = now() from chosen c join login l on l.email = 'claim' || c.n || '@bench.test'
        where p.client_id = $1 and p.id = c.person_id returning p.user_id, p.id
     ), held as (
       insert into public.person_roles (client_id, person_id, role_id) select $1, b.id, 'creator' from bound b
     )
     select user_id from bound`,
    [client],
  );
  const rewards: string[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const { rows } = await sql.query<{ id: string }>(
      `insert into public.loyalty_rewards (client_id, kind, name, value_amount, frequency, quantity)
       values ($1, 'gift_card', 'Card', 2500, 'weekly', 2) returning id`,
      [client],
    );
    const id = rows[0]?.id ?? "";
    await sql.query(
      "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
      [id],
    );
    await sql.query(
      "update public.loyalty_reward_limits set stock_total = 1000, budget_total = 10000000, unit_cost = 2500 where reward_id = $1",
      [id],
    );
    rewards.push(id);
  }
  await sql.query("select private.loyalty_renew_offers($1, '2026-11-19')", [client]);
  // The plainest write there can be: one row, no check, no trigger, no second index.
  await sql.query(
    `create table public.bench_rows (id uuid primary key default gen_random_uuid(), note text not null, created_at timestamptz not null default now());
     grant insert on public.bench_rows to authenticated;
     create function public.bench_write(p_note text) returns void language plpgsql set search_path = '' as
       $body$ begin insert into public.bench_rows (note) values (p_note); end $body$;
     grant execute on function public.bench_write(text) to authenticated`,
  );
  await settle(sql);
  await sql.query("analyze");
  return { client, members: members.map(({ user_id }) => user_id), rewards };
}
