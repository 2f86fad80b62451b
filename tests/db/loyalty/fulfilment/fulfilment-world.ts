import { ask } from "../../../support/ask";
import { loyaltyWorld } from "../world";

export interface Creator {
  id: string;
  userId: string;
}

/** A business with an owner, a manager, a creator with a login, and helpers that put claims in front of them. */
export async function fulfilmentWorld() {
  const world = await loyaltyWorld();
  const { db, clientId, one } = world;

  /** A login with a role of this business. */
  async function member(role: string): Promise<string> {
    const userId = await db.createUser(`${role}-${Math.random().toString(36).slice(2)}@tide.test`);
    const person = await one<{ id: string }>(
      "insert into public.people (client_id, display_name, user_id, claimed_at) values ($1, $2, $3, now()) returning id",
      [clientId, role[0]!.toUpperCase() + role.slice(1), userId],
    );
    await db.pool.query(
      "insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, $3)",
      [clientId, person.id, role],
    );
    return userId;
  }

  async function creator(handle: string, joinedOn = "2026-06-01"): Promise<Creator> {
    const id = await world.creator(handle, joinedOn);
    const userId = await db.createUser(`${handle}@tide.test`);
    await db.pool.query(
      `with person as (
         update public.people p set user_id = $2, claimed_at = now() from public.loyalty_creators c
          where c.id = $1 and p.id = c.person_id returning p.client_id, p.id)
       insert into public.person_roles (client_id, person_id, role_id) select client_id, id, 'creator' from person`,
      [id, userId],
    );
    return { id, userId };
  }

  async function reward(kind = "gift_card", more: Record<string, unknown> = {}): Promise<string> {
    const row: Record<string, unknown> = {
      name: `A ${kind.replace("_", " ")}`,
      kind,
      frequency: "unlimited",
      quantity: null,
      value_amount: 2500,
      ...(kind === "discount" ? { discount_percent: 20, discount_minutes: 60 } : {}),
      ...(kind === "commission_boost" ? { boost_bp: 500, boost_days: 7 } : {}),
      ...more,
    };
    const names = Object.keys(row);
    const { id } = await one<{ id: string }>(
      `insert into public.loyalty_rewards (client_id, ${names.join(", ")})
       values ($1, ${names.map((_, at) => `$${at + 2}`).join(", ")}) returning id`,
      [clientId, ...Object.values(row)],
    );
    await db.pool.query(
      "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
      [id],
    );
    return id;
  }

  /** A claim as a claim leaves it: terms copied, a deadline, for a gift its address, for a boost its dates. */
  async function claim(
    who: Creator,
    kind = "gift_card",
    more: Record<string, unknown> & { rewardId?: string } = {},
  ): Promise<string> {
    const { rewardId = await reward(kind), is_held: isHeld = false, ...patch } = more;
    const scheduled = kind === "discount" || kind === "commission_boost";
    const row: Record<string, unknown> = {
      kind,
      state: "claimed",
      claimed_at: new Date(),
      tier_id: (
        await one<{ id: string }>("select tier_id as id from public.loyalty_creators where id = $1", [who.id])
      ).id,
      reward_version: 1,
      terms: JSON.stringify({ name: `A ${kind.replace("_", " ")}` }),
      value_amount: 2500,
      cost_amount: 2500,
      due_at: scheduled ? null : new Date(Date.now() + 24 * 3_600_000),
      ...(scheduled
        ? { scheduled_at: new Date(Date.now() - 60_000), ends_at: new Date(Date.now() + 3_600_000) }
        : {}),
      ...patch,
    };
    const names = Object.keys(row);
    const { id } = await one<{ id: string }>(
      `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, ${names.join(", ")})
       values ($1, $2, $3, ${names.map((_, at) => `$${at + 4}`).join(", ")}) returning id`,
      [clientId, who.id, rewardId, ...Object.values(row)],
    );
    if (kind === "physical_gift")
      await db.pool.query(
        `insert into public.loyalty_gifts (client_id, redemption_id, creator_id, recipient, line1, city, postal_code, country)
         values ($1, $2, $3, 'Noor Haddad', $4, 'Portsmouth', '03801', 'US')`,
        // Two creators with one address would be a suspicion of its own.
        [clientId, id, who.id, `${who.id.slice(0, 8)} Quay Street`],
      );
    if (isHeld)
      await db.pool.query("update public.loyalty_redemptions set is_held = true where id = $1", [id]);
    if (kind === "commission_boost")
      await db.pool.query(
        `insert into public.loyalty_boosts (client_id, redemption_id, creator_id, rate_bp, days, tier_commission_bp, starts_at, ends_at, first_on, last_on)
         values ($1, $2, $3, 500, 7, 1000, now() + interval '1 day', now() + interval '8 days', current_date + 2, current_date + 8)`,
        [clientId, id, who.id],
      );
    return id;
  }

  const owner = await member("owner");
  const manager = await member("manager");
  const noor = await creator("noor");
  return {
    ...world,
    owner,
    manager,
    noor,
    member,
    creator,
    reward,
    claim,
    step: (id: string, step: string, detail: Record<string, unknown> = {}, as = owner) =>
      ask<{ id: string; state: string }>(db, as, "loyalty_step_redemption", {
        p_client: clientId,
        p_redemption: id,
        p_step: step,
        p_detail: JSON.stringify(detail),
      }),
    stateOf: async (id: string) =>
      (await one<{ state: string }>("select state from public.loyalty_redemptions where id = $1", [id]))
        .state,
    giftOf: (id: string) =>
      one<{
        carrier: string | null;
        tracking_number: string | null;
        shipped_at: Date | null;
        delivered_at: Date | null;
        line1: string;
      }>("select * from public.loyalty_gifts where redemption_id = $1", [id]),
  };
}
export type FulfilmentWorld = Awaited<ReturnType<typeof fulfilmentWorld>>;
