import type { Client } from "pg";

interface Place {
  clientId: string;
  slug: string;
  /** The last night, as YYYY-MM-DD. */
  lastDay: string;
}

interface DemoReward {
  state: "draft" | "published" | "paused" | "archived";
  /** Days before the last night on which it was published. */
  since?: number;
  tier?: string;
  preview?: string;
  draft: Record<string, unknown>;
}

const once = { frequency: "one_time", quantity: 1 };
const monthly = { frequency: "monthly", quantity: 1 };

/** Each kind, each state, and each thing a creator can be told: ready, sold out, paused, locked, shown early. */
const rewards: DemoReward[] = [
  {
    state: "published",
    since: 70,
    draft: {
      ...monthly,
      kind: "gift_card",
      name: "$25 gift card",
      description: "For the shop of your choice.",
      instructions: "We send the code within a day. It is valid for a year.",
      valueAmount: 2_500,
      unitCost: 2_500,
      stockTotal: 60,
      budgetTotal: 150_000,
      displayOrder: 10,
    },
  },
  {
    state: "published",
    since: 70,
    tier: "Silver",
    draft: {
      ...once,
      kind: "commission_boost",
      name: "5% boost, 30 days",
      description: "Extra commission on everything you sell.",
      boostBp: 500,
      boostDays: 30,
      displayOrder: 20,
    },
  },
  {
    state: "published",
    since: 40,
    tier: "Silver",
    draft: {
      ...monthly,
      kind: "discount",
      name: "20% off for your buyers",
      description: "A code of your own for a live show.",
      discountPercent: 20,
      discountMinutes: 2_880,
      couponCode: "GLOW20",
      couponMaxUses: 200,
      displayOrder: 30,
    },
  },
  {
    state: "published",
    since: 60,
    draft: {
      ...once,
      kind: "physical_gift",
      name: "Glow hoodie",
      description: "Heavy cotton, in your size.",
      sizes: ["S", "M", "L", "XL"],
      unitCost: 3_800,
      stockTotal: 80,
      displayOrder: 40,
    },
  },
  {
    state: "published",
    since: 30,
    tier: "Gold",
    preview: "Silver",
    draft: {
      ...monthly,
      kind: "ads_credit",
      name: "$100 ad credit",
      description: "We put it behind the video you choose.",
      valueAmount: 10_000,
      unitCost: 10_000,
      budgetTotal: 200_000,
      displayOrder: 50,
    },
  },
  {
    state: "published",
    since: 30,
    tier: "Platinum",
    preview: "Silver",
    draft: {
      ...once,
      kind: "experience",
      name: "Weekend in Miami",
      description: "Two nights, two shows, one guest.",
      unitCost: 90_000,
      stockTotal: 4,
      expiresDays: 60,
      displayOrder: 60,
    },
  },
  {
    state: "published",
    since: 50,
    draft: {
      ...monthly,
      kind: "physical_gift",
      name: "Rose serum box",
      description: "Three bottles from the first batch.",
      unitCost: 1_900,
      stockTotal: 0,
      displayOrder: 70,
    },
  },
  {
    state: "published",
    since: 20,
    tier: "Bronze",
    draft: {
      frequency: "weekly",
      quantity: 1,
      kind: "gift_card",
      name: "$5 coffee card",
      valueAmount: 500,
      unitCost: 500,
      displayOrder: 15,
    },
  },
  {
    state: "paused",
    since: 45,
    draft: {
      ...once,
      kind: "experience",
      name: "Dinner with the team",
      description: "In New York, on the second Friday of the month.",
      unitCost: 12_000,
      stockTotal: 12,
      displayOrder: 80,
    },
  },
  {
    state: "draft",
    tier: "Gold",
    draft: {
      ...once,
      kind: "commission_boost",
      name: "10% boost, 14 days",
      boostBp: 1_000,
      boostDays: 14,
      stockTotal: 10,
      displayOrder: 25,
    },
  },
  {
    state: "archived",
    since: 85,
    draft: {
      ...once,
      kind: "physical_gift",
      name: "Summer tote",
      unitCost: 1_200,
      stockTotal: 100,
      displayOrder: 90,
    },
  },
];

/** Rewards of the demo business, made and published by its owner through the functions the app uses. */
export async function seedRewards(sql: Client, { clientId, slug, lastDay }: Place): Promise<void> {
  const known = await sql.query(
    "select from public.loyalty_rewards where client_id = $1 and offer = 'tier' limit 1",
    [clientId],
  );
  if (known.rowCount) return;
  const tiers = new Map(
    (
      await sql.query<{ name: string; id: string }>(
        "select name, id from public.loyalty_tiers where client_id = $1 and archived_at is null",
        [clientId],
      )
    ).rows.map(({ name, id }) => [name, id]),
  );
  await actAs(sql, clientId, `owner@${slug}.test`);
  for (const { state, since, tier, preview, draft } of rewards) {
    const { rows } = await sql.query<{ id: string }>(
      "select private.loyalty_save_reward($1, null, $2, null) as id",
      [
        clientId,
        JSON.stringify({
          offer: "tier",
          ...draft,
          tierId: tier ? tiers.get(tier) : null,
          previewFromTierId: preview ? tiers.get(preview) : null,
        }),
      ],
    );
    const id = rows[0]!.id;
    const steps = {
      draft: [],
      published: ["publish"],
      paused: ["publish", "pause"],
      archived: ["publish", "archive"],
    };
    for (const step of steps[state])
      await sql.query("select private.loyalty_step_reward($1, $2, $3, null)", [clientId, id, step]);
    if (since !== undefined)
      await sql.query(
        "update public.loyalty_rewards set published_at = ($3::date - $4::integer + time '15:00') where client_id = $1 and id = $2",
        [clientId, id, lastDay, since],
      );
  }
  await actAs(sql, clientId, null);
}

async function actAs(sql: Client, clientId: string, email: string | null): Promise<void> {
  await sql.query(
    `select set_config('request.jwt.claims', case when u.id is null then '' else jsonb_build_object('sub', u.id, 'role', 'authenticated')::text end, true),
            set_config('request.jwt.claim.sub', coalesce(u.id::text, ''), true)
       from (select (select p.user_id from public.people p where p.client_id = $1 and p.email = $2) as id) u`,
    [clientId, email],
  );
}
