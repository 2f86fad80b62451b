import type { Client } from "pg";

interface Business {
  clientId: string;
  slug: string;
  /** Business date of the last night. */
  lastDay: string;
}

/** Hours before now: when it was claimed, when it was or is promised for, when it was fulfilled. */
interface Planned {
  handle: string;
  kind: "gift_card" | "ads_credit" | "physical_gift" | "experience" | "discount";
  claimed: number;
  fulfilled?: number;
  concluded?: number;
  /** Hours from now; negative is past. */
  starts?: number;
  /** Hours from now it was planned for before the business moved it. */
  movedFrom?: number;
  step?: "reject" | "ship" | "deliver";
}

const claims: readonly Planned[] = [
  // What waits: late, due soon, later, a gift to ship, a parcel under way, discounts to turn on and off.
  { handle: "adaeze.b", kind: "gift_card", claimed: 26 },
  { handle: "oskar.tv", kind: "ads_credit", claimed: 21.5 },
  { handle: "priya.kitchen", kind: "experience", claimed: 7 },
  { handle: "jules.w", kind: "physical_gift", claimed: 22.7 },
  { handle: "marcofit", kind: "physical_gift", claimed: 12 },
  { handle: "elif.g", kind: "physical_gift", claimed: 8 },
  { handle: "rubyc", kind: "discount", claimed: 20, starts: 70, movedFrom: 46 },
  { handle: "lena_makes", kind: "physical_gift", claimed: 75, fulfilled: 60, step: "ship" },
  { handle: "sade_d", kind: "discount", claimed: 40, starts: 2 },
  { handle: "tomoko.y", kind: "discount", claimed: 30, starts: -1, fulfilled: 1.95 },
  // Rejected today: it can still be taken back.
  { handle: "priya.kitchen", kind: "gift_card", claimed: 9, step: "reject" },
  // What is over: kept on time but one, one rejected, one delivered.
  { handle: "marcofit", kind: "gift_card", claimed: 100, fulfilled: 93, concluded: 60 },
  { handle: "rubyc", kind: "gift_card", claimed: 130, fulfilled: 99, concluded: 70 },
  { handle: "elif.g", kind: "ads_credit", claimed: 150, fulfilled: 147, concluded: 120 },
  { handle: "hbeauty", kind: "experience", claimed: 220, fulfilled: 201, concluded: 170 },
  { handle: "dami.k", kind: "ads_credit", claimed: 55, step: "reject" },
  {
    handle: "cal_atlas",
    kind: "physical_gift",
    claimed: 300,
    fulfilled: 290,
    concluded: 200,
    step: "deliver",
  },
  { handle: "noorglows", kind: "physical_gift", claimed: 52, fulfilled: 44, step: "ship" },
  { handle: "noorglows", kind: "experience", claimed: 20, fulfilled: 3 },
];

/** A reward of each kind to claim, where the owner has published none. */
const rewards: Record<Planned["kind"], { name: string; amount: number }> = {
  gift_card: { name: "Welcome gift card", amount: 2500 },
  ads_credit: { name: "Ad credit", amount: 5000 },
  physical_gift: { name: "Studio tote", amount: 1800 },
  experience: { name: "Studio day", amount: 12_000 },
  discount: { name: "Fan discount", amount: 0 },
};

/** Claims in every state of fulfilment. Times are counted from now: a queue is about what is due today. */
export async function seedFulfilment(sql: Client, { clientId, slug }: Business): Promise<void> {
  const known = await sql.query("select from public.loyalty_rewards where client_id = $1 and name = $2", [
    clientId,
    rewards.discount.name,
  ]);
  if (known.rowCount) return;
  const { rows: owners } = await sql.query<{ user_id: string }>(
    "select user_id from public.people where client_id = $1 and email = $2",
    [clientId, `owner@${slug}.test`],
  );
  const owner = owners[0]?.user_id ?? null;
  for (const plan of claims) {
    const reward = await rewardOf(sql, clientId, plan.kind);
    const id = await claim(sql, clientId, plan, reward);
    if (id !== null) await fulfil(sql, clientId, id, plan, owner);
  }
  // The triggers wrote all of it now; its history tells of the hours it happened in.
  await sql.query(
    `update public.core_state_history h
        set created_at = case h.to_state when 'claimed' then r.claimed_at when 'fulfilled' then r.fulfilled_at
                                         when 'concluded' then r.concluded_at when 'rejected' then r.rejected_at end,
            actor_user_id = case when h.to_state = 'claimed' then h.actor_user_id else coalesce(h.actor_user_id, $2::uuid) end
       from public.loyalty_redemptions r
      where h.client_id = $1 and h.entity = 'loyalty_redemptions' and r.client_id = h.client_id and r.id = h.row_id
        and case h.to_state when 'claimed' then r.claimed_at when 'fulfilled' then r.fulfilled_at
                            when 'concluded' then r.concluded_at when 'rejected' then r.rejected_at end is not null`,
    [clientId, owner],
  );
}

async function rewardOf(sql: Client, clientId: string, kind: Planned["kind"]): Promise<string> {
  const { name, amount } = rewards[kind];
  const known = await sql.query<{ id: string }>(
    "select id from public.loyalty_rewards where client_id = $1 and kind = $2 and offer = 'tier' and name = $3",
    [clientId, kind, name],
  );
  if (known.rows[0]) return known.rows[0].id;
  const made = await sql.query<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, kind, name, frequency, quantity, value_amount, discount_percent, discount_minutes)
     values ($1, $2::text, $3, 'monthly', 2, $4, case when $2::text = 'discount' then 20 end, case when $2::text = 'discount' then 120 end) returning id`,
    [clientId, kind, name, amount],
  );
  const id = made.rows[0]!.id;
  // Paused: what was claimed is honoured, and the owner's own shelf stays as it was arranged.
  await sql.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [id],
  );
  await sql.query("update public.loyalty_rewards set state = 'paused' where id = $1", [id]);
  return id;
}

async function claim(sql: Client, clientId: string, plan: Planned, reward: string): Promise<string | null> {
  const { rows } = await sql.query<{ id: string; creator_id: string }>(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, state, offered_at, claimed_at, due_at, scheduled_at, ends_at,
       tier_id, reward_version, terms, value_amount, cost_amount)
     select $1, c.id, w.id, w.kind, 'claimed', now() - make_interval(secs => $4::float8 * 3600), now() - make_interval(secs => $4::float8 * 3600),
            case when w.kind <> 'discount' then now() - make_interval(secs => $4::float8 * 3600) + make_interval(hours => s.fulfil_hours)
                 else date_trunc('hour', now()) + make_interval(secs => $5::float8 * 3600, mins => 15) end,
            case when w.kind = 'discount' then date_trunc('hour', now()) + make_interval(secs => $5::float8 * 3600) end,
            case when w.kind = 'discount' then date_trunc('hour', now()) + make_interval(secs => $5::float8 * 3600, mins => w.discount_minutes) end,
            c.tier_id, w.version, jsonb_strip_nulls(jsonb_build_object('name', w.name, 'kind', w.kind, 'valueAmount', w.value_amount,
              'currency', s.currency, 'discountPercent', w.discount_percent, 'discountMinutes', w.discount_minutes, 'tierName', t.name)),
            w.value_amount, w.value_amount
       from public.loyalty_creators c
       join public.loyalty_tiers t on t.id = c.tier_id
       join public.loyalty_settings s on s.client_id = c.client_id
       join public.loyalty_rewards w on w.client_id = c.client_id and w.id = $3
      where c.client_id = $1 and c.handle_key = $2
     returning id, creator_id`,
    [clientId, plan.handle, reward, plan.claimed, plan.starts ?? 0],
  );
  const row = rows[0];
  if (!row) return null;
  if (plan.kind === "physical_gift")
    await sql.query(
      `insert into public.loyalty_gifts (client_id, redemption_id, creator_id, recipient, line1, city, region, postal_code, country)
       select $1, $2, c.id, c.display_name, (20 + abs(hashtext(c.handle_key)) % 180) || ' Harbour Street', 'Portland', 'ME', '04101', 'US'
         from public.loyalty_creators c where c.id = $3`,
      [clientId, row.id, row.creator_id],
    );
  return row.id;
}

/** What came of it, in the steps a person would take; only the hands of the clock are set by the seed. */
async function fulfil(
  sql: Client,
  clientId: string,
  id: string,
  plan: Planned,
  owner: string | null,
): Promise<void> {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  if (plan.step === "reject") {
    await sql.query(
      `update public.loyalty_redemptions set state = 'rejected', rejected_at = $2,
         rejection_reason = 'The ad account you named is closed. Open a new one and claim again.' where id = $1`,
      [id, ago(plan.claimed - 5)],
    );
    return;
  }
  if (plan.movedFrom !== undefined)
    await sql.query(
      `update public.loyalty_redemptions set calendar_sequence = 1, moved_at = now() - interval '3 hours', moved_by = $3,
         moved_from = date_trunc('hour', now()) + make_interval(secs => $2::float8 * 3600),
         move_reason = 'The shop is being moved to another house that day.' where id = $1`,
      [id, plan.movedFrom, owner],
    );
  if (plan.fulfilled === undefined) return;
  if (plan.step !== undefined)
    await sql.query(
      `update public.loyalty_gifts set carrier = 'ups', tracking_number = '1Z999AA1' || lpad((abs(hashtext(id::text)) % 100000000)::text, 10, '0'),
         shipped_at = $3 where client_id = $1 and redemption_id = $2`,
      [clientId, id, ago(plan.fulfilled)],
    );
  await sql.query(
    `update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = $2, fulfilled_by = $3,
       fulfil_reference = case when kind in ('gift_card', 'ads_credit') then 'GL-' || (1000 + abs(hashtext(id::text)) % 9000) end
      where id = $1`,
    [id, ago(plan.fulfilled), owner],
  );
  if (plan.concluded === undefined) return;
  if (plan.step === "deliver")
    await sql.query(
      "update public.loyalty_gifts set delivered_at = $3 where client_id = $1 and redemption_id = $2",
      [clientId, id, ago(plan.concluded)],
    );
  await sql.query(
    "update public.loyalty_redemptions set state = 'concluded', concluded_at = $2 where id = $1",
    [id, ago(plan.concluded)],
  );
}
