import { createHash } from "node:crypto";
import type { Client } from "pg";
import { raffles, type DemoRaffle } from "./raffle-plan";

interface Place {
  clientId: string;
  slug: string;
  /** The last night, as YYYY-MM-DD. */
  lastDay: string;
}

/** Raffles in every stage, taken there by the functions that do it in life. Ids and seeds are fixed: so are the winners. */
export async function seedRaffles(sql: Client, place: Place): Promise<void> {
  const { rows: known } = await sql.query(
    "select from public.loyalty_raffle_entries where client_id = $1 limit 1",
    [place.clientId],
  );
  if (known.length > 0) return;
  for (const raffle of raffles) await seedRaffle(sql, place, raffle);
}

async function seedRaffle(
  sql: Client,
  { clientId, slug, lastDay }: Place,
  raffle: DemoRaffle,
): Promise<void> {
  const { prize } = raffle;
  const reward = await sql.query<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, offer, kind, name, description, value_amount, frequency, quantity)
     values ($1, 'mission', $2, $3, $4, $5, 'unlimited', null) returning id`,
    [clientId, prize.kind, prize.name, prize.description, prize.value],
  );
  const rewardId = reward.rows[0]?.id;
  await sql.query(
    "update public.loyalty_rewards set state = 'published', published_at = now() - interval '30 days' where client_id = $1 and id = $2",
    [clientId, rewardId],
  );
  const mission = await sql.query<{ id: string }>(
    `insert into public.loyalty_missions (client_id, kind, name, description, reward_id, ends_at, winners_count, alternates_count, claim_days, display_order)
     select $1, 'raffle', $2, $3, $4, private.local_instant($5::date + $6::integer, '18:00', c.time_zone), $7, $8, $9, 60
       from public.clients c where c.id = $1 returning id`,
    [
      clientId,
      raffle.name,
      raffle.description,
      rewardId,
      lastDay,
      raffle.endsIn,
      raffle.winners,
      raffle.alternates,
      raffle.claimDays,
    ],
  );
  const id = mission.rows[0]?.id ?? "";
  if (raffle.until === "draft") return;
  await sql.query(
    "update public.loyalty_missions set state = 'published', published_at = ends_at - interval '21 days' where client_id = $1 and id = $2",
    [clientId, id],
  );
  const hers = await enter(sql, clientId, id, slug, raffle);
  if (raffle.until === "open") return;
  const ids = await sealedIds(sql, clientId, id);
  await sql.query("select private.loyalty_seal_list($1, $2, $3)", [clientId, id, seedFor(raffle, ids, hers)]);
  if (raffle.until === "drawn") await draw(sql, clientId, id, raffle, hers);
}

/** Creators in the order of their handles, one an hour; returns the entry of the one who signs in. */
async function enter(
  sql: Client,
  client: string,
  id: string,
  slug: string,
  raffle: DemoRaffle,
): Promise<string | null> {
  const { rows } = await sql.query<{ id: string; is_noor: boolean }>(
    `insert into public.loyalty_raffle_entries (id, client_id, mission_id, creator_id, entered_at)
     select overlay(overlay(md5($3 || ':' || $4 || ':' || x.handle_key) placing '4' from 13) placing '8' from 17)::uuid, $1, $2, x.id, m.ends_at - interval '12 days' + x.n * interval '3 hours'
       from (select c.id, c.handle_key, row_number() over (order by md5($4 || c.handle_key)) as n
               from public.loyalty_creators c
               join public.people p on p.client_id = c.client_id and p.id = c.person_id
              where c.client_id = $1 and c.state = 'active' and c.total_videos > 0 and p.email is distinct from $5) x
       join public.loyalty_missions m on m.client_id = $1 and m.id = $2
      where x.n <= $6
     union all
     select overlay(overlay(md5($3 || ':' || $4 || ':' || c.handle_key) placing '4' from 13) placing '8' from 17)::uuid, $1, $2, c.id, m.ends_at - interval '10 days'
       from public.loyalty_creators c
       join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.email = $5
       join public.loyalty_missions m on m.client_id = $1 and m.id = $2
      where c.client_id = $1 and $7 <> 'out'
     returning id, creator_id = (select c.id from public.loyalty_creators c
        join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.email = $5 where c.client_id = $1) as is_noor`,
    [client, id, slug, raffle.key, `creator@${slug}.test`, raffle.entries, raffle.noor],
  );
  return rows.find(({ is_noor }) => is_noor)?.id ?? null;
}

async function sealedIds(sql: Client, client: string, id: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    "select id from public.loyalty_raffle_entries where client_id = $1 and mission_id = $2 and state = 'entered' order by id",
    [client, id],
  );
  return rows.map((row) => row.id);
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** The first of a row of fixed seeds whose draw tells the story; a real seed comes from the server's own chance. */
function seedFor(raffle: DemoRaffle, ids: string[], hers: string | null): string {
  const hash = sha256(ids.map((id, at) => `${at + 1} ${id}\n`).join(""));
  for (let at = 0; ; at += 1) {
    const seed = sha256(`${raffle.key} ${at}`);
    const order = ids.map((id) => ({ id, key: sha256(`${seed}:${hash}:${id}`) }));
    order.sort((a, b) => (a.key < b.key ? -1 : 1));
    const place = order.findIndex(({ id }) => id === hers);
    if (raffle.noor === "wins" && place >= raffle.winners) continue;
    if (raffle.noor === "loses" && place < raffle.winners + raffle.alternates) continue;
    return seed;
  }
}

async function draw(
  sql: Client,
  client: string,
  id: string,
  raffle: DemoRaffle,
  hers: string | null,
): Promise<void> {
  const owner = await sql.query<{ user_id: string }>(
    `select p.user_id from public.people p join public.person_roles r on r.client_id = p.client_id and r.person_id = p.id
      where p.client_id = $1 and r.role_id = 'owner' and p.user_id is not null order by p.created_at limit 1`,
    [client],
  );
  const user = owner.rows[0]?.user_id;
  if (!user) return;
  const claims = (who: string | null) =>
    sql.query(
      "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)",
      [who ? JSON.stringify({ sub: who, role: "authenticated" }) : "", who ?? ""],
    );
  await claims(user);
  await sql.query("select private.loyalty_draw_raffle($1, $2)", [client, id]);
  if (raffle.redraw)
    await sql.query(
      `select private.loyalty_redraw_raffle($1, e.id, $4) from public.loyalty_raffle_entries e
        where e.client_id = $1 and e.mission_id = $2 and e.state = 'won' and e.id is distinct from $3::uuid
        order by e.draw_rank limit 1`,
      [client, id, hers, raffle.redraw],
    );
  await claims(null);
}
