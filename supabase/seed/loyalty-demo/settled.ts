import type { Client } from "pg";
import { encrypt, parseKeyRing } from "../../../lib/kernel/crypto";
import { randomToken, sha256Hex } from "../../../lib/kernel/ids";
import { localEnv } from "../../../scripts/stack/config";

interface Place {
  clientId: string;
  slug: string;
}

type Act = (email: string | null) => Promise<unknown>;

/** What was decided or given up long ago: an archived mission, an entry taken back, requests, people who left. */
export async function seedSettled(sql: Client, { clientId, slug }: Place): Promise<void> {
  const act: Act = (email) =>
    sql.query(
      `select set_config('request.jwt.claims', case when u.id is null then '' else jsonb_build_object('sub', u.id, 'role', 'authenticated')::text end, true),
              set_config('request.jwt.claim.sub', coalesce(u.id::text, ''), true)
         from (select (select p.user_id from public.people p where p.client_id = $1 and p.email = $2) as id) u`,
      [clientId, email],
    );
  const owner = await sql.query<{ user_id: string }>(
    "select user_id from public.people where client_id = $1 and email = $2 and user_id is not null",
    [clientId, `owner@${slug}.test`],
  );
  if (owner.rowCount === 0) return;
  await act(`owner@${slug}.test`);
  await archiveMission(sql, clientId);
  await leave(sql, clientId, slug);
  await act(null);
  await takeBack(sql, clientId);
  await requests(sql, clientId, slug, act);
}

async function archiveMission(sql: Client, clientId: string): Promise<void> {
  const name = "Spring Clips";
  const known = await sql.query("select from public.loyalty_missions where client_id = $1 and name = $2", [
    clientId,
    name,
  ]);
  if (known.rowCount) return;
  await sql.query(
    `select private.loyalty_step_mission($1, private.loyalty_save_mission($1, null, jsonb_build_object(
              'kind', 'videos', 'name', $2::text, 'target', 12, 'displayOrder', 95, 'rewardId', r.id)), 'archive')
       from public.loyalty_rewards r where r.client_id = $1 and r.offer = 'mission' and r.kind = 'gift_card' order by r.created_at, r.id limit 1`,
    [clientId, name],
  );
}

/** The last one who entered an open raffle thought better of it. */
async function takeBack(sql: Client, clientId: string): Promise<void> {
  await sql.query(
    `update public.loyalty_raffle_entries e set state = 'withdrawn'
       from (select e.id from public.loyalty_raffle_entries e
               join public.loyalty_missions m on m.client_id = e.client_id and m.id = e.mission_id and m.state = 'published' and m.ends_at > now()
               join public.loyalty_creators c on c.client_id = e.client_id and c.id = e.creator_id
               join public.people p on p.client_id = c.client_id and p.id = c.person_id and p.user_id is null
              where e.client_id = $1 and e.state = 'entered' and e.entry_no is null order by e.entered_at desc, e.id limit 1) last
      where e.client_id = $1 and e.id = last.id
        and not exists (select from public.loyalty_raffle_entries w where w.client_id = $1 and w.state = 'withdrawn')`,
    [clientId],
  );
}

/** Someone who worked here and left, with an invitation that nobody used; one that waits, and one that was used. */
async function leave(sql: Client, clientId: string, slug: string): Promise<void> {
  const known = await sql.query("select from public.invitations where client_id = $1 limit 1", [clientId]);
  if (known.rowCount) return;
  await sql.query(
    `with left_us as (
       insert into public.people (client_id, display_name, email) values ($1, 'Tara Lund', 'tara.lund@' || $2 || '.test') returning id
     ), role as (
       insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'support' from left_us
     ), coming as (
       insert into public.people (client_id, display_name, email) values ($1, 'Marlow Finch', 'marlow.finch@' || $2 || '.test') returning id
     )
     insert into public.invitations (client_id, person_id, email, role_id, expires_at, invited_by, created_at, last_sent_at)
     select $1, x.id, x.email, x.role, x.at + interval '7 days', auth.uid(), x.at, x.at
       from (select id, 'tara.lund@' || $2 || '.test' as email, 'support' as role, now() - interval '64 days' as at from left_us
             union all
             select id, 'marlow.finch@' || $2 || '.test', 'manager', now() - interval '2 days' from coming
             union all
             select p.id, p.email, 'support', now() - interval '58 days' from public.people p
              where p.client_id = $1 and p.email = 'support@' || $2 || '.test' and p.user_id is not null) x`,
    [clientId, slug],
  );
  await sql.query(
    `update public.invitations i set state = 'accepted', accepted_at = i.created_at + interval '3 hours', accepted_by = p.user_id
       from public.people p where i.client_id = $1 and i.state = 'pending' and p.client_id = $1 and p.id = i.person_id and p.user_id is not null`,
    [clientId],
  );
  // The one that waits has its link; nobody but the inbox of an invited person ever sees it.
  const token = randomToken();
  const hash = sha256Hex(token);
  const place = { clientId, table: "invitation_secrets", column: "token_envelope", rowId: hash };
  await sql.query(
    `insert into private.invitation_secrets (invitation_id, token_hash, token_envelope)
     select i.id, $2, $3 from public.invitations i join public.people p on p.client_id = i.client_id and p.id = i.person_id
      where i.client_id = $1 and i.state = 'pending' and p.email like 'marlow.finch@%'`,
    [clientId, hash, encrypt(token, place, parseKeyRing(localEnv().ENCRYPTION_KEYS ?? ""))],
  );
  // Leaving takes her invitation with it.
  await sql.query(
    `select private.people_set_state($1, p.id, 'deactivated') from public.people p
      where p.client_id = $1 and p.email = 'tara.lund@' || $2::text || '.test'`,
    [clientId, slug],
  );
}

/** Noor's first requests: one that was refused, hers, and one she took back. */
async function requests(sql: Client, clientId: string, slug: string, act: Act): Promise<void> {
  const known = await sql.query(
    "select from public.loyalty_handle_claims where client_id = $1 and state <> 'pending' limit 1",
    [clientId],
  );
  if (known.rowCount) return;
  const noor = await sql.query(
    "select from public.people where client_id = $1 and email = $2 and user_id is not null",
    [clientId, `creator@${slug}.test`],
  );
  if (noor.rowCount === 0) return;
  // As she asked for them in her first days; what became of each is the work of the functions of the app.
  const ids: string[] = [];
  const ask = async (handle: string, evidence: string, ago: number) => {
    const { rows } = await sql.query<{ id: string }>(
      `insert into public.loyalty_handle_claims (client_id, user_id, person_id, email, claimant_name, handle_key, evidence_text, created_at)
       select $1, p.user_id, p.id, p.email, p.display_name, $3, $4, now() - make_interval(days => $5)
         from public.people p where p.client_id = $1 and p.email = $2 returning id`,
      [clientId, `creator@${slug}.test`, handle, evidence, ago],
    );
    ids.push(rows[0]!.id);
    return rows[0]!.id;
  };
  const decide = async (id: string, approve: boolean, reason: string | null) => {
    await act(`owner@${slug}.test`);
    await sql.query("select private.loyalty_decide_claim($1, $2, $3, $4)", [clientId, id, approve, reason]);
    await act(null);
  };
  const other = await ask("noor.glow", "My page, see the story of today.", 86);
  await decide(other, false, "This is another account. Yours is @noorglows.");
  await decide(await ask("noorglows", "My page, the link in my bio names you.", 85), true, null);
  const live = await ask("noorglows.live", "My second page, for live shows only.", 40);
  await act(`creator@${slug}.test`);
  await sql.query("select private.loyalty_withdraw_claim($1)", [live]);
  await act(null);
  await sql.query(
    "update public.loyalty_handle_claims set decided_at = created_at + interval '5 hours' where client_id = $1 and id = any ($2)",
    [clientId, ids],
  );
  // Told at the time: nobody's news of today.
  await sql.query(
    `delete from private.notification_requests r
      where r.client_id = $1 and r.type = 'loyalty.handle-claim-decided' and (r.data ->> 'claimId')::uuid = any ($2)`,
    [clientId, ids],
  );
}
