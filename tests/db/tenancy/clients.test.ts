import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
});
afterAll(() => db.drop());

const create = (slug: string, zone = "Europe/Berlin") =>
  outcome(
    db.pool.query("select private.create_client($1, 'A business', '{loyalty}', $2, 'EUR', '#336699')", [
      slug,
      zone,
    ]),
  );
const asOwner = (sql: string, values: unknown[] = []) =>
  db.asUser(glow.members.owner.userId, (client) => client.query(sql, values));

describe("a business", () => {
  it("takes an address of its own: no reserved word, no odd spelling, no one else's", async () => {
    expect(await create("fresh-start")).toBe("ok");
    expect(await create("fresh-start")).toMatch(/^23505/);
    for (const word of ["api", "admin", "sign-in", "me", "docs", "portico", "www"])
      expect(await create(word)).toBe("VA001 slug");
    for (const odd of ["UPPER", "a", "-a-b", "a--b", "über", "9lives", "a b", "a/b"])
      expect(await create(odd)).toMatch(/^23514/);
  });

  it("lives in a zone the server can compute with", async () => {
    expect(await create("nowhere", "Mars/Olympus")).toBe("VA001 timeZone");
    expect(await create("posix", "XYZ3")).toBe("VA001 timeZone");
    expect(
      await outcome(asOwner("update public.clients set time_zone = 'Nope/Nope' where id = $1", [glow.id])),
    ).toBe("VA001 timeZone");
    expect(
      await outcome(asOwner("update public.clients set time_zone = 'Europe/Paris' where id = $1", [glow.id])),
    ).toBe("ok");
  });

  it("keeps its address and currency for good", async () => {
    expect(
      await outcome(asOwner("update public.clients set slug = 'other' where id = $1", [glow.id])),
    ).toMatch(/^42501/);
    expect(
      await outcome(db.pool.query("update public.clients set slug = 'other' where id = $1", [glow.id])),
    ).toBe("ST001 slug");
    expect(
      await outcome(db.pool.query("update public.clients set currency = 'JPY' where id = $1", [glow.id])),
    ).toBe("ST001 currency");
  });

  it("changes its name and colour by the hand of who may, and leaves a trace", async () => {
    await db.asUser(
      glow.members.admin.userId,
      (client) =>
        client.query("update public.clients set name = 'Glow Two', brand_color = '#112233' where id = $1", [
          glow.id,
        ]),
      {
        headers: { "x-request-id": "req-colour" },
      },
    );
    const [entry] = await rows(db, "select * from public.core_audit_log where request_id = 'req-colour'");
    expect(entry).toMatchObject({
      client_id: glow.id,
      table_name: "clients",
      row_key: glow.id,
      action: "update",
      after: { name: "Glow Two", brand_color: "#112233" },
      actor_user_id: glow.members.admin.userId,
      actor: "person",
    });
    const manager = await db.asUser(glow.members.manager.userId, (client) =>
      client.query("update public.clients set name = 'Mine' where id = $1", [glow.id]),
    );
    expect(manager.rowCount).toBe(0);
    expect(
      await outcome(asOwner("update public.clients set brand_color = 'red' where id = $1", [glow.id])),
    ).toMatch(/^23514/);
  });
});

describe("a program", () => {
  const permissions = async () =>
    (
      await ask<{ person: { permissions: string[] } }>(db, glow.members.owner.userId, "core_read_context", {
        p_slug: "glow",
      })
    ).person.permissions;
  const tiers = () =>
    db.asUser(
      glow.members.creator.userId,
      async (client) => (await client.query("select from public.loyalty_tiers")).rowCount ?? 0,
    );

  it("has a row for each business, on or off", async () => {
    expect(
      await rows(
        db,
        "select program, is_enabled from public.client_programs where client_id = $1 order by 1",
        [glow.id],
      ),
    ).toEqual(
      ["academy", "care", "clinic", "launch", "loyalty", "portal"].map((program) => ({
        program,
        is_enabled: program === "loyalty",
      })),
    );
  });

  it("that is turned off is gone for everyone on the next request, and back with everything when turned on", async () => {
    const before = await tiers();
    expect(before).toBeGreaterThan(0);
    expect(await permissions()).toContain("loyalty.creators.read");
    await asOwner(
      "update public.client_programs set is_enabled = false where client_id = $1 and program = 'loyalty'",
      [glow.id],
    );
    expect(await tiers()).toBe(0);
    expect((await permissions()).filter((permission) => permission.startsWith("loyalty."))).toEqual([]);
    await asOwner(
      "update public.client_programs set is_enabled = true where client_id = $1 and program = 'loyalty'",
      [glow.id],
    );
    expect(await tiers()).toBe(before);
  });

  it("is turned on and off only by who may change the settings", async () => {
    const done = await db.asUser(glow.members.manager.userId, (client) =>
      client.query("update public.client_programs set is_enabled = false"),
    );
    expect(done.rowCount).toBe(0);
  });
});

describe("the context of a request", () => {
  it("tells a visitor a business's face and nothing of its people", async () => {
    const context = await db.asAnon(
      async (client) =>
        (await client.query("select public.core_read_context('glow') as value")).rows[0]?.value as object,
    );
    expect(Object.keys(context)).toEqual(["client"]);
    expect(
      await db.asAnon(
        async (client) =>
          (await client.query("select public.core_read_context('nobody') as value")).rows[0]?.value as object,
      ),
    ).toEqual({});
  });

  it("tells a person who she is here, and where else she belongs", async () => {
    const tide = await makeBusiness(db, "tide");
    await db.pool.query(
      "insert into public.people (client_id, user_id, claimed_at, display_name) values ($1, $2, now(), 'Also here')",
      [tide.id, glow.members.support.userId],
    );
    const context = await ask<{
      user: { id: string };
      businesses: { slug: string; isStaff: boolean }[];
      person: { roles: string[] };
    }>(db, glow.members.support.userId, "core_read_context", { p_slug: "glow" });
    expect(context.user.id).toBe(glow.members.support.userId);
    expect(context.person.roles).toEqual(["support"]);
    expect(context.businesses.map(({ slug, isStaff }) => [slug, isStaff])).toEqual([
      ["glow", true],
      ["tide", false],
    ]);
  });
});
