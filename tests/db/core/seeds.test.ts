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

  it("is the same after a second time", async () => {
    const before = await counts(tide.id);
    await fill("tide");
    const after = await counts(tide.id);
    for (const log of ["core_audit_log", "core_state_history", "core_events"]) delete before[log];
    for (const log of ["core_audit_log", "core_state_history", "core_events"]) delete after[log];
    expect(after).toEqual(before);
  });
});
