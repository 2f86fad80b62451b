import { createHmac, randomUUID } from "node:crypto";
import type { Client } from "pg";
import { encrypt, parseKeyRing } from "../../../lib/kernel/crypto";
import { localEnv } from "../../../scripts/stack/config";
import { pay } from "./payments";

interface Business {
  clientId: string;
  slug: string;
  /** Business date of the last night. */
  lastDay: string;
}

interface Planned {
  handle: string;
  /** First day of the boost, counted from the last night; it runs ten days. */
  first: number;
  method?: "paypal" | "venmo" | "bank";
  /** What becomes of it beyond what the calendar does. */
  then?: Ending;
  /** The hour at which it starts and ends, where it is not the business's own. */
  hour?: string;
}

export type Ending =
  | "paid"
  | "sent"
  | "failed"
  | "drafted"
  | "approved"
  | "dropped"
  | "changed"
  | "clawed"
  | "netted"
  | "cancelled";

const days = 10;
/** No account: the example of an IBAN that banks print. */
const demoIban = "DE75512108001245126199";

/** Clearing takes twenty days: a boost that began forty days ago can be paid, one of twenty days ago clears. */
const boosts: readonly Planned[] = [
  { handle: "noorglows", first: -80, method: "paypal", then: "paid" },
  { handle: "noorglows", first: -18 },
  { handle: "noorglows", first: -4 },
  { handle: "priya.kitchen", first: 4 },
  { handle: "quin.h", first: 6, then: "cancelled" },
  { handle: "adaeze.b", first: -6 },
  { handle: "lena_makes", first: -8, method: "venmo" },
  { handle: "sade_d", first: -15 },
  { handle: "zara.a", first: -13 },
  { handle: "oskar.tv", first: -20, method: "paypal" },
  { handle: "ines.bakes", first: -16, method: "venmo" },
  { handle: "marcofit", first: -45, method: "paypal" },
  { handle: "tomoko.y", first: -44, method: "paypal" },
  { handle: "elif.g", first: -46, method: "bank" },
  { handle: "cal_atlas", first: -43, method: "paypal", then: "drafted" },
  { handle: "rubyc", first: -47, method: "paypal", then: "sent" },
  { handle: "hbeauty", first: -48, method: "paypal", then: "failed" },
  { handle: "dami.k", first: -50, method: "paypal", then: "paid" },
  { handle: "vera.sews", first: -49, method: "paypal", then: "clawed" },
  { handle: "jules.w", first: -42, method: "paypal", then: "changed" },
  { handle: "wren.n", first: -45, method: "paypal", then: "approved" },
  { handle: "yuki_eze", first: -44, method: "paypal", then: "dropped" },
  { handle: "dilan.adler", first: -44, method: "venmo", then: "netted" },
  // Over since midnight, and tonight's figures are still to come.
  { handle: "nia_okoye", first: -8, hour: "00:00" },
];

/** Boosts and money in every state: claimed in the past, then moved by the functions that move them in life. */
export async function seedBoosts(sql: Client, { clientId, slug, lastDay }: Business): Promise<void> {
  const seeded = await sql.query("select from public.loyalty_payout_accounts where client_id = $1 limit 1", [
    clientId,
  ]);
  if (seeded.rowCount) return;
  const made: string[] = [];
  for (const plan of boosts) {
    // One open claim a creator and reward: who has several boosts here claimed them of several rewards.
    const before = boosts
      .slice(0, boosts.indexOf(plan))
      .filter(({ handle }) => handle === plan.handle).length;
    const reward = (made[before] ??= await makeReward(sql, clientId, before));
    await claim(sql, clientId, reward, plan, lastDay);
    // One boost a creator at a time: the earlier one is over before she claims the next.
    if (boosts.some((other) => other.handle === plan.handle && other.first > plan.first))
      await liveOn(sql, clientId, lastDay);
  }
  await sql.query(
    `update public.loyalty_boosts b set state = 'cancelled', cancelled_at = now()
       from public.loyalty_creators c where b.client_id = $1 and c.id = b.creator_id and c.handle_key = any ($2)`,
    [clientId, handles("cancelled")],
  );
  await liveOn(sql, clientId, lastDay);
  const known = new Set<string>();
  for (const plan of boosts) {
    if (plan.method === undefined || known.has(plan.handle)) continue;
    known.add(plan.handle);
    await giveAccount(sql, clientId, plan);
  }
  await sql.query("select private.loyalty_owe_boosts($1, now())", [clientId]);
  await pay(sql, clientId, slug, handles);
  // Told at the time, months ago: nobody's mail of today.
  await sql.query(
    `delete from private.notification_requests r
      where r.client_id = $1 and r.type in ('loyalty.boost-started', 'loyalty.boost-ended', 'loyalty.payout-paid', 'loyalty.payout-account-changed')`,
    [clientId],
  );
}

const handles = (...wanted: Ending[]): string[] =>
  boosts.filter(({ then }) => then !== undefined && wanted.includes(then)).map(({ handle }) => handle);

/** Paused: what was claimed is honoured, and the owner's own shelf stays as it was arranged. */
async function makeReward(sql: Client, clientId: string, serial: number): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, kind, name, boost_bp, boost_days, frequency, quantity)
     values ($1, 'commission_boost', $3, 800, $2, 'monthly', 2) returning id`,
    [clientId, days, ["8% season boost", "8% launch boost", "8% weekend boost"][serial]],
  );
  const id = rows[0]!.id;
  await sql.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [id],
  );
  await sql.query("update public.loyalty_rewards set state = 'paused' where id = $1", [id]);
  return id;
}

async function claim(
  sql: Client,
  client: string,
  reward: string,
  plan: Planned,
  lastDay: string,
): Promise<void> {
  await sql.query(
    `with claimed as (
       insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, state, tier_id, reward_version, terms,
         offered_at, claimed_at, scheduled_at, ends_at)
       select $1, c.id, w.id, 'commission_boost', 'tier', 'claimed', c.tier_id, w.version,
              jsonb_build_object('name', w.name, 'kind', w.kind, 'boostBp', w.boost_bp, 'boostDays', w.boost_days, 'currency', s.currency),
              x.starts_at - interval '2 days', x.starts_at - interval '2 days', x.starts_at,
              private.local_instant($4::date + $5::integer - 1 + w.boost_days, coalesce($6::time, s.boost_time), k.time_zone)
         from public.loyalty_creators c
         join public.clients k on k.id = c.client_id
         join public.loyalty_settings s on s.client_id = c.client_id
         join public.loyalty_rewards w on w.client_id = c.client_id and w.id = $2
        cross join lateral (select private.local_instant($4::date + $5::integer - 1, coalesce($6::time, s.boost_time), k.time_zone) as starts_at) x
        where c.client_id = $1 and c.handle_key = $3
       returning *)
     insert into public.loyalty_boosts (client_id, redemption_id, creator_id, rate_bp, days, tier_commission_bp, starts_at, ends_at, first_on, last_on)
     select d.client_id, d.id, d.creator_id, w.boost_bp, w.boost_days, t.commission_bp, d.scheduled_at, d.ends_at,
            $4::date + $5::integer, $4::date + $5::integer + w.boost_days - 1
       from claimed d
       join public.loyalty_rewards w on w.id = $2
       join public.loyalty_tiers t on t.id = d.tier_id`,
    [client, reward, plan.handle, lastDay, plan.first, plan.hour ?? null],
  );
}

/** Every evening on which something was due, in order. */
async function liveOn(sql: Client, client: string, lastDay: string): Promise<void> {
  const { rows } = await sql.query<{ at: Date; day: string }>(
    `select distinct e.at, (e.at at time zone k.time_zone)::date::text as day
       from public.loyalty_boosts b join public.clients k on k.id = b.client_id
      cross join lateral (values (b.starts_at), (b.ends_at), (b.ends_at + interval '20 days')) e (at)
      where b.client_id = $1 and e.at <= now() order by e.at`,
    [client],
  );
  for (const { at, day } of rows) {
    await sql.query("select private.loyalty_clock_boosts($1, $2)", [client, at]);
    await sql.query("select private.loyalty_settle_boosts($1, least($2::date, $3::date))", [
      client,
      day,
      lastDay,
    ]);
  }
  await sql.query("select private.loyalty_settle_boosts($1, $2)", [client, lastDay]);
  // The counting ran now for nights long past.
  await sql.query(
    `update public.loyalty_boosts b
        set settled_at = private.local_instant(b.last_on, '18:20', k.time_zone),
            cleared_at = case when b.cleared_at is not null then private.local_instant(b.clears_on, '18:20', k.time_zone) end
       from public.clients k where b.client_id = $1 and k.id = b.client_id and b.settled_at is not null`,
    [client],
  );
}

/** Sealed as the app seals it, so that an owner can look at it in the demo. */
async function giveAccount(sql: Client, clientId: string, { handle, method, then }: Planned): Promise<void> {
  const { ENCRYPTION_KEYS = "", SUPABASE_SECRET_KEY = "" } = localEnv();
  const id = randomUUID();
  const plain = handle.replace(/[^a-z0-9]/g, "");
  const { account, hint, number } = {
    paypal: () => ({
      account: `${plain}@mail.test`,
      hint: `${plain.slice(0, 1)}•••@mail.test`,
      number: `${plain}@mail.test`,
    }),
    venmo: () => ({
      account: `@${plain}`,
      hint: `@${plain.slice(0, 1)}•••${plain.slice(-2)}`,
      number: `@${plain}`,
    }),
    bank: () => ({
      account: JSON.stringify({ holder: "Elif Güler", country: "DE", iban: demoIban, bic: "SOGEDEFFXXX" }),
      hint: `DE •••• ${demoIban.slice(-4)}`,
      number: demoIban,
    }),
  }[method ?? "paypal"]();
  const digest = (text: string) =>
    createHmac("sha256", SUPABASE_SECRET_KEY)
      .update(`portico payout account\n${clientId}\n${method}\n${text}`)
      .digest("base64url");
  const place = { clientId, table: "loyalty_payout_account_secrets", column: "account_envelope", rowId: id };
  await sql.query(
    `with made as (
       insert into public.loyalty_payout_accounts (id, client_id, creator_id, method, hint, held_until, created_by, created_at)
       select $2, $1, c.id, $4, $5, case when $6 then now() + interval '31 hours' end, null, now() - interval '17 hours'
         from public.loyalty_creators c where c.client_id = $1 and c.handle_key = $3 returning id, client_id)
     insert into public.loyalty_payout_account_secrets (account_id, client_id, account_envelope, fingerprint_hash, details_hash)
     select id, client_id, $7, $8, $9 from made`,
    [
      clientId,
      id,
      handle,
      method,
      hint,
      then === "changed",
      encrypt(account, place, parseKeyRing(ENCRYPTION_KEYS)),
      digest(number),
      account === number ? null : digest(account),
    ],
  );
}
