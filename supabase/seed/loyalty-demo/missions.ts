import type { Client } from "pg";
import { type DemoMission, missionRewards, missions } from "./mission-plan";

interface Place {
  clientId: string;
  slug: string;
  /** The last night, as YYYY-MM-DD. */
  lastDay: string;
}

/** Missions of the demo business, lived through night by night with the function of every night. */
export async function seedMissions(sql: Client, place: Place): Promise<void> {
  const { clientId, slug } = place;
  const known = await sql.query(
    "select from public.loyalty_missions where client_id = $1 and kind <> 'raffle' limit 1",
    [clientId],
  );
  if (known.rowCount) return;
  await actAs(sql, clientId, `owner@${slug}.test`);
  const rewards = await makeRewards(sql, clientId);
  const made = await makeMissions(sql, place, rewards);
  await actAs(sql, clientId, null);
  // The nights on which something began, and those after which little is left open.
  const nights = [...new Set([...missions.map(({ since }) => since ?? 0), 36, 12, 4, 1, 0])];
  for (const ago of nights.sort((a, b) => b - a)) {
    await publish(sql, place, made, ago);
    await night(sql, place, ago);
    if (ago >= 12 && ago < 48) await handOver(sql, place, ago);
  }
  await tellTheTime(sql, place);
  await setAside(sql, clientId, rewards.get("hoodie"));
}

/** Of the hoodies three are left; those that were earned and not claimed yet are set aside. */
async function setAside(sql: Client, client: string, reward: string | undefined): Promise<void> {
  await sql.query(
    `update public.loyalty_reward_limits l
        set stock_total = 3 + l.reserved_count + l.committed_count
              + (select count(*) from public.loyalty_redemptions r
                  where r.client_id = $1 and r.reward_id = $2 and r.state = 'claimable' and r.withdrawn_at is null)
      where l.client_id = $1 and l.reward_id = $2`,
    [client, reward],
  );
  await sql.query("select private.loyalty_reserve_earned($1)", [client]);
}

async function makeRewards(sql: Client, client: string): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const [key, draft] of Object.entries(missionRewards)) {
    const { rows } = await sql.query<{ id: string }>(
      "select private.loyalty_save_reward($1, null, $2, null) as id",
      [client, JSON.stringify({ offer: "mission", frequency: "unlimited", quantity: null, ...draft })],
    );
    made.set(key, rows[0]!.id);
  }
  await sql.query(
    `update public.loyalty_rewards set state = 'published', published_at = now() - interval '70 days'
      where client_id = $1 and id = any ($2)`,
    [client, [...made.values()]],
  );
  return made;
}

async function makeMissions(
  sql: Client,
  { clientId, lastDay }: Place,
  rewards: Map<string, string>,
): Promise<Map<DemoMission, string>> {
  const tiers = await sql.query<{ name: string; id: string }>(
    "select name, id from public.loyalty_tiers where client_id = $1 and archived_at is null",
    [clientId],
  );
  const tierOf = (name: string | undefined) => tiers.rows.find((tier) => tier.name === name)?.id ?? null;
  const made = new Map<DemoMission, string>();
  for (const mission of missions) {
    const { rows } = await sql.query<{ id: string }>(
      "select private.loyalty_save_mission($1, null, $2) as id",
      [
        clientId,
        JSON.stringify({
          ...mission.draft,
          rewardId: rewards.get(mission.pays),
          tierId: tierOf(mission.tier),
          previewFromTierId: tierOf(mission.preview),
        }),
      ],
    );
    const id = rows[0]!.id;
    made.set(mission, id);
    if (mission.endsIn !== undefined)
      await sql.query(
        `update public.loyalty_missions m set ends_at = private.local_instant($3::date + $4::integer, '23:59', k.time_zone)
           from public.clients k where k.id = $1 and m.client_id = $1 and m.id = $2`,
        [clientId, id, lastDay, mission.endsIn],
      );
  }
  return made;
}

/** Published at noon of its day; what is paused by now was paused the day after it began. */
async function publish(
  sql: Client,
  { clientId, lastDay }: Place,
  made: Map<DemoMission, string>,
  ago: number,
): Promise<void> {
  for (const [mission, id] of made) {
    if (mission.since === ago)
      await sql.query(
        `update public.loyalty_missions m
            set state = 'published', published_at = private.local_instant($3::date - $4::integer, '12:00', k.time_zone)
           from public.clients k where k.id = $1 and m.client_id = $1 and m.id = $2`,
        [clientId, id, lastDay, ago],
      );
    else if (mission.state === "paused" && (mission.since ?? 0) - ago > 0)
      await sql.query(
        "update public.loyalty_missions set state = 'paused' where client_id = $1 and id = $2 and state = 'published'",
        [clientId, id],
      );
  }
}

/** As if the last night were that one: everybody is counted as of it. */
async function night(sql: Client, { clientId, lastDay }: Place, ago: number): Promise<void> {
  await sql.query(
    "update public.loyalty_nights set last_business_date = $2::date - $3::integer, needs_full_pass = $3::integer > 0 where client_id = $1",
    [clientId, lastDay, ago],
  );
  await sql.query("select private.loyalty_progress_missions($1, $2::date - $3::integer)", [
    clientId,
    lastDay,
    ago,
  ]);
}

/** Some gift cards are claimed the next morning and fulfilled that evening, Noor's among them; the others wait. */
async function handOver(sql: Client, { clientId, slug, lastDay }: Place, ago: number): Promise<void> {
  const { rows } = await sql.query<{ id: string; at: Date }>(
    `select r.id, private.local_instant($2::date - $3::integer + 1, '10:20', k.time_zone) as at
       from public.loyalty_redemptions r
       join public.clients k on k.id = r.client_id
       join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
       join public.people p on p.client_id = c.client_id and p.id = c.person_id
      where r.client_id = $1 and r.source = 'mission' and r.state = 'claimable' and r.kind = 'gift_card'
      order by p.email = $4 desc nulls last, md5(c.handle_key) limit 8`,
    [clientId, lastDay, ago, `creator@${slug}.test`],
  );
  for (const { id, at } of rows) {
    await sql.query("select private.loyalty_claim_earned($1, $2, '{}', $3)", [clientId, id, at]);
    await sql.query(
      "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = $3::timestamptz + interval '7 hours' where client_id = $1 and id = $2",
      [clientId, id, at],
    );
  }
}

/** The nights ran now and tell of evenings long past: they are dated to them. Nobody is told of them again. */
async function tellTheTime(sql: Client, { clientId }: Place): Promise<void> {
  await sql.query(
    `update public.loyalty_mission_progress p
        set completed_at = case when p.state = 'completed' then private.local_instant(p.completed_on, '18:14', k.time_zone) end,
            closed_at = case when p.state = 'missed' then private.local_instant(coalesce(p.due_on, p.start_on) + 1, '18:14', k.time_zone) end
       from public.clients k where k.id = $1 and p.client_id = $1 and p.state in ('completed', 'missed')`,
    [clientId],
  );
  await sql.query(
    "insert into private.loyalty_mission_digests (client_id, told_until) values ($1, clock_timestamp()) on conflict (client_id) do nothing",
    [clientId],
  );
}

async function actAs(sql: Client, clientId: string, email: string | null): Promise<void> {
  await sql.query(
    `select set_config('request.jwt.claims', case when u.id is null then '' else jsonb_build_object('sub', u.id, 'role', 'authenticated')::text end, true),
            set_config('request.jwt.claim.sub', coalesce(u.id::text, ''), true)
       from (select (select p.user_id from public.people p where p.client_id = $1 and p.email = $2) as id) u`,
    [clientId, email],
  );
}
