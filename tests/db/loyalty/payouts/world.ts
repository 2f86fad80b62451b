import { ask } from "../../../support/ask";
import { loyaltyWorld } from "../world";

export interface Boost {
  id: string;
  state: string;
  redemption: string;
  sales: number | null;
  earned: number | null;
  final_sales: number | null;
  final_amount: number | null;
  clears_on: string | null;
}

const sealed = "v1:k1:aaaa:bbbb:cccc";
const print = (text: string) => Buffer.from(text.padEnd(32, ".")).toString("base64url").slice(0, 43);
const day = 86_400_000;

/** A business with an owner and creators who have logins, and boosts that start when a test says. */
export async function moneyWorld(options: { clearing?: number } = {}) {
  const world = await loyaltyWorld();
  const { db, clientId, one } = world;
  const login = async (email: string, name: string, role: string) => {
    const userId = await db.createUser(email);
    const { id } = await one<{ id: string }>(
      `with person as (insert into public.people (client_id, user_id, display_name, email, claimed_at) values ($1, $2, $3, $4, now()) returning id),
            given as (insert into public.person_roles (client_id, person_id, role_id) select $1, id, $5 from person)
       select id from person`,
      [clientId, userId, name, email, role],
    );
    return { userId, personId: id };
  };
  const owner = (await login("owner@tide.test", "Olga Owner", "owner")).userId;
  await world.settings({ clearing_days: options.clearing ?? 20 });
  let serial = 0;

  return {
    ...world,
    owner,
    async member(handle: string): Promise<{ userId: string; creatorId: string }> {
      const { userId, personId } = await login(`${handle}@tide.test`, handle, "creator");
      const { id } = await one<{ id: string }>(
        "insert into public.loyalty_creators (client_id, person_id, handle, joined_on) values ($1, $2, $3, '2026-01-01') returning id",
        [clientId, personId, handle],
      );
      return { userId, creatorId: id };
    },
    /** Claimed and scheduled for the evening before `firstOn`. */
    async boost(creatorId: string, firstOn: string, days = 10, rateBp = 500): Promise<string> {
      const { id } = await one<{ id: string }>(
        `with reward as (
           insert into public.loyalty_rewards (client_id, kind, name, boost_bp, boost_days, frequency, quantity)
           values ($1, 'commission_boost', 'Five more', 500, 30, 'unlimited', null) returning id),
         claimed as (
           insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, mission_progress_id, state, tier_id, terms,
             reward_version, scheduled_at, ends_at, claimed_at, window_key, slot_no)
           select $1, c.id, reward.id, 'commission_boost', 'tier', null, 'claimed', c.tier_id, '{"name": "Five more"}', 1,
                  private.local_instant($3::date - 1, '18:00', 'America/New_York'),
                  private.local_instant($3::date - 1 + $4::integer, '18:00', 'America/New_York'), now(), null, null
             from public.loyalty_creators c, reward where c.client_id = $1 and c.id = $2
           returning *)
         insert into public.loyalty_boosts (client_id, redemption_id, creator_id, rate_bp, days, tier_commission_bp, starts_at, ends_at, first_on, last_on)
         select client_id, id, creator_id, $5, $4::integer, 1000, scheduled_at, ends_at, $3::date, $3::date + $4::integer - 1 from claimed returning id`,
        [clientId, creatorId, firstOn, days, rateBp],
      );
      return id;
    },
    /** What the night of a business date does with boosts, at that evening's hour. */
    async evening(date: string): Promise<Record<string, number>> {
      await db.pool.query(
        "update public.loyalty_nights set last_business_date = greatest(last_business_date, $2) where client_id = $1",
        [clientId, date],
      );
      const row = await one<{ moved: Record<string, number> }>(
        "select private.loyalty_move_boosts($1, private.local_instant($2, '18:05', 'America/New_York'), $2) as moved",
        [clientId, date],
      );
      return row.moved;
    },
    read: (boostId: string) =>
      one<Boost>(
        `select b.id, b.state, r.state as redemption, b.settled_sales::float8 as sales, b.earned_amount::float8 as earned,
                b.final_sales::float8, b.final_amount::float8, b.clears_on::text
           from public.loyalty_boosts b join public.loyalty_redemptions r on r.id = b.redemption_id where b.id = $1`,
        [boostId],
      ),
    /** As the app stores it; `seal` makes a real envelope for the row. */
    account(
      userId: string,
      text = `her-${(serial += 1)}`,
      method = "paypal",
      seal: (accountId: string) => string = () => sealed,
      details: string | null = null,
    ) {
      const id = crypto.randomUUID();
      return ask<{ id: string; heldUntil: string | null }>(db, userId, "loyalty_save_payout_account", {
        p_client: clientId,
        p_id: id,
        p_method: method,
        p_hint: "n•••@mail.test",
        p_sealed: seal(id),
        p_fingerprint: print(text),
        p_details: details === null ? null : print(details),
      });
    },
    /** The details a boost of a reward waits for. */
    details(userId: string, reward: string, text: string, method = "paypal") {
      return ask<{ account: { id: string }; boost: { id: string; state: string; earned: number } }>(
        db,
        userId,
        "loyalty_give_boost_details",
        {
          p_client: clientId,
          p_reward: reward,
          p_id: crypto.randomUUID(),
          p_method: method,
          p_hint: "n•••@mail.test",
          p_sealed: sealed,
          p_fingerprint: print(text),
          p_details: null,
        },
      );
    },
    /** The change of account was longer ago than money waits for. */
    async holdOver(): Promise<void> {
      await db.pool.query(
        "alter table public.loyalty_payout_accounts disable trigger t20_immutable; update public.loyalty_payout_accounts set held_until = now() - interval '1 hour' where held_until is not null; alter table public.loyalty_payout_accounts enable trigger t20_immutable",
      );
    },
    /** A boost of a creator that earned `amount` and can be paid. */
    async owed(creatorId: string, amount: number, firstOn = "2026-03-01"): Promise<string> {
      const boostId = await this.boost(creatorId, firstOn, 5, 10_000);
      await world.sell(creatorId, firstOn, amount, `v${(serial += 1)}`);
      const last = new Date(Date.parse(firstOn) + 60 * day).toISOString().slice(0, 10);
      await this.evening(last);
      await this.evening(last);
      return boostId;
    },
    lines: async (creatorId: string) =>
      (
        await db.pool.query<{ id: string; kind: string; amount: number; state: string }>(
          "select id, kind, amount::float8, state from public.loyalty_payouts where creator_id = $1 order by created_at, amount desc",
          [creatorId],
        )
      ).rows,
    history: async (rowId: string) =>
      (
        await db.pool.query<{ step: string }>(
          "select coalesce(from_state, '') || '>' || to_state as step from public.core_state_history where row_id = $1 order by created_at, ctid",
          [rowId],
        )
      ).rows.map(({ step }) => step),
    mismatches: async () =>
      (await db.pool.query("select * from private.loyalty_money_mismatches($1)", [clientId]))
        .rows as unknown[],
    ask: <T = unknown>(userId: string, name: string, given: object = {}) =>
      ask<T>(db, userId, name, { p_client: clientId, ...given }),
  };
}

export type MoneyWorld = Awaited<ReturnType<typeof moneyWorld>>;
