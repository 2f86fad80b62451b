import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;
let tide: Business;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
  tide = await makeBusiness(db, "tide");
});
afterAll(() => db.drop());

const known = async (business: Business, email: string): Promise<string> =>
  (
    await rows<{ id: string }>(
      db,
      "insert into public.people (client_id, display_name, email) values ($1, 'Known', $2) returning id",
      [business.id, email],
    )
  )[0]?.id ?? "";
const claim = (userId: string) =>
  ask<{ slug: string; personId: string }[]>(db, userId, "people_claim_by_email");
const loginOf = async (person: string) =>
  (await rows<{ user_id: string | null }>(db, "select user_id from public.people where id = $1", [person]))[0]
    ?.user_id;

describe("a verified address", () => {
  it("claims the person who carries it, in every business that knows it", async () => {
    const [one, two] = [await known(glow, "noor@mail.test"), await known(tide, "noor@mail.test")];
    const userId = await db.createUser("noor@mail.test");
    const claimed = await claim(userId);
    expect(claimed.map(({ slug, personId }) => [slug, personId]).sort()).toEqual(
      [
        ["glow", one],
        ["tide", two],
      ].sort(),
    );
    expect(await claim(userId)).toEqual([]);
  });

  it("claims nothing before it is verified", async () => {
    const person = await known(glow, "soon@mail.test");
    const userId = await db.createUser("soon@mail.test");
    await db.pool.query("update auth.users set email_confirmed_at = null where id = $1", [userId]);
    expect(await claim(userId)).toEqual([]);
    expect(await loginOf(person)).toBeNull();
    await db.pool.query("update auth.users set email_confirmed_at = now() where id = $1", [userId]);
    expect(await claim(userId)).toHaveLength(1);
  });

  it("takes nobody who already has a login, is deactivated, or carries another address", async () => {
    const person = await known(glow, "other@mail.test");
    const userId = await db.createUser("me@mail.test");
    expect(await claim(userId)).toEqual([]);
    expect(await loginOf(person)).toBeNull();
    const gone = await known(glow, "gone@mail.test");
    await db.pool.query(
      "update public.people set state = 'deactivated', deactivated_at = now() where id = $1",
      [gone],
    );
    expect(await claim(await db.createUser("gone@mail.test"))).toEqual([]);
  });

  it("adds no second person of a business to a login", async () => {
    await db.pool.query("update auth.users set email = 'creator-new@mail.test' where id = $1", [
      glow.members.creator.userId,
    ]);
    const person = await known(glow, "creator-new@mail.test");
    expect(await claim(glow.members.creator.userId)).toEqual([]);
    expect(await loginOf(person)).toBeNull();
  });

  it("is claimed once by a login that asks ten times at the same moment", async () => {
    await known(glow, "fast@mail.test");
    const userId = await db.createUser("fast@mail.test");
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(userId)));
    expect(answers.flat()).toHaveLength(1);
  });

  it("needs somebody signed in", async () => {
    expect(
      await outcome(db.asAnon((client) => client.query("select public.people_claim_by_email()"))),
    ).toMatch(/^42501/);
  });

  it("gives no roles: a claimed person may do what she could before, and nobody raises herself", async () => {
    await known(glow, "plain@mail.test");
    const userId = await db.createUser("plain@mail.test");
    await claim(userId);
    const context = await ask<{ person: { roles: string[]; permissions: string[] } }>(
      db,
      userId,
      "core_read_context",
      { p_slug: "glow" },
    );
    expect(context.person.roles).toEqual([]);
    expect(context.person.permissions).toEqual([]);
  });
});

describe("two people of one address", () => {
  it("cannot both be active in one business, and may be in two", async () => {
    await known(glow, "twice@mail.test");
    expect(await outcome(known(glow, "twice@mail.test"))).toMatch(/^23505/);
    expect(await outcome(known(tide, "twice@mail.test"))).toBe("ok");
  });
});
