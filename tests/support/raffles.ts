import { stackSql } from "./stack";
import type { OwnBusiness } from "./browser-business";

/** A published raffle of this business with a prize of its own; it ends tomorrow unless told otherwise. */
export async function raffleIn(
  business: OwnBusiness,
  options: { name?: string; winners?: number; alternates?: number } = {},
): Promise<string> {
  const [reward] = await stackSql<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, frequency, quantity)
     values ($1, 'mission', 'gift_card', 'Weekend card', 20000, 'unlimited', null) returning id`,
    [business.id],
  );
  await stackSql(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [reward?.id],
  );
  const [mission] = await stackSql<{ id: string }>(
    `insert into public.loyalty_missions (client_id, kind, name, reward_id, ends_at, winners_count, alternates_count, claim_days)
     values ($1, 'raffle', $3, $2, now() + interval '1 day', $4, $5, 7) returning id`,
    [business.id, reward?.id, options.name ?? "Autumn raffle", options.winners ?? 1, options.alternates ?? 1],
  );
  const id = mission?.id ?? "";
  await stackSql(
    "update public.loyalty_missions set state = 'published', published_at = now() where id = $1",
    [id],
  );
  return id;
}

/** Its last moment to enter has passed; the worker seals it at once, or a person does. */
export async function endRaffle(id: string): Promise<void> {
  await stackSql("update public.loyalty_missions set ends_at = now() - interval '1 minute' where id = $1", [
    id,
  ]);
}

export async function isSealed(id: string): Promise<boolean> {
  const rows = await stackSql("select from public.loyalty_raffle_draws where mission_id = $1", [id]);
  return rows.length === 1;
}

/** A video of hers was counted, so she may take part. */
export async function recognise(creatorId: string): Promise<void> {
  await stackSql("update public.loyalty_creators set total_videos = 1 where id = $1", [creatorId]);
}

/** A drawn raffle of the demo business, in which its creator won. */
export async function demoRaffle(): Promise<string> {
  const [row] = await stackSql<{ id: string }>(
    `select m.id from public.loyalty_missions m join public.clients k on k.id = m.client_id
      where k.slug = 'glow' and m.name = 'Late summer raffle'`,
  );
  if (!row) throw new Error("The demo raffle is not there.");
  return row.id;
}
