import type { Client } from "pg";
import { seedBoosts } from "./loyalty-demo/boosts";
import { seedClaims } from "./loyalty-demo/claims";
import { demoCreators, LAST_DAY } from "./loyalty-demo/creators";
import { seedFulfilment } from "./loyalty-demo/fulfilment";
import { writeHandles } from "./loyalty-demo/handles";
import { seedHolds } from "./loyalty-demo/holds";
import { ladder } from "./loyalty-demo/ladder";
import { seedMissions } from "./loyalty-demo/missions";
import { seedNewcomer } from "./loyalty-demo/newcomer";
import { plan } from "./loyalty-demo/plan";
import { seedRaffles } from "./loyalty-demo/raffles";
import { seedRewards } from "./loyalty-demo/rewards";
import { seedRuns } from "./loyalty-demo/runs";
import { seedSettled } from "./loyalty-demo/settled";

interface Business {
  id: string;
  zone: string;
  day0: string;
  last: string;
  has_videos: boolean;
  nights: number;
  is_done: boolean;
}

/**
 * Ninety nights of a business: creators, videos, figures, adjustments, and tiers decided by the real nightly pass.
 * The last night is yesterday. Safe to run again, also after it was stopped half-way: it goes on with the next night.
 */
export async function seedLoyalty(sql: Client, slug: string): Promise<void> {
  const business = await readBusiness(sql, slug);
  if (!business) return;
  const place = { clientId: business.id, slug, lastDay: business.last };
  if (!business.is_done) {
    await liveThroughNights(sql, slug, business);
    // Before rewards and missions are there: a file that is saved or undone runs the whole night again.
    await transaction(sql, () => seedRuns(sql, place));
    await transaction(sql, () => seedNewcomer(sql, place));
    await transaction(sql, () => seedRewards(sql, place));
    await transaction(sql, async () => {
      await writeHandles(sql, business.id, slug);
      await tellTheTime(sql, business.id, business.zone, business.last);
    });
  }
  // Each looks for what it has made before: a start that was stopped between two of them goes on with the next.
  for (const seedRoom of [
    seedMissions,
    seedClaims,
    seedBoosts,
    seedRaffles,
    seedFulfilment,
    seedHolds,
    seedSettled,
  ])
    await transaction(sql, () => seedRoom(sql, place));
}

async function liveThroughNights(
  sql: Client,
  slug: string,
  { id, day0, last, has_videos, nights }: Business,
): Promise<void> {
  if (!has_videos) {
    await transaction(sql, async () => {
      await writeLadder(sql, id);
      await writeCreators(sql, id, slug, day0);
      await writeVideos(sql, id, slug, day0);
      await writeAdjustments(sql, id, last);
    });
  }
  await sql.query("analyze public.loyalty_creators, public.loyalty_videos");
  await planMoves(sql, id, slug, day0);
  // A night a transaction, as in life: one long one would drag every former version of every row along.
  for (let day = nights; day <= LAST_DAY; day += 1) {
    await transaction(sql, () => liveThroughNight(sql, id, day0, day));
  }
  await sql.query("drop table seed_moves");
}

async function readBusiness(sql: Client, slug: string): Promise<Business | undefined> {
  const { rows } = await sql.query<Business>(
    `select c.id, c.time_zone as zone, d.day0::text, (d.day0 + $2::integer)::text as last, v.first is not null as has_videos,
            coalesce(n.last_business_date - d.day0 + 1, 0) as nights, n.figures_at is not null as is_done
       from public.clients c
       join public.loyalty_nights n on n.client_id = c.id
       left join lateral (select min(v.first_seen_on) as first from public.loyalty_videos v where v.client_id = c.id) v on true
       cross join lateral (select coalesce(v.first, private.local_date(now(), c.time_zone) - 1 - $2::integer) as day0) d
      where c.slug = $1`,
    [slug, LAST_DAY],
  );
  return rows[0];
}

async function transaction(sql: Client, work: () => Promise<unknown>): Promise<void> {
  await sql.query("begin");
  try {
    await sql.query("select set_config('portico.actor', 'seed', true)");
    await work();
    await sql.query("commit");
  } catch (error) {
    await sql.query("rollback");
    throw error;
  }
}

async function writeLadder(sql: Client, client: string): Promise<void> {
  await sql.query("update public.loyalty_settings set checkpoint_months = 4 where client_id = $1", [client]);
  for (const [index, [name, color, threshold, commission, benefits]] of ladder.entries()) {
    await sql.query(
      `with known as (update public.loyalty_tiers set name = $3, color = $4, threshold = $5, commission_bp = $6, benefits = $7
                       where client_id = $1 and rank = $2 and archived_at is null returning id)
       insert into public.loyalty_tiers (client_id, rank, name, color, threshold, commission_bp, benefits)
       select $1, $2, $3, $4, $5, $6, $7 where not exists (select from known)`,
      [client, index + 1, name, color, threshold, commission, benefits],
    );
  }
}

async function writeCreators(sql: Client, client: string, slug: string, day0: string): Promise<void> {
  const creators = demoCreators(`creator@${slug}.test`);
  await sql.query(
    `create temporary table seed_creators on commit drop as
     select x.handle, x.name, x.email, $2::date + x.joined as joined_on, x.rank
       from jsonb_to_recordset($1) as x (handle text, name text, email text, joined integer, rank integer)`,
    [
      JSON.stringify(
        creators.map(({ handle, name, email, joined, startRank }) => ({
          handle,
          name,
          email,
          joined,
          rank: startRank,
        })),
      ),
      day0,
    ],
  );
  await sql.query(
    `with made as (
       insert into public.people (client_id, display_name)
       select $1, c.name from seed_creators c
        where not exists (select from public.people p where p.client_id = $1 and p.email = c.email)
       returning id, display_name
     ), numbered as (
       select m.id, m.display_name, row_number() over (partition by m.display_name order by m.id) as n from made m
     ), wanted as (
       select c.*, row_number() over (partition by c.name order by c.handle) as n from seed_creators c
     )
     insert into public.loyalty_creators (client_id, person_id, handle, joined_on, tier_id)
     select $1, coalesce(n.id, (select p.id from public.people p where p.client_id = $1 and p.email = w.email)), w.handle, w.joined_on,
            (select t.id from public.loyalty_tiers t where t.client_id = $1 and t.rank = w.rank and t.archived_at is null)
       from wanted w left join numbered n on n.display_name = w.name and n.n = w.n`,
    [client],
  );
}

async function writeVideos(sql: Client, client: string, slug: string, day0: string): Promise<void> {
  const { videos } = plan(demoCreators(`creator@${slug}.test`));
  await sql.query(
    `insert into public.loyalty_videos (client_id, creator_id, url, url_key, title, posted_on, first_seen_on, ctr_bp)
     select $1, c.id, 'https://www.tiktok.com/@' || x.key, 'tiktok.com/@' || x.key, x.title, $3::date + x.day, $3::date + x.day,
            120 + abs(hashtext(x.key)) % 480
       from jsonb_to_recordset($2) as x (key text, handle text, title text, day integer)
       join public.loyalty_creators c on c.client_id = $1 and c.handle_key = lower(x.handle)`,
    [client, JSON.stringify(videos), day0],
  );
}

async function planMoves(sql: Client, client: string, slug: string, day0: string): Promise<void> {
  const { moves } = plan(demoCreators(`creator@${slug}.test`));
  await sql.query(
    `create temporary table seed_moves as
     select v.id as video_id, v.creator_id, $3::date + x.day as business_date, x.gmv, x.units, x.views, x.likes, x.comments
       from jsonb_to_recordset($2) as x (key text, day integer, gmv bigint, units bigint, views bigint, likes bigint, comments bigint)
       join public.loyalty_videos v on v.client_id = $1 and v.url_key = 'tiktok.com/@' || x.key`,
    [client, JSON.stringify(moves), day0],
  );
  await sql.query("create index on seed_moves (business_date)");
  await sql.query("analyze seed_moves");
}

async function liveThroughNight(sql: Client, client: string, day0: string, day: number): Promise<void> {
  await sql.query(
    `with moved as (
       update public.loyalty_videos v
          set gmv = v.gmv + m.gmv, units = v.units + m.units, views = v.views + m.views, likes = v.likes + m.likes,
              comments = v.comments + m.comments, figures_at = now()
         from seed_moves m where m.business_date = $2::date + $3::integer and v.client_id = $1 and v.id = m.video_id
       returning v.id, v.creator_id, v.gmv, v.units, v.views, v.likes, v.comments,
                 m.gmv as d_gmv, m.units as d_units, m.views as d_views, m.likes as d_likes, m.comments as d_comments
     ), written as (
       insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, views, likes, comments, gmv, units,
         views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
       select $1, id, $2::date + $3::integer, creator_id, views, likes, comments, gmv, units, d_views, d_likes, d_comments, d_gmv, d_units from moved
     )
     insert into private.loyalty_dirty_creators (client_id, creator_id, due_on)
     select distinct $1::uuid, creator_id, $2::date + $3::integer from moved on conflict do nothing`,
    [client, day0, day],
  );
  await sql.query("select private.loyalty_recalculate($1, $2::date + $3::integer, null)", [
    client,
    day0,
    day,
  ]);
}

async function writeAdjustments(sql: Client, client: string, last: string): Promise<void> {
  await sql.query(
    `insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason, created_by)
     select $1, c.id, x.kind, x.amount, $2::date - x.ago, x.reason,
            (select p.user_id from public.people p join public.person_roles r on r.client_id = p.client_id and r.person_id = p.id
              where p.client_id = $1 and r.role_id = 'owner' and p.user_id is not null order by p.created_at limit 1)
       from (values ('noorglows', 'refund', -6400, 18, 'Two orders came back damaged'),
                    ('noorglows', 'manual_sale', 12000, 5, 'Missed order from the live show'),
                    ('oskar.tv', 'bonus', 5000, 12, 'Launch week bonus'),
                    ('hbeauty', 'refund', -18250, 30, 'Returned bundle'),
                    ('sade_d', 'correction', -2300, 9, 'Order counted twice by the shop')) as x (handle, kind, amount, ago, reason)
       join public.loyalty_creators c on c.client_id = $1 and c.handle_key = x.handle`,
    [client, last],
  );
}

/** The pass ran now for nights long past: its rows are dated to the evenings they tell of. */
async function tellTheTime(sql: Client, client: string, zone: string, last: string): Promise<void> {
  await sql.query(
    "update public.loyalty_tier_decisions set created_at = private.local_instant(business_date, '18:14', $2) where client_id = $1 and decided_by is null",
    [client, zone],
  );
  // Filled in late in the evening the demo would be a day old at once, and every screen would begin with that.
  await sql.query(
    `update public.loyalty_nights set figures_at = greatest(private.local_instant($2::date, '18:14', $3), now() - interval '20 hours')
      where client_id = $1`,
    [client, last, zone],
  );
  await sql.query(
    `update public.loyalty_sync_runs r
        set saved_at = greatest(r.saved_at, now() - interval '20 hours'), finished_at = greatest(r.finished_at, now() - interval '20 hours')
      where r.client_id = $1 and r.business_date = $2::date and r.state = 'saved'`,
    [client, last],
  );
}
