import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import type { Position } from "../support/isolation/businesses";
import { argumentsFor, callAs, type Outcome } from "../support/isolation/calls";
import { functionReach } from "../support/isolation/function-reach";
import { personas, type Persona } from "../support/isolation/sweep";
import { seedTide, type SeededDatabase } from "../support/seed-tide";
import type { Fn } from "./catalogue";

let db: TestDatabase;
let seeded: SeededDatabase;
let everyone: Persona[];
let functions: Fn[];

beforeAll(async () => {
  db = await freshDatabase();
  seeded = await seedTide(db);
  everyone = personas(seeded, randomUUID());
  functions = seeded.catalogue.functions.filter(
    ({ schema, executors, inputs }) =>
      schema === "public" &&
      executors.includes("authenticated") &&
      inputs.some(({ name }) => name === "p_client"),
  );
});
afterAll(() => db.drop());

const positions: Position[] = ["owner", "admin", "manager", "support", "creator", "neighbour"];

async function call(position: Position, fn: Fn, about: Position = "creator"): Promise<Outcome> {
  const persona = everyone.find(({ name }) => name === `${position} of glow`);
  if (!persona) throw new Error(position);
  return callAs(db, persona, fn, await argumentsFor(db, fn, seeded.glow, about));
}
const isRefused = ({ code }: Outcome): boolean => code === "PM001" || code === "42501";

describe("functions inside one business", () => {
  it("are all spoken of", () => {
    expect(Object.keys(functionReach).sort()).toEqual(functions.map(({ name }) => name).sort());
  });

  for (const position of positions) {
    it(`let ${position} past the door where she may, and nowhere else`, async () => {
      const wrong: string[] = [];
      for (const fn of functions) {
        const outcome = await call(position, fn);
        const may = functionReach[fn.name]?.includes(position) ?? false;
        if (isRefused(outcome) === may) wrong.push(`${fn.name}: ${outcome.code} ${outcome.message}`);
      }
      expect(wrong).toEqual([]);
    });
  }

  it("tell a member nothing about another member", async () => {
    const told: string[] = [];
    const named = functions.filter(({ inputs }) =>
      inputs.some(({ name }) => ["p_creator", "p_person"].includes(name)),
    );
    for (const fn of named) {
      const { rows, code, touched } = await call("creator", fn, "neighbour");
      const figures = JSON.stringify(rows).replace(/\d{4}-\d\d-\d\d/g, "");
      const facts = figures.match(/[^"]*glowmark[^"]*|[1-9]\d*/g) ?? [];
      if (code === "" && facts.length > 0) told.push(`${fn.name}: ${facts.join(" ")}`);
      if (touched.length > 0) told.push(`${fn.name}: changed something`);
    }
    expect(named.length).toBeGreaterThan(8);
    expect(told).toEqual([]);
  });

  it("catches a function that forgets to ask for the permission", async () => {
    await db.pool
      .query(`create or replace function private.people_read(p_client uuid, p_person uuid) returns jsonb
      language sql stable security definer set search_path = ''
      as $$ select to_jsonb(p) from public.people p where p.client_id = p_client and p.id = p_person and auth.uid() is not null $$`);
    const fn = functions.find(({ name }) => name === "people_read");
    if (!fn) throw new Error("people_read");
    expect(isRefused(await call("creator", fn))).toBe(false);
    expect(functionReach["people_read"]).not.toContain("creator");
  });
});
