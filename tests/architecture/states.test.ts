import { globSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database";
import { readCatalogue, type Transition } from "./catalogue";
import { root } from "./documents";

interface Step {
  entity?: string;
  from: string | null;
  to: string;
  permission?: string | null;
}

/** Which table the steps of an exported list are about, where the list itself does not say. */
const entities: Record<string, string> = {
  claimTransitions: "loyalty_handle_claims",
  creatorTransitions: "loyalty_creators",
  missionTransitions: "loyalty_missions",
  redemptionTransitions: "loyalty_redemptions",
  roundTransitions: "loyalty_mission_progress",
  runTransitions: "loyalty_sync_runs",
  raffleEntryTransitions: "loyalty_raffle_entries",
};
/** States that only jobs and functions move: no code asks which step is legal. */
const databaseOnly: Record<string, string> = {
  core_dead_jobs: "a dead job is retried, or not",
  core_emails: "the sender and the provider's webhook",
  core_event_deliveries: "pending until it is done",
  core_files: "the checker",
};

let db: TestDatabase;
let rows: Transition[];
let lists: { name: string; steps: Step[] }[];

beforeAll(async () => {
  db = await freshDatabase();
  rows = (await readCatalogue(db.pool)).transitions;
  lists = [];
  for (const file of globSync("lib/**/*.states.ts", { cwd: root })) {
    const module = (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (isSteps(value)) lists.push({ name, steps: value });
    }
  }
});
afterAll(() => db.drop());

const isSteps = (value: unknown): value is Step[] =>
  Array.isArray(value) &&
  value.every((item: unknown) => typeof item === "object" && item !== null && "from" in item && "to" in item);

const line = ({ entity, from, to }: { entity: string; from: string | null; to: string }): string =>
  `${entity}: ${from ?? "(birth)"} → ${to}`;

/** What code and database say differently; both directions. */
function differences(written: typeof lists, stored: Transition[]): string[] {
  const said = written.flatMap(({ name, steps }) =>
    steps.map((step) => ({ ...step, entity: step.entity ?? entities[name] ?? name })),
  );
  const known = new Set(said.map(({ entity }) => entity));
  return [
    ...said
      .filter((step) => !stored.some((row) => line(row) === line(step)))
      .map((step) => `${line(step)} is only in the code`),
    ...said
      .filter((step) => step.permission !== undefined)
      .filter((step) => stored.some((row) => line(row) === line(step) && row.permission !== step.permission))
      .map((step) => `${line(step)} asks for another permission`),
    ...stored
      .filter((row) => databaseOnly[row.entity] === undefined)
      .filter((row) => !said.some((step) => line(step) === line(row)))
      .map(
        (row) =>
          `${line(row)} is only in the database${known.has(row.entity) ? "" : ", and no *.states.ts names it"}`,
      ),
  ];
}

describe("states in code and in the database", () => {
  it("are the same steps", () => {
    expect(differences(lists, rows)).toEqual([]);
  });

  it("catches a step that only the code knows", () => {
    const more = [{ name: "planted", steps: [{ entity: "people", from: "active", to: "gone" }] }];
    expect(differences([...lists, ...more], rows)).toContain("people: active → gone is only in the code");
  });

  it("catches a step that only the database knows", () => {
    const more = { entity: "people", from: "active", to: "gone", permission: null };
    expect(differences(lists, [...rows, more])).toContain("people: active → gone is only in the database");
  });

  it("lists only entities that are there as moved by the database alone", () => {
    expect(Object.keys(databaseOnly).filter((entity) => !rows.some((row) => row.entity === entity))).toEqual(
      [],
    );
  });
});
