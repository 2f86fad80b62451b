import type { Client } from "pg";

interface Place {
  clientId: string;
  slug: string;
  /** The last night, as YYYY-MM-DD. */
  lastDay: string;
}

interface DemoClaim {
  handle: string;
  reward: string;
  /** Days before the last night's noon on which she claimed. */
  claimed: number;
  size?: string;
  /** Days after her claim on which the business took each step. */
  fulfilled?: number;
  concluded?: number;
  rejected?: number;
  /** A discount takes the first free place of the days to come. */
  isPlanned?: boolean;
}

/** Each state of a claim, on the rewards the owner published. Noor has claimed three of them. */
const claims: readonly DemoClaim[] = [
  { handle: "noorglows", reward: "$25 gift card", claimed: 37, fulfilled: 0.4, concluded: 3 },
  { handle: "noorglows", reward: "Glow hoodie", claimed: 9, size: "M", fulfilled: 1, concluded: 5 },
  { handle: "noorglows", reward: "20% off for your buyers", claimed: 0, isPlanned: true },
  { handle: "oskar.tv", reward: "$25 gift card", claimed: 0 },
  { handle: "zara.a", reward: "$25 gift card", claimed: 12, fulfilled: 0.7, concluded: 2 },
  { handle: "ines.bakes", reward: "Glow hoodie", claimed: 6, size: "L", fulfilled: 0.9 },
  { handle: "quin.h", reward: "Glow hoodie", claimed: 4, size: "S", rejected: 0.8 },
  { handle: "quin.h", reward: "20% off for your buyers", claimed: 0, isPlanned: true },
  { handle: "vera.sews", reward: "$100 ad credit", claimed: 8, fulfilled: 0.6, concluded: 3 },
  { handle: "adaeze.b", reward: "$100 ad credit", claimed: 0 },
  { handle: "tess.varga", reward: "Weekend in Miami", claimed: 11, fulfilled: 0.9 },
];
/** Let her weekend lapse; a demotion took the offers of those who fell. */
const lapsed = { handle: "iris_haas", reward: "Weekend in Miami" };

/** Offers and claims of the demo business, made by the functions of the day under a clock of the past. */
export async function seedClaims(sql: Client, { clientId, slug, lastDay }: Place): Promise<void> {
  const known = await sql.query(
    "select from public.loyalty_redemptions where client_id = $1 and claim_digest is not null limit 1",
    [clientId],
  );
  if (known.rowCount) return;
  await openDated(sql, clientId);
  const owner = await ownerOf(sql, clientId, slug);
  for (const plan of claims) await claim(sql, clientId, lastDay, plan, owner);
  await lapse(sql, clientId, lastDay);
}

/** Publishing opened the offers just now; in life it did so on the day each reward was published. */
async function openDated(sql: Client, clientId: string): Promise<void> {
  await sql.query(
    "delete from public.loyalty_redemptions where client_id = $1 and source = 'tier' and state = 'claimable' and withdrawn_at is null",
    [clientId],
  );
  // Those who fell since had the offers of the tier they fell from.
  await sql.query(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, offered_at, offer_window, tier_id, claim_until)
     select distinct on (d.creator_id, w.id) w.client_id, d.creator_id, w.id, w.kind, w.published_at,
            private.loyalty_window_key(w.frequency, w.kind, null, w.published_at::date), w.tier_id,
            w.published_at + make_interval(days => w.expires_days)
       from public.loyalty_tier_decisions d
       join public.loyalty_rewards w on w.client_id = d.client_id and w.tier_id = d.from_tier_id and w.offer = 'tier' and w.state = 'published'
        and w.published_at < d.business_date
      where d.client_id = $1 and d.rule = 'demotion' and d.undone_at is null
      order by d.creator_id, w.id`,
    [clientId],
  );
  // The day they are told of is today, when publishing has told them already.
  await sql.query(
    `select private.loyalty_renew_offers($1, private.local_date(now(), k.time_zone), w.id, null, w.published_at)
       from public.loyalty_rewards w join public.clients k on k.id = w.client_id
      where w.client_id = $1 and w.offer = 'tier' and w.state = 'published' order by w.published_at, w.display_order`,
    [clientId],
  );
}

async function ownerOf(sql: Client, clientId: string, slug: string): Promise<string | null> {
  const { rows } = await sql.query<{ user_id: string }>(
    "select user_id from public.people where client_id = $1 and email = $2",
    [clientId, `owner@${slug}.test`],
  );
  return rows[0]?.user_id ?? null;
}

async function claim(
  sql: Client,
  clientId: string,
  lastDay: string,
  plan: DemoClaim,
  owner: string | null,
): Promise<void> {
  const { rows } = await sql.query<{ creator: string; reward: string; at: string; name: string }>(
    `select c.id as creator, w.id as reward, c.display_name as name,
            private.local_instant($4::date - $5::integer, time '12:00' + make_interval(mins => abs(hashtext(c.handle_key)) % 300), k.time_zone) as at
       from public.loyalty_creators c
       join public.clients k on k.id = c.client_id
       join public.loyalty_rewards w on w.client_id = c.client_id and w.name = $3 and w.state = 'published'
      where c.client_id = $1 and c.handle_key = $2`,
    [clientId, plan.handle, plan.reward, lastDay, plan.claimed],
  );
  const found = rows[0];
  if (!found) return;
  const details = {
    ...(plan.isPlanned ? { schedule: await firstPlace(sql, clientId, found.creator) } : {}),
    ...(plan.size
      ? {
          size: plan.size,
          shipping: {
            recipient: found.name,
            line1: "14 Harbour Street",
            city: "Portland",
            region: "ME",
            postalCode: "04101",
            country: "US",
          },
        }
      : {}),
  };
  const made = await sql.query<{ id: string }>(
    "select private.loyalty_claim_offer($1, $2, $3, $4, $5) ->> 'id' as id",
    [clientId, found.creator, found.reward, JSON.stringify(details), found.at],
  );
  await follow(sql, made.rows[0]!.id, plan, owner);
}

/** The first free place from tomorrow on, in the list a creator sees. */
async function firstPlace(
  sql: Client,
  clientId: string,
  creator: string,
): Promise<{ date: string; time: string } | undefined> {
  const { rows } = await sql.query<{ date: string; time: string }>(
    `select d.value ->> 'date' as date, s.value ->> 'time' as time
       from jsonb_array_elements(private.loyalty_find_slots($1, $2, 'discount', now()) -> 'days') with ordinality d,
            jsonb_array_elements(d.value -> 'slots') with ordinality s
      where s.value ->> 'reason' is null and d.ordinality > 1 and d.ordinality < 6 order by d.ordinality, s.ordinality offset 3 limit 1`,
    [clientId, creator],
  );
  return rows[0];
}

/** What the business did with it, in the steps a person takes. */
async function follow(sql: Client, id: string, plan: DemoClaim, owner: string | null): Promise<void> {
  const after = (days: number | undefined) => (days ?? 0) * 86_400;
  if (plan.rejected !== undefined)
    await sql.query(
      `update public.loyalty_redemptions set state = 'rejected', rejected_at = claimed_at + make_interval(secs => $2),
         rejection_reason = 'We cannot ship to this address. Give another one and claim again.' where id = $1`,
      [id, after(plan.rejected)],
    );
  if (plan.fulfilled !== undefined) {
    await sql.query(
      `update public.loyalty_gifts g set carrier = 'ups', tracking_number = '1Z999AA1' || lpad((abs(hashtext($1::text)) % 100000000)::text, 10, '0'),
         shipped_at = r.claimed_at + make_interval(secs => $2) from public.loyalty_redemptions r where r.id = $1 and g.redemption_id = r.id`,
      [id, after(plan.fulfilled)],
    );
    await sql.query(
      `update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = claimed_at + make_interval(secs => $2), fulfilled_by = $3
        where id = $1`,
      [id, after(plan.fulfilled), owner],
    );
  }
  if (plan.concluded !== undefined) {
    await sql.query(
      `update public.loyalty_gifts g set delivered_at = r.claimed_at + make_interval(secs => $2)
         from public.loyalty_redemptions r where r.id = $1 and g.redemption_id = r.id`,
      [id, after(plan.concluded)],
    );
    await sql.query(
      "update public.loyalty_redemptions set state = 'concluded', concluded_at = claimed_at + make_interval(secs => $2) where id = $1",
      [id, after(plan.concluded)],
    );
  }
}

async function lapse(sql: Client, clientId: string, lastDay: string): Promise<void> {
  await sql.query(
    `with late as (
       update public.loyalty_redemptions r set claim_until = $4::date - 2 + time '12:00'
         from public.loyalty_creators c, public.loyalty_rewards w
        where r.client_id = $1 and r.state = 'claimable' and c.id = r.creator_id and c.handle_key = $2 and w.id = r.reward_id and w.name = $3
       returning r.creator_id)
     select from late`,
    [clientId, lapsed.handle, lapsed.reward, lastDay],
  );
  // The last night, as it went: what is over lapses, what was used up or lost with a tier is away, the rest stands open.
  await sql.query(
    `select private.loyalty_renew_offers($1, private.local_date(now(), k.time_zone), null, null,
              least(now(), private.local_instant($2::date, '20:00', k.time_zone))) from public.clients k where k.id = $1`,
    [clientId, lastDay],
  );
}
