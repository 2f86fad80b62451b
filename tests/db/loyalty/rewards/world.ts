import { loyaltyWorld } from "../world";

export interface Draft {
  [key: string]: unknown;
}

/** A gift card of $25 for everybody, once. */
export const giftCard: Draft = {
  offer: "tier",
  kind: "gift_card",
  name: "$25 gift card",
  frequency: "one_time",
  quantity: 1,
  valueAmount: 2500,
  unitCost: 2500,
};

/** A business with an owner, support, and creators who have a login and a video. */
export async function rewardsWorld() {
  const world = await loyaltyWorld();
  const { db, clientId } = world;
  const person = async (role: string | null, name: string): Promise<{ user: string; person: string }> => {
    const user = await db.createUser(`${name}@tide.test`);
    const row = await world.one<{ id: string }>(
      "insert into public.people (client_id, user_id, claimed_at, display_name) values ($1, $2, now(), $3) returning id",
      [clientId, user, name],
    );
    if (role)
      await db.pool.query(
        "insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, $3)",
        [clientId, row.id, role],
      );
    return { user, person: row.id };
  };
  const call = async <T>(user: string, text: string, values: unknown[] = []): Promise<T> =>
    db.asUser(user, async (sql) => ((await sql.query(text, [clientId, ...values])).rows[0] as { it: T }).it);
  const owner = await person("owner", "olga");
  return {
    ...world,
    owner: owner.user,
    person,
    call,
    async tiers(): Promise<Record<string, string>> {
      const { rows } = await db.pool.query<{ name: string; id: string }>(
        "select name, id from public.loyalty_tiers where client_id = $1",
        [clientId],
      );
      return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
    },
    /** A creator with a login and, unless told, a video that sold. */
    async member(name: string, { tier = "Bronze", isSeen = true } = {}) {
      const { user, person: personId } = await person("creator", name);
      const { id } = await world.one<{ id: string }>(
        `insert into public.loyalty_creators (client_id, person_id, handle, joined_on, tier_id)
         select $1, $2, $3, '2026-06-01', t.id from public.loyalty_tiers t where t.client_id = $1 and t.name = $4 returning id`,
        [clientId, personId, name, tier],
      );
      if (isSeen) {
        await world.sell(id, "2026-11-01", 1000, `v-${name}`);
        await db.pool.query("update public.loyalty_creators set total_videos = 1 where id = $1", [id]);
      }
      return { user, id };
    },
    save: (
      draft: Draft,
      { as = owner.user, id = null as string | null, revision = null as number | null } = {},
    ) =>
      call<string>(as, "select public.loyalty_save_reward($1, $2, $3, $4) as it", [
        id,
        JSON.stringify(draft),
        revision,
      ]),
    step: (id: string, step: string, { as = owner.user, revision = null as number | null } = {}) =>
      call<{ state: string; revision: number; openOffers: number }>(
        as,
        "select public.loyalty_step_reward($1, $2, $3, $4) as it",
        [id, step, revision],
      ),
    async published(draft: Draft): Promise<string> {
      const id = await this.save(draft);
      await this.step(id, "publish");
      return id;
    },
    read: (id: string, as = owner.user) =>
      call<{
        state: string;
        revision: number;
        version: number;
        limits: Record<string, number | null>;
        openOffers: number;
        name: string;
      }>(as, "select public.loyalty_read_reward($1, $2) as it", [id]),
    mine: (user: string) =>
      call<{
        creator: { tierName: string } | null;
        rewards: {
          id: string;
          status: string;
          claims: unknown[];
          stockLeft: number | null;
          reason: string | null;
        }[];
        redemptions: { id: string; state: string; name: string }[];
      }>(user, "select public.loyalty_read_rewards($1) as it"),
  };
}
export type RewardsWorld = Awaited<ReturnType<typeof rewardsWorld>>;
