import { expect } from "vitest";
import { header, importWorld, type ImportWorld } from "./imports/support";

/**
 * A year of one business, a file every evening. What it leaves besides: `steps` (each file, and each night without one),
 * `facts` (what each file said of each video) and `notes` (adjustments, with the step before which they were written).
 */
export const CREATORS = 500;
const FIRST = "2025-11-01";
export const NIGHTS = 365;

interface Video {
  no: number;
  creator: number;
  postedOn: string;
  gmv: number;
  units: number;
  views: number;
  likes: number;
}

let world: ImportWorld;
let saved = 0;
let corrected = 0;
let late = 0;
let step = 0;

function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = chance(20_251_101);
const below = (limit: number) => Math.floor(random() * limit);
export const day = (offset: number) =>
  new Date(Date.parse(`${FIRST}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
const handle = (creator: number) => `creator${creator}`;
const query = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await world.db.pool.query(text, values)).rows as T[];

export async function liveYear() {
  world = await importWorld();
  await query(
    `create table steps (step integer, night date, run_id uuid);
     create table facts (step integer, handle text, video integer, night date, posted_on date, gmv bigint, units bigint, views bigint, likes bigint);
     create table notes (step integer, handle text, effective_on date, amount bigint)`,
  );
  await query("update public.loyalty_settings set fall_guard_percent = 100 where client_id = $1", [
    world.glow.id,
  ]);
  await makeProgram();
  await live();
  return { world, query, saved, corrected, late };
}

async function makeProgram(): Promise<void> {
  await query(
    `with prizes as (
       insert into public.loyalty_rewards (client_id, offer, kind, name, frequency, quantity, value_amount)
       select $1, 'mission', 'gift_card', 'Prize ' || n, 'unlimited', null, 1000 from generate_series(1, 2) n returning id, name)
     insert into public.loyalty_missions (client_id, kind, name, target, reward_id, counts_from, is_recurring)
     select $1, case p.name when 'Prize 1' then 'sales_amount' else 'videos' end, p.name, case p.name when 'Prize 1' then 40000 else 3 end,
            p.id, 'publish', true from prizes p`,
    [world.glow.id],
  );
  await query(
    "update public.loyalty_missions set state = 'published', published_at = $2 where client_id = $1",
    [world.glow.id, `${FIRST}T12:00:00Z`],
  );
  await query(
    `insert into public.loyalty_rewards (client_id, kind, name, frequency, quantity, boost_bp, boost_days) values ($1, 'commission_boost', 'Boost', 'unlimited', null, 375, 10)`,
    [world.glow.id],
  );
  await query(
    "update public.loyalty_rewards set state = 'published', published_at = now() where client_id = $1",
    [world.glow.id],
  );
}

async function live(): Promise<void> {
  const videos: Video[] = [];
  for (let night = 0; night < NIGHTS; night += 1) {
    const today = day(night);
    grow(videos, night);
    await adjust(night, today);
    if (night > 20 && night % 9 === 0) await claimBoosts(today);
    // Some nights bring no file: what they would have brought comes with the next.
    if (night % 53 === 52) {
      await query("select private.loyalty_run_stages($1, $2, null)", [world.glow.id, today]);
      await take(today, null);
      late += 1;
      continue;
    }
    await bring(videos, today);
    // A second, corrected file of the same night.
    if (night % 41 === 40) {
      for (const video of videos.slice(-60)) video.gmv = Math.max(0, video.gmv - below(900));
      await bring(videos, today);
      corrected += 1;
    }
  }
}

/** New creators and videos all year, sales on a tenth of all videos a day, some taken back. */
function grow(videos: Video[], night: number): void {
  const known = Math.min(CREATORS, 200 + night);
  for (let count = 0; count < (night === 0 ? 300 : 2); count += 1) {
    const age = random() < 0.1 ? 40 + below(60) : below(5);
    videos.push({
      no: videos.length + 1,
      creator: night === 0 ? count % known : count === 0 ? known - 1 : below(known),
      postedOn: day(night - age),
      gmv: below(4_000),
      units: below(9),
      views: below(5_000),
      likes: below(400),
    });
  }
  for (const video of videos) {
    if (random() > 0.1) continue;
    const strong = video.creator % 11 === 0 && night % 240 < 150;
    const sold = strong ? 4_000 + below(30_000) : below(2_500);
    video.gmv = random() < 0.04 ? Math.max(0, video.gmv - sold) : video.gmv + sold;
    video.units += random() < 0.04 ? 0 : below(4);
    video.views += below(3_000);
    video.likes += below(300);
  }
}

async function adjust(night: number, today: string): Promise<void> {
  if (night % 3 !== 2) return;
  const kind = ["refund", "bonus", "correction", "manual_sale"][below(4)]!;
  const amount =
    (kind === "refund" ? -1 : kind === "correction" && random() < 0.5 ? -1 : 1) * (100 + below(20_000));
  await query(
    `with written as (
       insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason)
       select $1, c.id, $2, $3, greatest(c.joined_on, $4::date - $5::integer), 'Simulated' from public.loyalty_creators c
        where c.client_id = $1 and c.handle_key = $6 returning effective_on, amount)
     insert into notes select $7, $6, w.effective_on, w.amount from written w`,
    [world.glow.id, kind, amount, today, below(6), handle(below(120)), step + 1],
  );
}

async function claimBoosts(today: string): Promise<void> {
  const start = new Date(`${today}T00:00:00Z`);
  start.setUTCDate(start.getUTCDate() + 1);
  while ([0, 6].includes(start.getUTCDay())) start.setUTCDate(start.getUTCDate() + 1);
  for (let count = 0; count < 3; count += 1) {
    await query(
      `select private.loyalty_claim_offer($1, c.id, r.id, $3, $4)
         from public.loyalty_creators c, public.loyalty_rewards r
        where c.client_id = $1 and c.handle_key = $2 and r.client_id = $1 and r.kind = 'commission_boost'
          and not exists (select from public.loyalty_boosts b where b.creator_id = c.id and b.ends_at > $4::timestamptz)
          and not exists (select from public.loyalty_redemptions x where x.creator_id = c.id and x.reward_id = r.id and x.state in ('claimed', 'fulfilled'))`,
      [
        world.glow.id,
        handle(below(180)),
        JSON.stringify({ schedule: { date: start.toISOString().slice(0, 10) } }),
        `${today}T15:00:00Z`,
      ],
    );
  }
}

async function take(night: string, run: string | null): Promise<void> {
  step += 1;
  await query("insert into steps values ($1, $2, $3)", [step, night, run]);
}

async function bring(videos: Video[], night: string): Promise<void> {
  const lines = videos.map(
    ({ no, creator, postedOn, gmv, units, views, likes }) =>
      `${handle(creator)},https://www.tiktok.com/@${handle(creator)}/video/${90_000 + no},Video ${no},${postedOn},${views},${likes},0,${(gmv / 100).toFixed(2)},1%,${units}`,
  );
  const run = await world.importFile(`${[header, ...lines].join("\n")}\n`, { business_date: night });
  expect(run).toMatchObject({ state: "saved" });
  await take(night, run.id);
  await query(
    `insert into facts
     select $9, f.handle, f.video, $3, f.posted_on, f.gmv, f.units, f.views, f.likes
       from unnest($1::text[], $2::integer[], $4::date[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
         as f (handle, video, posted_on, gmv, units, views, likes)`,
    [
      videos.map(({ creator }) => handle(creator)),
      videos.map(({ no }) => no),
      night,
      ...(["postedOn", "gmv", "units", "views", "likes"] as const).map((key) =>
        videos.map((video) => video[key]),
      ),
      step,
    ],
  );
  saved += 1;
}
