import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClaimsWorld, claimsWorld, codeOf } from "./claims-world";

let world: ClaimsWorld;
beforeAll(async () => {
  world = await claimsWorld();
});
afterAll(() => world.db.drop());

let serial = 0;
const fresh = () => world.member(`reader${(serial += 1)}`);
const change = (reward: string, worth: number) =>
  world.db.pool.query("update public.loyalty_rewards set value_amount = $2 where id = $1", [reward, worth]);

describe("a claim that says which terms were shown", () => {
  it("is made of those and refused when an edit has replaced them; nothing is claimed then", async () => {
    const who = await fresh();
    const reward = await world.reward({ value_amount: 5000 });
    await change(reward, 1000);
    expect(await codeOf(world.claimSigned(who, reward, { version: 1 }))).toBe("TERMS_CHANGED");
    expect(await world.redemptions(who, reward)).toEqual([]);
    const claim = await world.claimSigned(who, reward, { version: 2 });
    expect(await world.redemptions(who, reward)).toMatchObject([
      { id: claim.id, state: "claimed", reward_version: 2, terms: { valueAmount: 1000 } },
    ]);
  });

  it("is still the same claim on the second click, although the reward was edited between the two", async () => {
    const who = await fresh();
    const reward = await world.reward({ value_amount: 5000 });
    const first = await world.claimSigned(who, reward, { version: 1 });
    await change(reward, 1000);
    expect(await world.claimSigned(who, reward, { version: 1 })).toMatchObject({
      id: first.id,
      isRepeat: true,
    });
  });

  it("holds for what was earned, too; whoever names no version has what there is", async () => {
    const who = await fresh();
    const reward = await world.reward({ value_amount: 5000 });
    const earned = await world.earn(who, reward);
    await change(reward, 6000);
    expect(await codeOf(world.claimEarned(earned, { version: 1 }))).toBe("TERMS_CHANGED");
    expect(await codeOf(world.claimEarned(earned))).toBe("none");
  });

  it("never fails for what is sent as the version", async () => {
    const who = await fresh();
    const reward = await world.reward({});
    for (const version of ["x", -1, 1.5, [1], { a: 1 }, true, "1\n", 99999999999999])
      expect(await codeOf(world.claimSigned(who, reward, { version }))).toBe("TERMS_CHANGED");
    expect(await codeOf(world.claimSigned(who, reward, { version: null }))).toBe("none");
  });
});
