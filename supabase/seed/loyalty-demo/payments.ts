import type { Client } from "pg";
import type { Ending } from "./boosts";

/** Batches as the owner makes them: settled, on its way with a payment that came back, approved, being checked, given up. */
export async function pay(
  sql: Client,
  clientId: string,
  slug: string,
  handles: (...wanted: Ending[]) => string[],
): Promise<void> {
  const { rows } = await sql.query<{ user_id: string }>(
    "select user_id from public.people where client_id = $1 and email = $2 and user_id is not null",
    [clientId, `owner@${slug}.test`],
  );
  const owner = rows[0]?.user_id;
  if (owner === undefined) return;
  const as = (claims: string, sub: string) =>
    sql.query(
      "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)",
      [claims, sub],
    );
  await as(JSON.stringify({ sub: owner, role: "authenticated" }), owner);
  const batch = async (wanted: string[]) => {
    const made = await sql.query<{ id: string }>(
      `select private.loyalty_make_batch($1, 'paypal', array(
         select c.id from public.loyalty_creators c where c.client_id = $1 and c.handle_key = any ($2))) as id`,
      [clientId, wanted],
    );
    return made.rows[0]!.id;
  };
  const step = (id: string, name: string) =>
    sql.query("select private.loyalty_step_batch($1, $2, $3)", [clientId, id, name]);
  const settled = await batch(handles("paid", "clawed"));
  for (const name of ["approve", "send"]) await step(settled, name);
  await sql.query("select private.loyalty_step_payments($1, $2, null, 'paid', 'PP-2041', null)", [
    clientId,
    settled,
  ]);
  const onItsWay = await batch(handles("sent", "failed"));
  for (const name of ["approve", "send"]) await step(onItsWay, name);
  await sql.query(
    `select private.loyalty_step_payments($1, $2, array(
       select m.id from public.loyalty_payments m join public.loyalty_creators c on c.id = m.creator_id
        where m.batch_id = $2 and c.handle_key = any ($3)), 'failed', null, 'PayPal does not know this address.')`,
    [clientId, onItsWay, handles("failed")],
  );
  // Given up: what was in it waits for the next one.
  await step(await batch(handles("dropped")), "cancel");
  await step(await batch(handles("approved")), "approve");
  await batch(handles("drafted"));
  await sql.query(
    `select private.loyalty_claw_back_payout($1, p.id, p.amount / 4, 'Part of the order was returned after it was paid.')
       from public.loyalty_payouts p join public.loyalty_creators c on c.id = p.creator_id
      where p.client_id = $1 and c.handle_key = any ($2)`,
    [clientId, handles("clawed")],
  );
  // All of it, before it was paid: the two lines cancel each other out.
  await sql.query(
    `select private.loyalty_claw_back_payout($1, p.id, p.amount, 'Every order of these days was returned.')
       from public.loyalty_payouts p join public.loyalty_creators c on c.id = p.creator_id
      where p.client_id = $1 and c.handle_key = any ($2)`,
    [clientId, handles("netted")],
  );
  await as("", "");
}
