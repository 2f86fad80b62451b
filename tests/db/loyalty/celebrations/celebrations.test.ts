import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raffleWorld, type Person, type RaffleWorld } from "../raffles/world";

interface Celebration {
  id: string;
  what: "risen" | "fulfilled" | "won";
  name: string;
}

let world: RaffleWorld;
let noor: Person;
let lena: Person;

beforeAll(async () => {
  world = await raffleWorld();
  noor = await world.member({ name: "noor" });
  lena = await world.member({ name: "lena" });
});
afterAll(() => world.db.drop());

const read = (who: Person, about = who) =>
  world.call<Celebration[]>(who.userId, "loyalty_read_celebrations", [about.creatorId]);
const acknowledge = (who: Person, ids: string[]) =>
  world.call<number>(who.userId, "loyalty_acknowledge_celebrations", [ids]);

/** A claim of hers that the business has fulfilled. */
async function fulfilled(who: Person, name: string): Promise<string> {
  const { id } = await world.one<{ id: string }>(
    `insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, state, claimed_at, terms, reward_version, tier_id)
     select $1, $2, r.id, r.kind, 'claimed', now() - interval '1 day', jsonb_build_object('name', $3::text), 1, c.tier_id
       from public.loyalty_rewards r, public.loyalty_creators c where r.id = $4 and c.id = $2 returning id`,
    [world.clientId, who.creatorId, name, world.prizeId],
  );
  await world.db.pool.query(
    "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = now() where id = $1",
    [id],
  );
  // The next claim of the same reward is another one.
  await world.db.pool.query(
    "update public.loyalty_redemptions set state = 'concluded', concluded_at = now() where id = $1",
    [id],
  );
  return id;
}

const tierName = async (rank: number) =>
  (
    await world.one<{ name: string }>(
      "select name from public.loyalty_tiers where client_id = $1 and rank = $2 and archived_at is null",
      [world.clientId, rank],
    )
  ).name;
const decide = (who: Person, rule: string, rank: number) =>
  world.db.pool.query(
    `select private.loyalty_decide_by_hand($1, $2, $3, t.id, null) from public.loyalty_tiers t
      where t.client_id = $1 and t.rank = $4 and t.archived_at is null`,
    [world.clientId, who.creatorId, rule, rank],
  );

describe("celebrations", () => {
  it("name what was fulfilled until she acknowledges it, and are never shown again", async () => {
    const [first, second] = [await fulfilled(noor, "Ring light"), await fulfilled(noor, "Gift card")];
    for (let times = 0; times < 3; times += 1)
      expect((await read(noor)).map(({ name }) => name).sort()).toEqual(["Gift card", "Ring light"]);
    expect(await acknowledge(noor, [first])).toBe(1);
    expect((await read(noor)).map(({ id }) => id)).toEqual([second]);
    expect(await acknowledge(noor, [first, second])).toBe(1);
    expect(await acknowledge(noor, [first, second])).toBe(0);
    expect(await read(noor)).toEqual([]);
  });

  it("are hers alone: another creator neither reads them nor takes them away", async () => {
    const id = await fulfilled(noor, "Tripod");
    expect(await read(lena, noor)).toEqual([]);
    expect(await acknowledge(lena, [id])).toBe(0);
    expect((await read(noor)).map((item) => item.id)).toEqual([id]);
    await expect(
      world.call(world.owner.userId, "loyalty_acknowledge_celebrations", [[id]]),
    ).rejects.toMatchObject({
      code: "TN001",
    });
    await acknowledge(noor, [id]);
  });

  it("tell of a raffle that was won, and not of one that was lost", async () => {
    const raffle = await world.raffle({ winners: 1 });
    await world.enter(noor, raffle);
    await world.enter(lena, raffle);
    await world.end(raffle);
    await world.seal(raffle);
    expect([...(await read(noor)), ...(await read(lena))]).toEqual([]);
    await world.draw(raffle);
    const [winner] = (await world.entries(raffle)).filter(({ state }) => state === "won");
    const [won, lost] = winner?.creator_id === noor.creatorId ? [noor, lena] : [lena, noor];
    expect(await read(won)).toMatchObject([
      { id: winner?.id, what: "won", name: "Autumn raffle", raffleId: raffle },
    ]);
    expect(await read(lost)).toEqual([]);
    expect(await acknowledge(won, [winner?.id ?? ""])).toBe(1);
    expect(await read(won)).toEqual([]);
  });

  it("are counted once, however many tabs say so at the same moment", async () => {
    const id = await fulfilled(noor, "Once");
    const counts = await Promise.all(Array.from({ length: 20 }, () => acknowledge(noor, [id])));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it("begin with the tier she rose to, until she has seen it", async () => {
    const maya = await world.member({ name: "maya" });
    await fulfilled(maya, "Soft box");
    await decide(maya, "promotion", 2);
    await decide(maya, "promotion", 3);
    await fulfilled(maya, "Backdrop");
    const [risen, ...rest] = await read(maya);
    expect(risen).toMatchObject({ what: "risen", kind: "tier", name: await tierName(3) });
    expect(rest.map(({ name }) => name).sort()).toEqual(["Backdrop", "Soft box"]);
    expect(await read(lena, maya)).toEqual([]);
    expect(await acknowledge(lena, [risen?.id ?? ""])).toBe(0);
    expect(await acknowledge(maya, [risen?.id ?? ""])).toBe(1);
    expect((await read(maya)).map(({ what }) => what)).toEqual(["fulfilled", "fulfilled"]);
  });

  it("tell of no tier she has lost again, fell to, began in, or rose to long ago", async () => {
    const zoe = await world.member({ name: "zoe" });
    await decide(zoe, "entry", 1);
    expect(await read(zoe)).toEqual([]);
    await decide(zoe, "promotion", 3);
    await decide(zoe, "demotion", 2);
    expect(await read(zoe)).toEqual([]);
    await decide(zoe, "pinned", 3);
    expect(await read(zoe)).toMatchObject([{ what: "risen" }]);
    await world.db.pool.query(
      "update public.loyalty_tier_decisions set created_at = now() - interval '61 days' where creator_id = $1",
      [zoe.creatorId],
    );
    expect(await read(zoe)).toEqual([]);
  });
});
