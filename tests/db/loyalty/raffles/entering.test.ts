import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raffleWorld, type Person, type RaffleWorld } from "./world";

let world: RaffleWorld;
let noor: Person;
let lena: Person;

beforeAll(async () => {
  world = await raffleWorld();
  noor = await world.member({ name: "noor" });
  lena = await world.member({ name: "lena" });
});
afterAll(() => world.db.drop());

const history = async (entry: string) =>
  (
    await world.rows<{ step: string }>(
      `select coalesce(from_state, 'birth') || ' → ' || to_state as step from public.core_state_history
        where entity = 'loyalty_raffle_entries' and row_id = $1 order by created_at`,
      [entry],
    )
  ).map(({ step }) => step);

describe("entering a raffle", () => {
  it("makes one entry, however often it is pressed, and says the same each time", async () => {
    const raffle = await world.raffle();
    const first = await world.enter(noor, raffle);
    expect(first).toMatchObject({ state: "entered", entryNo: null });
    expect(await world.enter(noor, raffle)).toEqual(first);
    expect(await world.entries(raffle)).toHaveLength(1);
  });

  it("makes one entry of fifty at the same moment, with one line of history", async () => {
    const raffle = await world.raffle();
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.enter(noor, raffle)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await world.entries(raffle)).toHaveLength(1);
    const { n } = await world.one<{ n: number }>(
      `select count(*)::int as n from public.core_state_history h where h.entity = 'loyalty_raffle_entries'
          and h.row_id not in (select id from public.loyalty_raffle_entries)`,
    );
    expect(n).toBe(0);
    expect(await history(answers[0]?.id ?? "")).toEqual(["birth → entered"]);
  });

  it("can be undone and done again while it is open, in the same entry", async () => {
    const raffle = await world.raffle();
    const { id } = await world.enter(noor, raffle);
    expect(await world.leave(noor, raffle)).toMatchObject({ state: "withdrawn" });
    expect(await world.leave(noor, raffle)).toMatchObject({ state: "withdrawn" });
    expect(await world.enter(noor, raffle)).toMatchObject({ id, state: "entered" });
    expect(await history(id)).toEqual(["birth → entered", "entered → withdrawn", "withdrawn → entered"]);
  });

  it("is refused before it is published, while it is paused, and after its end by the database's clock", async () => {
    const draft = await world.raffle({ state: "draft" });
    await expect(world.enter(noor, draft)).rejects.toMatchObject({ code: "TN001" });
    const raffle = await world.raffle();
    await world.db.pool.query("update public.loyalty_missions set state = 'paused' where id = $1", [raffle]);
    await expect(world.enter(noor, raffle)).rejects.toMatchObject({ code: "ST001", hint: "NOT_AVAILABLE" });
    await world.db.pool.query("update public.loyalty_missions set state = 'published' where id = $1", [
      raffle,
    ]);
    await world.enter(noor, raffle);
    await world.end(raffle);
    await expect(world.enter(lena, raffle)).rejects.toMatchObject({ code: "ST001", hint: "RAFFLE_CLOSED" });
    // Nor can she leave any more; her own entry is still answered with.
    await expect(world.leave(noor, raffle)).rejects.toMatchObject({ code: "ST001", hint: "RAFFLE_CLOSED" });
    expect(await world.enter(noor, raffle)).toMatchObject({ state: "entered" });
  });

  it("is refused to who is archived, whose videos were never seen, and who is of another tier or group", async () => {
    const raffle = await world.raffle();
    const unseen = await world.member({ isSeen: false });
    await expect(world.enter(unseen, raffle)).rejects.toMatchObject({
      code: "ST001",
      hint: "NOT_RECOGNISED",
    });
    const gone = await world.member();
    await world.db.pool.query("update public.loyalty_creators set state = 'archived' where id = $1", [
      gone.creatorId,
    ]);
    await expect(world.enter(gone, raffle)).rejects.toMatchObject({ code: "ST001", hint: "ARCHIVED" });
    const [bronze, silver] = await world.rows<{ id: string }>(
      "select id from public.loyalty_tiers where client_id = $1 order by rank",
      [world.clientId],
    );
    const forSilver = await world.raffle({ tierId: silver?.id ?? "" });
    await expect(world.enter(noor, forSilver)).rejects.toMatchObject({ code: "TN001" });
    await world.db.pool.query("update public.loyalty_missions set preview_from_tier_id = $2 where id = $1", [
      forSilver,
      bronze?.id,
    ]);
    await expect(world.enter(noor, forSilver)).rejects.toMatchObject({
      code: "ST001",
      hint: "TIER_INELIGIBLE",
    });
    const tagged = await world.raffle({ tag: "beauty" });
    await expect(world.enter(noor, tagged)).rejects.toMatchObject({ code: "TN001" });
    await world.db.pool.query(
      "insert into public.loyalty_creator_tags (client_id, creator_id, tag) values ($1, $2, 'beauty')",
      [world.clientId, noor.creatorId],
    );
    expect(await world.enter(noor, tagged)).toMatchObject({ state: "entered" });
  });

  it("is for creators of this business: not for its staff, and not about another business's raffle", async () => {
    const raffle = await world.raffle();
    await expect(world.call(world.owner.userId, "loyalty_enter_raffle", [raffle])).rejects.toMatchObject({
      code: "TN001",
    });
    await expect(world.leave(lena, raffle)).rejects.toMatchObject({ code: "TN001" });
    const { id: other } = await world.one<{ id: string }>(
      "select private.create_client('ebb', 'Ebb', '{loyalty}', 'UTC', 'USD', '#226688') as id",
    );
    await expect(
      world.db.asUser(noor.userId, (sql) =>
        sql.query("select public.loyalty_enter_raffle($1, $2)", [other, raffle]),
      ),
    ).rejects.toMatchObject({ code: "TN001" });
  });

  it("puts its sealing on the queue for the moment it ends", async () => {
    const raffle = await world.raffle();
    const { run_at, ends_at } = await world.one<{ run_at: Date; ends_at: Date }>(
      `select j.run_at, m.ends_at from graphile_worker.jobs j, public.loyalty_missions m
        where m.id = $1 and j.key = 'loyalty.raffle:' || m.id`,
      [raffle],
    );
    expect(run_at).toEqual(ends_at);
  });
});
