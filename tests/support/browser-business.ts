import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { signUp } from "../../scripts/seed";
import { stackConfig, testEnv } from "../../scripts/stack/config";
import { DEMO_PASSWORD, seedBusiness } from "../../supabase/seed/core";
import { apiUrl, call, databaseUrl, signIn, stackSql, type SignedIn } from "./stack";

export interface OwnBusiness {
  id: string;
  slug: string;
  name: string;
  email: (role: string) => string;
}

/** A business nobody else touches, with a person who signs in for each role: `owner@<slug>.test`. */
export async function ownBusiness(
  people: Record<string, string>,
  programs: string[] = ["loyalty"],
): Promise<OwnBusiness> {
  const slug = `tide-${randomBytes(4).toString("hex")}`;
  const name = `Tide ${slug.slice(5)}`;
  const email = (role: string) => `${role}@${slug}.test`;
  const config = stackConfig(testEnv());
  const roles = Object.keys(people);
  for (const role of roles) await signUp(config, email(role), DEMO_PASSWORD);
  const logins = await stackSql<{ id: string; email: string }>(
    "select id, email from auth.users where email = any ($1)",
    [roles.map(email)],
  );
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const id = await seedBusiness(
      client,
      {
        slug,
        name,
        programs,
        timeZone: "America/New_York",
        currency: "USD",
        brandColor: "#1d6a58",
        people: roles.map((role) => ({ email: email(role), name: people[role] ?? role, roles: [role] })),
      },
      new Map(logins.map((login) => [login.email, login.id])),
    );
    return { id, slug, name, email };
  } finally {
    await client.end();
  }
}

/** Makes the person with this role a creator, as an import does for a handle it has not seen. */
export async function creatorFor(business: OwnBusiness, handle: string, role = "creator"): Promise<string> {
  const [row] = await stackSql<{ id: string }>(
    `insert into public.loyalty_creators (client_id, person_id, handle, joined_on, tier_id)
     select p.client_id, p.id, $3, current_date - 30,
            (select t.id from public.loyalty_tiers t where t.client_id = p.client_id and t.rank = 1 and t.archived_at is null)
       from public.people p where p.client_id = $1 and p.email = $2 returning id`,
    [business.id, business.email(role), handle],
  );
  if (!row) throw new Error(`There is nobody with the role ${role} in ${business.slug}.`);
  return row.id;
}

/** Sends a file the way the browser does and reads it; ends when a person has to decide. */
export async function checkFile(
  owner: SignedIn,
  slug: string,
  csv: string,
  name = "videos.csv",
): Promise<string> {
  const body = Buffer.from(csv, "utf8");
  const ticket = await ok<{ fileId: string; uploadUrl: string; headers?: Record<string, string> }>(
    call(`/api/${slug}/loyalty/imports/uploads`, {
      as: owner,
      body: { name, bytes: body.length, contentType: "text/csv" },
    }),
  );
  const sent = await fetch(new URL(ticket.uploadUrl, apiUrl), {
    method: "PUT",
    headers: { "content-type": "text/csv", ...ticket.headers },
    body,
  });
  if (!sent.ok) throw new Error(`The file was not taken: ${sent.status} ${await sent.text()}`);
  const run = await ok<{ id: string }>(
    call(`/api/${slug}/loyalty/imports`, { as: owner, body: { fileId: ticket.fileId } }),
  );
  await runReaches(owner, slug, run.id, ["checked", "needs_confirmation", "skipped"]);
  return run.id;
}

/** The same, and saves it with every creator it names. */
export async function importFile(owner: SignedIn, slug: string, csv: string, name?: string): Promise<string> {
  const id = await checkFile(owner, slug, csv, name);
  await ok(
    call(`/api/${slug}/loyalty/sync-runs/${id}/save`, {
      as: owner,
      body: { createsCreators: true, confirm: true },
    }),
  );
  await runReaches(owner, slug, id, ["saved"]);
  return id;
}

export async function ownerOf(business: OwnBusiness): Promise<SignedIn> {
  return signIn(business.email("owner"));
}

async function runReaches(owner: SignedIn, slug: string, id: string, states: string[]): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const run = await ok<{ state: string; errorMessage: string | null }>(
      call(`/api/${slug}/loyalty/sync-runs/${id}`, { as: owner }),
    );
    if (states.includes(run.state)) return;
    if (run.state === "failed" || Date.now() > end)
      throw new Error(`The import is ${run.state}, not ${states.join(" or ")}: ${run.errorMessage ?? ""}`);
    await sleep(150);
  }
}

async function ok<T>(answer: ReturnType<typeof call<T>>): Promise<T> {
  const { status, data, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text.slice(0, 300)}`);
  return data;
}
