import { afterEach, describe, expect, it } from "vitest";
import { type ClaimsWorld, claimsWorld } from "./claims-world";

let world: ClaimsWorld;
afterEach(() => world.db.drop());

describe("what stands between a creator and a reward", () => {
  it("is nothing for a published reward of her tier", async () => {
    world = await claimsWorld();
    const reward = await world.reward({});
    expect(await world.standing(world.noor, reward)).toMatchObject({
      status: "available",
      code: null,
      used: 0,
      quantity: 1,
      window_key: "ever",
    });
  });
});
