import type { Client } from "pg";

/** A rename, an alias, a tier fixed by hand, and two requests for a handle. */
export async function writeHandles(sql: Client, client: string, slug: string): Promise<void> {
  const owner = await sql.query<{ user_id: string }>(
    "select user_id from public.people where client_id = $1 and email = $2 and user_id is not null",
    [client, `owner@${slug}.test`],
  );
  const by = owner.rows[0]?.user_id;
  if (!by) return;
  const as = (user: string) =>
    sql.query(
      "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)",
      [JSON.stringify({ sub: user, role: "authenticated" }), user],
    );
  await as(by);
  await sql.query(
    "select private.loyalty_rename_creator($1, c.id, 'wren.n', true) from public.loyalty_creators c where c.client_id = $1 and c.handle_key = 'wren.nakai'",
    [client],
  );
  await sql.query(
    `select private.loyalty_pin_tier($1, c.id, t.id, 'Brand ambassador until the end of the season')
       from public.loyalty_creators c join public.loyalty_tiers t on t.client_id = c.client_id and t.name = 'Gold' and t.archived_at is null
      where c.client_id = $1 and c.handle_key = 'vera.sews'`,
    [client],
  );
  const mira = await sql.query<{ user_id: string }>(
    "select user_id from public.people where client_id = $1 and email = 'mira@portico.test' and user_id is not null",
    [client],
  );
  if (mira.rows[0]) {
    await as(mira.rows[0].user_id);
    await sql.query(
      "select private.loyalty_claim_handle($1, 'rubyc', 'This is my account, I can post a story with a word you choose.', 'https://www.tiktok.com/@rubyc')",
      [slug],
    );
  }
  await sql.query(
    "select set_config('request.jwt.claims', '', true), set_config('request.jwt.claim.sub', '', true)",
  );
}
