import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raffleWorld, recompute, type Person, type RaffleWorld } from "./world";

let world: RaffleWorld;
const members: Person[] = [];

beforeAll(async () => {
  world = await raffleWorld();
  for (let at = 0; at < 12; at += 1) members.push(await world.member());
});
afterAll(() => world.db.drop());

async function ended(
  options: Parameters<RaffleWorld["raffle"]>[0] = {},
  entrants = members,
): Promise<string> {
  const raffle = await world.raffle(options);
  for (const who of entrants) await world.enter(who, raffle);
  await world.end(raffle);
  return raffle;
}
const reader = () => members[0]?.userId ?? "";
const winnersOf = async (raffle: string) =>
  (await world.entries(raffle)).filter(({ state }) => state === "won");

describe("sealing", () => {
  it("waits for the end, then numbers whoever is in, publishes both hashes and tells those who draw", async () => {
    const raffle = await world.raffle({ winners: 2 });
    for (const who of members) await world.enter(who, raffle);
    await world.leave(members[3] as Person, raffle);
    await expect(world.seal(raffle)).rejects.toMatchObject({ code: "ST001" });
    await expect(world.list(raffle, reader())).rejects.toMatchObject({ code: "ST001" });
    await world.end(raffle);
    const draw = await world.seal(raffle);
    expect(await world.seal(raffle)).toBe(draw);
    const numbered = (await world.entries(raffle)).filter(({ entry_no }) => entry_no !== null);
    expect(numbered.map(({ entry_no }) => entry_no)).toEqual(Array.from({ length: 11 }, (_, at) => at + 1));
    expect(numbered.map(({ id }) => id)).toEqual(numbered.map(({ id }) => id).sort());
    const list = await world.list(raffle, reader());
    expect(list).toBe(numbered.map(({ id, entry_no }) => `${entry_no} ${id}\n`).join(""));
    const read = (await world.read(raffle, reader()))["draw"] as Record<string, unknown>;
    expect(read).toMatchObject({
      entriesCount: 11,
      entriesHash: createHash("sha256").update(list).digest("hex"),
      seed: null,
      drawnAt: null,
      places: [],
    });
    expect((await world.notices("loyalty.raffle-ready")).at(-1)?.data).toMatchObject({
      raffleId: raffle,
      entries: 11,
    });
    expect(await world.one("select state from public.loyalty_missions where id = $1", [raffle])).toEqual({
      state: "ended",
    });
  });

  it("keeps the seed from everybody until the draw", async () => {
    const raffle = await ended();
    await world.seal(raffle);
    for (const userId of [world.owner.userId, reader()])
      await expect(
        world.db.asUser(userId, (sql) => sql.query("select seed from private.loyalty_raffle_seeds")),
      ).rejects.toMatchObject({ code: "42501" });
    const { seed, commitment } = await world.one<{ seed: string; commitment: string }>(
      `select s.seed, d.commitment from private.loyalty_raffle_seeds s join public.loyalty_raffle_draws d on d.id = s.draw_id
        where d.mission_id = $1`,
      [raffle],
    );
    expect(seed).toMatch(/^[0-9a-f]{64}$/);
    expect(createHash("sha256").update(seed).digest("hex")).toBe(commitment);
    await world.draw(raffle);
    expect(await world.rows("select from private.loyalty_raffle_seeds s where s.seed = $1", [seed])).toEqual(
      [],
    );
  });

  it("closes the list for good, also to whoever writes to the table", async () => {
    const raffle = await ended({}, members.slice(0, 3));
    await world.seal(raffle);
    const late = members[5] as Person;
    await expect(world.enter(late, raffle)).rejects.toMatchObject({ hint: "RAFFLE_CLOSED" });
    await expect(world.leave(members[0] as Person, raffle)).rejects.toMatchObject({ hint: "RAFFLE_CLOSED" });
    for (const sql of [
      `insert into public.loyalty_raffle_entries (client_id, mission_id, creator_id) values ('${world.clientId}', '${raffle}', '${late.creatorId}')`,
      `update public.loyalty_raffle_entries set state = 'withdrawn' where mission_id = '${raffle}'`,
      `update public.loyalty_raffle_entries set entry_no = entry_no + 10 where mission_id = '${raffle}'`,
    ])
      await expect(world.db.pool.query(sql)).rejects.toMatchObject({ code: "ST003" });
    for (const change of ["winners_count = 9", "ends_at = now() + interval '1 year'", "claim_days = 1"])
      await expect(
        world.db.pool.query(`update public.loyalty_missions set ${change} where id = '${raffle}'`),
      ).rejects.toMatchObject({ code: "ST002" });
    await expect(
      world.db.pool.query("update public.loyalty_missions set state = 'archived' where id = $1", [raffle]),
    ).rejects.toMatchObject({ code: "ST002" });
    await world.draw(raffle);
    await world.db.pool.query("update public.loyalty_missions set state = 'archived' where id = $1", [
      raffle,
    ]);
  });

  it("leaves out who was archived since she entered", async () => {
    const gone = await world.member();
    const raffle = await ended({}, [...members.slice(0, 2), gone]);
    await world.db.pool.query("update public.loyalty_creators set state = 'archived' where id = $1", [
      gone.creatorId,
    ]);
    await world.seal(raffle);
    const entries = await world.entries(raffle);
    expect(entries.find(({ creator_id }) => creator_id === gone.creatorId)).toMatchObject({
      state: "withdrawn",
      entry_no: null,
    });
    expect(entries.filter(({ entry_no }) => entry_no !== null)).toHaveLength(2);
  });

  it("races with those who enter: everybody who was let in has a number", async () => {
    const crowd: Person[] = [];
    for (let at = 0; at < 30; at += 1) crowd.push(await world.member());
    const raffle = await world.raffle();
    await world.db.pool.query(
      "update public.loyalty_missions set ends_at = clock_timestamp() + interval '120 ms' where id = $1",
      [raffle],
    );
    const sealing = (async () => {
      for (;;) {
        const { sealed } = await world.advance();
        if (sealed > 0) return;
      }
    })();
    const tries = await Promise.allSettled(
      crowd.map(async (who, at) => {
        await new Promise((done) => setTimeout(done, at * 8));
        return world.enter(who, raffle);
      }),
    );
    await sealing;
    const entries = await world.entries(raffle);
    expect(tries.some(({ status }) => status === "rejected")).toBe(true);
    expect(entries).toHaveLength(tries.filter(({ status }) => status === "fulfilled").length);
    expect(entries.every(({ entry_no }) => entry_no !== null)).toBe(true);
  });
});

describe("the draw", () => {
  it("is for those who may, and only of a sealed list", async () => {
    const raffle = await ended();
    await expect(world.draw(raffle)).rejects.toMatchObject({ code: "ST001" });
    await world.seal(raffle);
    const support = await world.person("support");
    for (const userId of [reader(), support.userId]) {
      await expect(world.draw(raffle, userId)).rejects.toMatchObject({ code: "PM001" });
      await expect(world.seal(raffle, userId)).rejects.toMatchObject({ code: "PM001" });
    }
    const manager = await world.person("manager");
    expect((await world.draw(raffle, manager.userId)).places).toHaveLength(1);
  });

  it("can be computed again from what is published, and by nobody before", async () => {
    const raffle = await ended({ winners: 3, alternates: 4 });
    await world.seal(raffle);
    const list = await world.list(raffle, reader());
    const result = await world.draw(raffle);
    const again = recompute(list, result.commitment, result.seed ?? "");
    expect(again).toMatchObject({ hash: result.entriesHash, isCommitted: true });
    expect(result.places.map(({ entryNo }) => entryNo)).toEqual(again.order.slice(0, 7));
    expect(result.places.map(({ state }) => state)).toEqual(
      [..."www"].map(() => "won").concat([..."aaaa"].map(() => "alternate")),
    );
    const ranked = await world.entries(raffle);
    expect(ranked.map(({ entry_no }) => entry_no)).toEqual(again.order);
    expect(ranked.slice(7).every(({ state }) => state === "lost")).toBe(true);
    // A different seed gives a different order: the words of the recipe are not empty.
    expect(recompute(list, result.commitment, "0".repeat(64))).not.toMatchObject({ order: again.order });
  });

  it("gives each winner a prize to claim until the end of the last day, and tells her", async () => {
    const raffle = await ended({ winners: 2, alternates: 1, claimDays: 5 });
    await world.seal(raffle);
    await world.draw(raffle);
    const prizes = await world.prizes(raffle);
    expect(prizes.map(({ state, source }) => [state, source])).toEqual([
      ["claimable", "raffle"],
      ["claimable", "raffle"],
    ]);
    const { until } = await world.one<{ until: Date }>(
      "select private.local_instant(private.local_date(now(), 'America/New_York') + 6, '00:00', 'America/New_York') as until",
    );
    expect(prizes[0]?.claim_until).toEqual(until);
    const told = (await world.notices("loyalty.raffle-won")).filter(
      ({ data }) => data["raffleId"] === raffle,
    );
    expect(told).toHaveLength(2);
    expect(await world.notices("loyalty.raffle-moved-up")).toEqual([]);
    // Whoever was not drawn is not written to.
    const people = new Set(told.flatMap((notice) => notice.people));
    expect(people.size).toBe(2);
  });

  it("gives fifty at once the first result, and one set of prizes", async () => {
    const raffle = await ended({ winners: 4, alternates: 2 });
    await world.seal(raffle);
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.draw(raffle)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await world.prizes(raffle)).toHaveLength(4);
    expect(await world.draw(raffle)).toEqual(answers[0]);
  });

  it("stays as it is, whoever tries", async () => {
    const raffle = await ended();
    await world.seal(raffle);
    await world.draw(raffle);
    for (const sql of [
      `update public.loyalty_raffle_draws set seed = repeat('0', 64) where mission_id = '${raffle}'`,
      `update public.loyalty_raffle_entries set draw_rank = draw_rank + 20 where mission_id = '${raffle}'`,
      `update public.loyalty_raffle_draws set seed = null, drawn_at = null, drawn_by = null where mission_id = '${raffle}'`,
    ])
      await expect(world.db.pool.query(sql)).rejects.toMatchObject({ code: "ST003" });
  });

  it("of an empty list has no winner, and of a short one only as many as there are", async () => {
    const empty = await ended({ winners: 2 }, []);
    await world.seal(empty);
    const none = await world.draw(empty);
    expect(none).toMatchObject({ entriesCount: 0, places: [] });
    expect(none.drawnAt).not.toBeNull();
    expect(none.entriesHash).toBe(createHash("sha256").update("").digest("hex"));
    const short = await ended({ winners: 5, alternates: 5 }, members.slice(0, 2));
    await world.seal(short);
    expect((await world.draw(short)).places.map(({ state }) => state)).toEqual(["won", "won"]);
    expect(await world.advance()).toMatchObject({ forfeited: 0 });
  });
});

describe("after the draw", () => {
  it("the next alternate moves up when the time to claim is over, and when nobody is left the place stays empty", async () => {
    const raffle = await ended({ winners: 1, alternates: 1 });
    await world.seal(raffle);
    const first = (await world.draw(raffle)).places;
    expect(await world.advance()).toEqual({ sealed: 0, forfeited: 0, movedUp: 0 });
    const [winner] = await winnersOf(raffle);
    await world.late(winner?.id ?? "");
    expect(await world.advance()).toEqual({ sealed: 0, forfeited: 1, movedUp: 1 });
    expect(await world.advance()).toEqual({ sealed: 0, forfeited: 0, movedUp: 0 });
    const [second] = await winnersOf(raffle);
    expect(second?.entry_no).toBe(first[1]?.entryNo);
    expect((await world.prizes(raffle)).map(({ state }) => state)).toEqual(["expired", "claimable"]);
    expect(await world.notices("loyalty.raffle-moved-up")).toHaveLength(1);
    await world.late(second?.id ?? "");
    expect(await world.advance()).toEqual({ sealed: 0, forfeited: 1, movedUp: 0 });
    expect(await winnersOf(raffle)).toEqual([]);
  });

  it("a prize the nightly run let lapse moves the alternate up as well", async () => {
    const raffle = await ended({ winners: 1, alternates: 1 });
    await world.seal(raffle);
    await world.draw(raffle);
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'expired', expired_at = now() where raffle_entry_id = $1",
      [(await winnersOf(raffle))[0]?.id],
    );
    expect(await world.advance()).toMatchObject({ forfeited: 1, movedUp: 1 });
  });

  it("a prize on hold waits", async () => {
    const raffle = await ended({ winners: 1, alternates: 1 });
    await world.seal(raffle);
    await world.draw(raffle);
    const [winner] = await winnersOf(raffle);
    await world.late(winner?.id ?? "");
    await world.db.pool.query(
      "update public.loyalty_redemptions set is_held = true where raffle_entry_id = $1",
      [winner?.id],
    );
    expect(await world.advance()).toMatchObject({ forfeited: 0 });
    await expect(world.redraw(winner?.id ?? "")).rejects.toMatchObject({ code: "ST001", hint: "ON_HOLD" });
  });

  it("one place can be drawn again with a reason, which is written down", async () => {
    const raffle = await ended({ winners: 2, alternates: 1 });
    await world.seal(raffle);
    const { places } = await world.draw(raffle);
    const [winner, other] = await winnersOf(raffle);
    await expect(world.redraw(winner?.id ?? "", " x ")).rejects.toMatchObject({
      code: "VA001",
      detail: "reason",
    });
    await expect(
      world.call(reader(), "loyalty_redraw_raffle", [winner?.id, "Not allowed to"]),
    ).rejects.toMatchObject({ code: "PM001" });
    expect(await world.redraw(winner?.id ?? "")).toEqual({ movedUp: places[2]?.entryNo });
    const after = await world.entries(raffle);
    expect(after.slice(0, 3).map(({ state }) => state)).toEqual(["forfeited", "won", "won"]);
    expect(after[0]?.redraw_reason).toBe("Moved abroad");
    await expect(world.redraw(winner?.id ?? "")).rejects.toMatchObject({ code: "ST001" });
    // Nobody is left: the place stays empty.
    expect(await world.redraw(other?.id ?? "")).toEqual({ movedUp: null });
    const audit = await world.one<{ n: number }>(
      `select count(*)::int as n from public.core_audit_log where table_name = 'loyalty_raffle_entries' and row_key = $1
          and after ->> 'redraw_reason' = 'Moved abroad' and actor_user_id = $2`,
      [winner?.id, world.owner.userId],
    );
    expect(audit.n).toBe(1);
  });

  it("fifty redraws of one place take one winner's place, once", async () => {
    const raffle = await ended({ winners: 1, alternates: 6 });
    await world.seal(raffle);
    await world.draw(raffle);
    const [winner] = await winnersOf(raffle);
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => world.redraw(winner?.id ?? "")));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await winnersOf(raffle)).toHaveLength(1);
    expect(await world.prizes(raffle)).toHaveLength(2);
  });

  it("two nights at once move one alternate up a place", async () => {
    const raffle = await ended({ winners: 2, alternates: 6 });
    await world.seal(raffle);
    await world.draw(raffle);
    for (const { id } of await winnersOf(raffle)) await world.late(id);
    await Promise.all(Array.from({ length: 10 }, () => world.advance()));
    expect((await world.entries(raffle)).map(({ state }) => state).slice(0, 5)).toEqual([
      "forfeited",
      "forfeited",
      "won",
      "won",
      "alternate",
    ]);
  });
});
