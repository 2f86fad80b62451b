import { stackSql } from "./stack";
import type { OwnBusiness } from "./browser-business";

export interface OwedBoost {
  boostId: string;
  name: string;
}

/**
 * A boost that ended and cleared weeks ago and earned `amount`, moved there by the functions that move it in life.
 * The creator may not have said where her money goes yet.
 */
export async function owedBoost(
  business: OwnBusiness,
  creatorId: string,
  amount: number,
  name = "Five more",
): Promise<OwedBoost> {
  const [row] = await stackSql<{ id: string }>(
    `with reward as (
       insert into public.loyalty_rewards (client_id, kind, name, boost_bp, boost_days, frequency, quantity)
       values ($1, 'commission_boost', $4, 10000, 5, 'unlimited', null) returning id, client_id),
     day as (select current_date - 60 as first),
     claimed as (
       insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, state, tier_id, terms, reward_version,
         scheduled_at, ends_at, claimed_at)
       select $1, c.id, r.id, 'commission_boost', 'tier', 'claimed', c.tier_id, jsonb_build_object('name', $4::text), 1,
              private.local_instant(d.first - 1, '18:00', 'America/New_York'), private.local_instant(d.first + 4, '18:00', 'America/New_York'), now()
         from public.loyalty_creators c, reward r, day d where c.client_id = $1 and c.id = $2 returning *),
     video as (
       insert into public.loyalty_videos (client_id, creator_id, url, url_key, posted_on, first_seen_on, gmv)
       select $1, $2, 'https://video.test/' || r.id, r.id::text, d.first, d.first, $3 from reward r, day d returning id, first_seen_on),
     sold as (
       insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, views, likes, comments, gmv, units,
         views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
       select $1, v.id, v.first_seen_on, $2, 0, 0, 0, $3, 1, 0, 0, 0, $3, 1 from video v)
     insert into public.loyalty_boosts (client_id, redemption_id, creator_id, rate_bp, days, tier_commission_bp, starts_at, ends_at, first_on, last_on)
     select k.client_id, k.id, k.creator_id, 10000, 5, 1000, k.scheduled_at, k.ends_at, d.first, d.first + 4 from claimed k, day d
     returning id`,
    [business.id, creatorId, amount, name],
  );
  if (!row) throw new Error(`No boost could be made for ${creatorId}.`);
  await stackSql("select private.loyalty_move_boosts($1, now(), current_date - 1)", [business.id]);
  return { boostId: row.id, name };
}
