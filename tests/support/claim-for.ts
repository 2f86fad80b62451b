import { randomUUID } from "node:crypto";
import type { OwnBusiness } from "./browser-business";
import { stackSql } from "./stack";

export interface ClaimOptions {
  kind?: "gift_card" | "ads_credit" | "physical_gift" | "experience" | "discount";
  name?: string;
  /** Hours from now until it is due; negative is late. */
  due?: number;
  isHeld?: boolean;
  /** Hours until a discount starts; it began a minute ago unless said. */
  startsIn?: number;
}

/** A claim of this creator, as claiming leaves it: for tests of what the business does with it. */
export async function claimFor(
  business: OwnBusiness,
  creatorId: string,
  {
    kind = "gift_card",
    name = `Reward ${randomUUID().slice(0, 4)}`,
    due = 20,
    isHeld = false,
    startsIn = -1 / 60,
  }: ClaimOptions = {},
): Promise<string> {
  const discount = kind === "discount";
  const [reward] = await stackSql<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, kind, name, frequency, quantity, value_amount, discount_percent, discount_minutes)
     values ($1, $2, $3, 'unlimited', null, 2500, $4, $5) returning id`,
    [business.id, kind, name, discount ? 20 : null, discount ? 60 : null],
  );
  await stackSql(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [reward!.id],
  );
  const [claim] = await stackSql<{ id: string }>(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, state, claimed_at, due_at, scheduled_at, ends_at, tier_id,
       reward_version, terms, value_amount, cost_amount)
     select $1, c.id, $3, $4::text, 'claimed', now() - interval '4 hours', now() + make_interval(mins => $5),
            case when $4::text = 'discount' then now() + make_interval(mins => $7) end,
            case when $4::text = 'discount' then now() + make_interval(mins => greatest($7, 0) + 60) end,
            c.tier_id, 1, jsonb_build_object('name', $6::text), 2500, 2500
       from public.loyalty_creators c where c.client_id = $1 and c.id = $2 returning id`,
    [business.id, creatorId, reward!.id, kind, Math.round(due * 60), name, Math.round(startsIn * 60)],
  );
  const id = claim!.id;
  if (kind === "physical_gift")
    await stackSql(
      `insert into public.loyalty_gifts (client_id, redemption_id, creator_id, size, recipient, line1, city, postal_code, country)
       values ($1, $2, $3, 'M', 'Cleo Create', $4, 'Portsmouth', '03801', 'US')`,
      [business.id, id, creatorId, `${creatorId.slice(0, 8)} Quay Street`],
    );
  if (isHeld) await stackSql("update public.loyalty_redemptions set is_held = true where id = $1", [id]);
  return id;
}
