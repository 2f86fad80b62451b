import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;
let tide: Business;

interface Listed {
  id: string;
  displayName: string;
  email: string | null;
  state: string;
  roles: { role: string }[];
  invitation: { isExpired: boolean } | null;
}

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
  tide = await makeBusiness(db, "tide");
  // Names that repeat, so that only the id tells them apart; and names with the signs of a pattern.
  await db.pool.query(
    `insert into public.people (client_id, display_name, email)
     select $1, case when n % 3 = 0 then 'Same Name' else 'Person ' || n % 7 end, 'p' || n || '@list.test' from generate_series(1, 60) n`,
    [glow.id],
  );
  await db.pool.query(
    "insert into public.people (client_id, display_name) values ($1, '100% cotton'), ($1, 'under_score'), ($1, 'back\\slash')",
    [glow.id],
  );
});
afterAll(() => db.drop());

const list = (given: Record<string, unknown> = {}) =>
  ask<Listed[]>(db, glow.members.owner.userId, "people_list", { p_client: glow.id, ...given });

describe("the list of people", () => {
  it("pages forward and back over everyone exactly once, in one order, whatever the page size", async () => {
    const everyone = (await list({ p_limit: 1000 })).map(({ id }) => id);
    const stored = await rows<{ id: string }>(
      db,
      "select id from public.people where client_id = $1 order by display_name, id",
      [glow.id],
    );
    expect(everyone).toEqual(stored.map(({ id }) => id));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.boolean(), async (size, backward) => {
        const seen: string[] = [];
        for (let last: Listed | undefined; ;) {
          const page = await list({
            p_limit: size,
            p_backward: backward,
            ...(last ? { p_after_name: last.displayName, p_after_id: last.id } : {}),
          });
          seen.push(...page.map(({ id }) => id));
          last = page.at(-1);
          if (page.length < size) break;
        }
        expect(backward ? seen.toReversed() : seen).toEqual(everyone);
      }),
      { numRuns: 12 },
    );
  });

  it("finds any part of a name or an address, and takes signs as they are", async () => {
    const names = async (search: string) =>
      (await list({ p_search: search, p_limit: 100 })).map(({ displayName }) => displayName);
    expect(await names("SAME n")).toHaveLength(20);
    expect(await list({ p_search: "p42@" })).toHaveLength(1);
    expect(await names("100%")).toEqual(["100% cotton"]);
    expect(await names("r_s")).toEqual(["under_score"]);
    expect(await names("k\\s")).toEqual(["back\\slash"]);
    expect(await names("%")).toEqual(["100% cotton"]);
    expect(await names("nobody at all")).toEqual([]);
    expect(await names("  ")).toHaveLength(71);
  });

  it("narrows by role and by state, and a role that ran out is none", async () => {
    expect((await list({ p_role: "manager" })).map(({ id }) => id).sort()).toEqual(
      [glow.members.manager.personId, glow.members.gone.personId].sort(),
    );
    const lapsed = (await list({ p_search: "lapsed" }))[0];
    expect(lapsed?.roles).toEqual([]);
    expect(await list({ p_state: "deactivated" })).toEqual([]);
  });

  it("never holds anyone of another business, even when asked with another's cursor", async () => {
    const ids = new Set(
      (await rows<{ id: string }>(db, "select id from public.people where client_id = $1", [tide.id])).map(
        ({ id }) => id,
      ),
    );
    const page = await list({ p_after_name: "", p_after_id: tide.members.owner.personId, p_limit: 1000 });
    expect(page.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it("is for those who may see people", async () => {
    for (const position of ["creator", "lapsed"] as const) {
      expect(
        await outcome(ask(db, glow.members[position].userId, "people_list", { p_client: glow.id })),
      ).toMatch(/^PM001/);
    }
    expect(
      await ask<Listed[]>(db, glow.members.support.userId, "people_list", { p_client: glow.id, p_limit: 3 }),
    ).toHaveLength(3);
  });
});

describe("one person", () => {
  it("is shown with roles and invitations to staff, and not found across businesses", async () => {
    const read = (userId: string, person: string) =>
      ask(db, userId, "people_read", { p_client: glow.id, p_person: person });
    expect(await read(glow.members.support.userId, glow.members.creator.personId)).toMatchObject({
      displayName: "glowmark creator",
      state: "active",
      hasLogin: true,
      isSelf: false,
      roles: [{ role: "creator" }],
    });
    expect(await outcome(read(glow.members.owner.userId, tide.members.creator.personId))).toMatch(/^TN001/);
    expect(await outcome(read(tide.members.owner.userId, glow.members.creator.personId))).toMatch(/^TN001/);
    expect(await outcome(read(glow.members.creator.userId, glow.members.neighbour.personId))).toMatch(
      /^PM001/,
    );
  });
});

describe("the audit log's list", () => {
  it("is the owner's alone, pages without gaps, and holds one business", async () => {
    const page = (given: Record<string, unknown> = {}) =>
      ask<{ id: string; createdAt: string }[]>(db, glow.members.owner.userId, "audit_list", {
        p_client: glow.id,
        ...given,
      });
    const stored = await rows<{ id: string }>(
      db,
      "select id from public.core_audit_log where client_id = $1 order by created_at desc, id desc",
      [glow.id],
    );
    const seen: string[] = [];
    for (let last: { id: string; createdAt: string } | undefined; ;) {
      const next = await page({
        p_limit: 25,
        ...(last ? { p_before: last.createdAt, p_before_id: last.id } : {}),
      });
      seen.push(...next.map(({ id }) => id));
      last = next.at(-1);
      if (next.length < 25) break;
    }
    expect(seen).toEqual(stored.map(({ id }) => id));
    for (const position of ["admin", "manager", "support", "creator"] as const) {
      expect(
        await outcome(ask(db, glow.members[position].userId, "audit_list", { p_client: glow.id })),
      ).toMatch(/^PM001/);
    }
  });
});
