import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loyaltyWorld } from "./world";

let world: Awaited<ReturnType<typeof loyaltyWorld>>;
let noor: string;
let withoutLogin: string;

const night = (day: string) =>
  world.one("select private.loyalty_run_stages($1, $2, null)", [world.clientId, day]);
const told = async () =>
  (
    await world.db.pool.query<{ creator: string; to: string; rise: boolean }>(
      `select c.id as creator, n.data ->> 'toTier' as to, (n.data ->> 'isRise')::boolean as rise
         from private.notification_requests n join public.loyalty_creators c on c.person_id = any (n.people)
        where n.type = 'loyalty.tier-changed' order by n.created_at, n.id`,
    )
  ).rows;

beforeAll(async () => {
  world = await loyaltyWorld();
  noor = await world.creator("noor", "2026-05-01");
  withoutLogin = await world.creator("mina", "2026-05-01");
  const userId = await world.db.createUser("noor@tide.test");
  await world.db.pool.query(
    `update public.people p set user_id = $2, claimed_at = now() from public.loyalty_creators c
      where c.id = $1 and p.id = c.person_id`,
    [noor, userId],
  );
  await night("2026-05-31");
});
afterAll(() => world.db.drop());

describe("a night that moves a creator to another tier", () => {
  it("tells her once, however often it runs; who has no login is not told", async () => {
    expect(await told()).toEqual([]);
    await world.sell(noor, "2026-06-01", 160_000);
    await world.sell(withoutLogin, "2026-06-01", 160_000, "v2");
    await night("2026-06-01");
    await night("2026-06-01");
    await night("2026-06-02");
    expect(await told()).toEqual([{ creator: noor, to: "Silver", rise: true }]);
  });
});
