import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome } from "../../../support/ask";
import { raffleWorld, type RaffleWorld } from "./world";

let world: RaffleWorld;
let crowd: Awaited<ReturnType<RaffleWorld["member"]>>[];
beforeAll(async () => {
  world = await raffleWorld();
  crowd = [];
  for (let at = 0; at < 5; at += 1) crowd.push(await world.member({ name: `draw${at}` }));
});
afterAll(() => world.db.drop());

interface Place {
  rank: number;
  entryNo: number;
  state: string;
  lostBy: string | null;
  lostAt: string | null;
  movedUpFor: number | null;
}
const step = (id: string, name: string, detail: object = {}) =>
  ask<{ state: string }>(world.db, world.owner.userId, "loyalty_step_redemption", {
    p_client: world.clientId,
    p_redemption: id,
    p_step: name,
    p_detail: JSON.stringify(detail),
  });

/** A drawn raffle whose first winner has claimed and was turned down. */
async function turnedDown(alternates = 2) {
  const raffle = await world.raffle({ winners: 1, alternates });
  for (const who of crowd) await world.enter(who, raffle);
  await world.end(raffle);
  await world.seal(raffle);
  await world.draw(raffle);
  const [prize] = await world.prizes(raffle);
  await world.db.pool.query("select private.loyalty_claim_earned($1, $2, '{}', now())", [
    world.clientId,
    prize!.id,
  ]);
  await step(prize!.id, "reject", { reason: "Works for the brand" });
  return { raffle, prize: prize!, entry: prize!.raffle_entry_id };
}
const placesOf = async (raffle: string): Promise<Place[]> =>
  ((await world.read(raffle, crowd[0]!.userId)) as { draw: { places: Place[] } }).draw.places;

describe("the prize of a winner whose claim was rejected", () => {
  it("waits with its alternates, goes to the next with a reason, and the page says how and when", async () => {
    const { raffle, entry } = await turnedDown();
    expect(await world.advance()).toMatchObject({ forfeited: 0, movedUp: 0 });
    expect((await placesOf(raffle)).map(({ state }) => state)).toEqual(["won", "alternate", "alternate"]);
    const [first, second] = (await placesOf(raffle)) as [Place, Place, Place];
    expect(await world.redraw(entry, "Works for the brand")).toEqual({ movedUp: second.entryNo });
    const [lost, won, waits] = await placesOf(raffle);
    expect(lost).toMatchObject({ state: "forfeited", lostBy: "rejected", entryNo: first.entryNo });
    expect(lost?.lostAt).not.toBeNull();
    expect(won).toMatchObject({ state: "won", lostBy: null, movedUpFor: first.entryNo });
    expect(waits).toMatchObject({ state: "alternate", movedUpFor: null });
    expect(JSON.stringify(await world.read(raffle, crowd[0]!.userId))).not.toContain("Works for the brand");
    const audit = await world.one<{ n: number }>(
      `select count(*)::int as n from public.core_audit_log where table_name = 'loyalty_raffle_entries' and row_key = $1
          and after ->> 'redraw_reason' = 'Works for the brand' and after ->> 'moved_up' is not null and actor_user_id = $2`,
      [entry, world.owner.userId],
    );
    expect(audit.n).toBe(1);
    // Once: neither a second redraw nor the night gives it away again.
    expect(await outcome(world.redraw(entry))).toBe("ST001");
    expect(await world.advance()).toMatchObject({ forfeited: 0, movedUp: 0 });
    expect(await world.prizes(raffle)).toHaveLength(2);
  });

  it("cannot be given back to the first once the next has it, and cannot go on once it was", async () => {
    const { raffle, prize, entry } = await turnedDown();
    await step(prize.id, "undo", { from: "rejected" });
    expect(await outcome(world.redraw(entry))).toBe("ST001");
    expect((await placesOf(raffle)).map(({ state }) => state)).toEqual(["won", "alternate", "alternate"]);
    const passed = await turnedDown();
    await world.redraw(passed.entry);
    await expect(step(passed.prize.id, "undo", { from: "rejected" })).rejects.toMatchObject({
      code: "ST001",
      hint: "NOT_AVAILABLE",
    });
  });

  it("taken back and passed on in the same second is one of the two", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { raffle, prize, entry } = await turnedDown();
      const [back, on] = await Promise.allSettled([
        step(prize.id, "undo", { from: "rejected" }),
        world.redraw(entry),
      ]);
      expect([back.status, on.status].sort()).toEqual(["fulfilled", "rejected"]);
      const open = (await world.prizes(raffle)).filter(({ state }) =>
        ["claimed", "claimable"].includes(state),
      );
      expect(open).toHaveLength(1);
    }
  });

  it("not claimed in time goes on by itself, and the page says so", async () => {
    const raffle = await world.raffle({ winners: 1, alternates: 1 });
    for (const who of crowd) await world.enter(who, raffle);
    await world.end(raffle);
    await world.seal(raffle);
    await world.draw(raffle);
    await world.late((await world.prizes(raffle))[0]!.raffle_entry_id);
    await world.advance();
    const [lost, won] = await placesOf(raffle);
    expect(lost).toMatchObject({ lostBy: "not_claimed" });
    expect(won).toMatchObject({ movedUpFor: lost?.entryNo });
  });
});
