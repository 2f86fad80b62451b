import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emailTransitions } from "@/lib/core/email/contract";
import { eventDeliveryTransitions } from "@/lib/core/events/contract";
import { deadJobTransitions } from "@/lib/core/jobs/contract";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

describe("legal steps", () => {
  it.each([
    ["core_dead_jobs", deadJobTransitions],
    ["core_event_deliveries", eventDeliveryTransitions],
    ["core_emails", emailTransitions],
  ] as const)("of %s are the same in the contract and in the database", async (entity, transitions) => {
    const { rows } = await db.pool.query<{ from: string | null; to: string; permission: string | null }>(
      'select from_state as "from", to_state as "to", permission from private.state_transitions where entity = $1',
      [entity],
    );
    const text = (list: readonly { from: string | null; to: string; permission: string | null }[]) =>
      list.map(({ from, to, permission }) => `${from} ${to} ${permission}`).sort();
    expect(text(rows)).toEqual(text(transitions));
  });
});
