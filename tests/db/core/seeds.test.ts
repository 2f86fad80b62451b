import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoBusinesses, seedBusiness } from "../../../supabase/seed/core";
import { seedLoyalty } from "../../../supabase/seed/loyalty";
import { isTenant, publicTables, readCatalogue } from "../../architecture/catalogue";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let tide: Business;
let glowId: string;

const moment = "lasts as long as a job works on it; the index of one at a time would stop real imports";
const mail = "a mail nobody sent; the first notification of a running app makes real ones";
const file = "a row without its bytes would be a link to nothing; an upload makes both";
/** States of which the demo has no row, and why. */
const notShown: Record<string, string> = {
  "core_dead_jobs.dead": "a job that failed for good is a fault, and the demo has none",
  "core_dead_jobs.retried": "as above",
  "core_emails.bounced": mail,
  "core_emails.delivered": mail,
  "core_emails.failed": mail,
  "core_emails.queued": mail,
  "core_emails.sent": mail,
  "core_event_deliveries.done": "the worker writes deliveries, and there is none while seeding",
  "core_event_deliveries.pending": "as above",
  "core_files.clean": file,
  "core_files.deleted": file,
  "core_files.pending": file,
  "core_files.quarantine": file,
  "core_files.rejected": file,
  "loyalty_sync_runs.counting": moment,
  "loyalty_sync_runs.queued": moment,
  "loyalty_sync_runs.reading": moment,
  "loyalty_sync_runs.saving": moment,
  "loyalty_sync_runs.undoing": moment,
};

/** Rows of each table that holds any, for one business. */
async function counts(clientId: string): Promise<Record<string, number>> {
  const tables = publicTables(await readCatalogue(db.pool)).filter(isTenant);
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await db.pool.query<{ n: number }>(
      `select count(*)::int as n from public.${name} where client_id = $1`,
      [clientId],
    );
    if (rows[0]?.n) found[name] = rows[0].n;
  }
  return found;
}

async function fill(slug: string): Promise<void> {
  const client = await db.pool.connect();
  try {
    await seedLoyalty(client as unknown as Client, slug);
  } finally {
    client.release();
  }
}

beforeAll(async () => {
  db = await freshDatabase();
  tide = await makeBusiness(db, "tide");
  const glow = demoBusinesses.find(({ slug }) => slug === "glow");
  if (!glow) throw new Error("glow");
  const logins = new Map<string, string>();
  for (const { email } of glow.people) logins.set(email, await db.createUser(email));
  const client = await db.pool.connect();
  try {
    glowId = await seedBusiness(client as unknown as Client, glow, logins);
  } finally {
    client.release();
  }
  await fill("glow");
  await fill("tide");
}, 120_000);
afterAll(() => db.drop());

describe("the demo data", () => {
  it("fills two businesses, each with its own rows", async () => {
    const [glow, other] = [await counts(glowId), await counts(tide.id)];
    for (const table of [
      "loyalty_creators",
      "loyalty_videos",
      "loyalty_video_snapshots",
      "loyalty_tiers",
      "loyalty_tier_decisions",
    ]) {
      expect(glow[table], table).toBeGreaterThan(1);
      expect(other[table], table).toBeGreaterThan(1);
    }
  });

  it("shows an owner her business's figures and none of the other's", async () => {
    const seen = await db.asUser(
      tide.members.owner.userId,
      async (client) => (await client.query("select distinct client_id from public.loyalty_videos")).rows,
    );
    expect(seen).toEqual([{ client_id: tide.id }]);
  });

  it("is not a day old at once, however late in the evening it is filled in", async () => {
    const { rows } = await db.pool.query(
      `select n.figures_at > now() - interval '21 hours' as counted, r.saved_at > now() - interval '21 hours' as brought,
              r.finished_at >= r.saved_at as in_order, greatest(n.figures_at, r.saved_at) < now() as is_past
         from public.loyalty_nights n
         join lateral (select x.saved_at, x.finished_at from public.loyalty_sync_runs x
                        where x.client_id = n.client_id and x.state = 'saved' order by x.saved_at desc limit 1) r on true
        where n.client_id = $1`,
      [glowId],
    );
    expect(rows).toEqual([{ counted: true, brought: true, in_order: true, is_past: true }]);
  });

  it("shows every state that lasts, of every state machine, in the Glow demo", async () => {
    const { rows: steps } = await db.pool.query<{ entity: string; state: string; is_tenant: boolean }>(
      `select distinct t.entity, t.to_state as state, a.attname is not null as is_tenant
         from private.state_transitions t
         left join pg_attribute a on a.attrelid = to_regclass('public.' || t.entity) and a.attname = 'client_id' and not a.attisdropped
        order by 1, 2`,
    );
    const missing: string[] = [];
    for (const { entity, state, is_tenant } of steps) {
      const { rows } = is_tenant
        ? await db.pool.query(`select from public.${entity} where client_id = $1 and state = $2 limit 1`, [
            glowId,
            state,
          ])
        : { rows: [] };
      if (rows.length === 0) missing.push(`${entity}.${state}`);
    }
    // A list that only shrinks: whatever the demo has come to show leaves it.
    expect(missing).toEqual(Object.keys(notShown).sort());
    expect(steps.length).toBeGreaterThan(80);
  });

  it.each(["tide", "glow"])("is the same after a second time in %s", async (slug) => {
    const id = slug === "tide" ? tide.id : glowId;
    const before = await counts(id);
    await fill(slug);
    const after = await counts(id);
    for (const log of ["core_audit_log", "core_state_history", "core_events"]) delete before[log];
    for (const log of ["core_audit_log", "core_state_history", "core_events"]) delete after[log];
    expect(after).toEqual(before);
  });
});
