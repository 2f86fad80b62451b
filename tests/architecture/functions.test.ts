import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import { argumentsFor, callAs, type Outcome } from "../support/isolation/calls";
import { personas, type Persona } from "../support/isolation/sweep";
import { seedTide, type SeededDatabase } from "../support/seed-tide";
import { anonFunctions, emptyFrames, ownFunctions } from "./allowed";
import { fullName, type Fn } from "./catalogue";

let db: TestDatabase;
let seeded: SeededDatabase;
let everyone: Persona[];
let functions: Fn[];
let ids: Map<string, string>;

beforeAll(async () => {
  db = await freshDatabase();
  seeded = await seedTide(db);
  functions = seeded.catalogue.functions.filter(
    ({ schema, returns }) => schema === "public" && returns !== "trigger",
  );
  const ended = randomUUID();
  await db.pool.query(
    "insert into public.auth_sessions (session_id, user_id, ended_at) values ($1, $2, now())",
    [ended, seeded.glow.members.owner.userId],
  );
  everyone = personas(seeded, ended);
  ids = new Map([seeded.glow, seeded.ebb].map(({ slug, id }) => [slug, id]));
});
afterAll(() => db.drop());

const open = (): Fn[] => functions.filter(({ executors }) => executors.includes("authenticated"));
const ofBusiness = (): Fn[] => open().filter(({ inputs }) => inputs.some(({ name }) => name === "p_client"));
const persona = (name: string): Persona => {
  const found = everyone.find((each) => each.name === name);
  if (!found) throw new Error(name);
  return found;
};

const shut = ["PM001", "PM002", "TN001", "TN002", "42501"];
const nothing: unknown[] = [null, undefined, "", "0", 0, false];
/** No row, or rows that hold no word, no figure and no id. A calendar without figures tells nothing. */
function isEmpty(value: unknown): boolean {
  if (nothing.includes(value) || (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value))) return true;
  return typeof value === "object" && value !== null && Object.values(value).every(isEmpty);
}
/** In a frame of days, yes and no tell about the calendar. */
const bare = (fn: Fn, rows: unknown[]): unknown[] =>
  emptyFrames[fullName(fn)] === undefined
    ? rows
    : (JSON.parse(JSON.stringify(rows).replaceAll("true", "false")) as unknown[]);
const isShut = (fn: Fn, outcome: Outcome): boolean =>
  outcome.code === "" ? isEmpty(bare(fn, outcome.rows)) : shut.includes(outcome.code);
const told = (fn: Fn, outcome: Outcome): string =>
  `${fn.name}: ${outcome.code || JSON.stringify(outcome.rows).slice(0, 120)} ${outcome.message}`;

async function callsOf(name: string, slug: "glow" | "ebb"): Promise<{ fn: Fn; outcome: Outcome }[]> {
  const made: { fn: Fn; outcome: Outcome }[] = [];
  for (const fn of ofBusiness())
    made.push({ fn, outcome: await callAs(db, persona(name), fn, await argumentsFor(db, fn, seeded[slug])) });
  return made;
}

describe("every function of the API, called about a business that is not the caller's", () => {
  for (const name of [
    "owner of tide",
    "creator of tide",
    "stranger",
    "owner of glow with an ended session",
    "gone of glow",
  ]) {
    it(`gives nothing to ${name}, and changes nothing`, async () => {
      const calls = await callsOf(name, "glow");
      expect(calls.length).toBeGreaterThan(10);
      expect(
        calls.filter(({ fn, outcome }) => !isShut(fn, outcome)).map(({ fn, outcome }) => told(fn, outcome)),
      ).toEqual([]);
      expect(
        calls.flatMap(({ fn, outcome }) => (outcome.touched.includes(seeded.glow.id) ? [fn.name] : [])),
      ).toEqual([]);
    });
  }

  it("does not reach another business through its ids while it is called about the caller's own", async () => {
    const leaks: string[] = [];
    for (const fn of ofBusiness()) {
      const given = { ...(await argumentsFor(db, fn, seeded.glow)), p_client: seeded.tide.id };
      const outcome = await callAs(db, persona("owner of tide"), fn, given);
      if (/glowmark/.test(JSON.stringify(outcome.rows))) leaks.push(told(fn, outcome));
      if (outcome.touched.includes(seeded.glow.id)) leaks.push(`${fn.name}: changed rows of glow`);
    }
    expect(leaks).toEqual([]);
  });

  it("is closed to the owner of a business whose program is off", async () => {
    const calls = (await callsOf("owner of ebb", "ebb")).filter(({ fn }) => fn.name.startsWith("loyalty_"));
    expect(
      calls.filter(({ fn, outcome }) => !isShut(fn, outcome)).map(({ fn, outcome }) => told(fn, outcome)),
    ).toEqual([]);
  });

  it("is open to the owner of the business itself: what shut the others out was who they are", async () => {
    const calls = await callsOf("owner of glow", "glow");
    // Past the door anything may follow: a value that does not fit, a state that forbids it. Not a permission, not a broken call.
    const refused = calls.filter(({ outcome }) => !/^$|^(VA|ST|QT|TN001|23)/.test(outcome.code));
    expect(
      refused
        .filter(({ fn }) => ownFunctions[fullName(fn)] === undefined)
        .map(({ fn, outcome }) => told(fn, outcome)),
    ).toEqual([]);
  });
});

describe("functions that name no business", () => {
  it("tell a stranger nothing of anyone's", async () => {
    const leaks: string[] = [];
    for (const fn of open().filter((each) => !ofBusiness().includes(each))) {
      const outcome = await callAs(db, persona("stranger"), fn, await argumentsFor(db, fn, seeded.glow));
      const text = JSON.stringify(outcome.rows);
      if (/(glow|tide|ebb)mark/.test(text)) leaks.push(told(fn, outcome));
      if (outcome.touched.length > 0) leaks.push(`${fn.name}: changed rows of ${outcome.touched.join()}`);
    }
    expect(leaks).toEqual([]);
  });

  it("tell a stranger of a business no more than its sign-in page shows", async () => {
    const { rows } = await db.asUser(seeded.stranger, (client) =>
      client.query("select public.core_read_context('glow') as context"),
    );
    expect(rows[0].context).not.toHaveProperty("person");
    expect(JSON.stringify(rows[0].context)).not.toMatch(/mark/);
  });
});

describe("a visitor", () => {
  it("can call only what is listed", async () => {
    const through: string[] = [];
    for (const fn of functions.filter((each) => anonFunctions[fullName(each)] === undefined)) {
      const outcome = await callAs(db, persona("anon"), fn, await argumentsFor(db, fn, seeded.glow));
      if (outcome.code !== "42501") through.push(told(fn, outcome));
    }
    expect(through).toEqual([]);
  });

  it("learns nothing of people from what is listed", async () => {
    for (const name of Object.keys(anonFunctions).filter((each) => each.startsWith("public."))) {
      const fn = functions.find((each) => fullName(each) === name);
      if (!fn) throw new Error(name);
      const outcome = await callAs(db, persona("anon"), fn, await argumentsFor(db, fn, seeded.glow));
      expect(JSON.stringify(outcome.rows)).not.toMatch(/mark/);
      expect(outcome.touched).toEqual([]);
    }
  });
});

describe("the sweep of functions itself", () => {
  it("catches a definer function that trusts its argument", async () => {
    await db.pool
      .query(`create function private.planted(p_client uuid) returns bigint language sql security definer set search_path = ''
        as 'select count(*) from public.people p where p.client_id = p_client';
      create function public.people_planted(p_client uuid) returns bigint language sql set search_path = '' as 'select private.planted(p_client)';
      grant execute on function private.planted(uuid), public.people_planted(uuid) to authenticated`);
    const fn = {
      schema: "public",
      name: "people_planted",
      inputs: [{ name: "p_client", type: "uuid" }],
    } as Fn;
    const outcome = await callAs(db, persona("owner of tide"), fn, await argumentsFor(db, fn, seeded.glow));
    expect(isShut(fn, outcome)).toBe(false);
  });

  it("sees a change in another business even when the function answers nothing", async () => {
    await db.pool
      .query(`create function private.planted_write(p_client uuid) returns void language sql security definer set search_path = ''
        as 'update public.people set phone = ''00000'' where client_id = p_client';
      grant execute on function private.planted_write(uuid) to authenticated`);
    const fn = {
      schema: "private",
      name: "planted_write",
      inputs: [{ name: "p_client", type: "uuid" }],
    } as Fn;
    const outcome = await callAs(db, persona("owner of tide"), fn, await argumentsFor(db, fn, seeded.glow));
    expect(outcome.touched).toEqual([ids.get("glow")]);
  });
});
