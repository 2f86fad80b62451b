import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "../../../support/ask";
import { missionsWorld, type MissionsWorld } from "./missions-world";

let world: MissionsWorld;
beforeEach(async () => {
  world = await missionsWorld();
});
afterEach(() => world.db.drop());

let number = 0;
/** A mission of one video's sales whose reward has a stock, and creators who are at it. */
async function stocked(stock: number, people: number, patch: Record<string, unknown> = {}) {
  number += 1;
  const reward = await world.reward({ name: `Tote ${number}` });
  await limit(reward, stock);
  const mission = await world.mission(`Sprint ${number}`, "2026-11-01", {
    reward_id: reward,
    ...patch,
  });
  const crowd: string[] = [];
  for (let at = 0; at < people; at += 1) {
    const id = await world.seen(`r${number}x${at}`, "2026-10-01");
    crowd.push(id);
  }
  return { reward, mission, crowd };
}
const limit = (reward: string, stock: number | null, cost = 100) =>
  world.db.pool.query(
    "update public.loyalty_reward_limits set stock_total = $2, unit_cost = $3 where reward_id = $1",
    [reward, stock, cost],
  );
const limits = (reward: string) =>
  world.one<{ reserved: number; committed: number; amount: number }>(
    `select reserved_count as reserved, committed_count as committed, reserved_amount::int as amount
       from public.loyalty_reward_limits where reward_id = $1`,
    [reward],
  );
const earned = async (reward: string) =>
  (
    await world.db.pool.query<{
      id: string;
      creator_id: string;
      why: string | null;
      reserved: boolean;
      state: string;
    }>(
      `select id, creator_id, withdrawn_reason as why, is_reserved as reserved, state from public.loyalty_redemptions
        where reward_id = $1 order by is_reserved desc, creator_id`,
      [reward],
    )
  ).rows;
const reserve = () => world.db.pool.query("select private.loyalty_reserve_earned($1)", [world.clientId]);
const claim = (id: string) =>
  world.db.pool.query("select private.loyalty_claim_earned($1, $2, '{}', now())", [world.clientId, id]);
const sellAll = async (crowd: string[], day: string) => {
  for (const [at, id] of crowd.entries()) await world.sell(id, day, 20000, `${id.slice(0, 8)}-${day}-${at}`);
};
const warned = async (reward: string) =>
  (
    await world.db.pool.query<{ waiting: number }>(
      `select (data ->> 'waiting')::int as waiting from private.notification_requests
        where type = 'loyalty.mission-reward-out' and data ->> 'rewardId' = $1`,
      [reward],
    )
  ).rows;

describe("a mission's reward with a stock", () => {
  it("is set aside when the mission is completed, and never found gone by whoever it was set aside for", async () => {
    const { reward, mission, crowd } = await stocked(2, 3);
    await world.live("2026-11-02");
    await sellAll(crowd.slice(0, 2), "2026-11-03");
    await world.live("2026-11-03");
    expect((await earned(reward)).map(({ why, reserved }) => [why, reserved])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect(await limits(reward)).toEqual({ reserved: 2, committed: 0, amount: 200 });
    expect((await warned(reward)).length).toBe(1);
    // The third, a night later, waits; a dearer piece takes nothing from what was set aside.
    await limit(reward, 2, 5000);
    await sellAll(crowd.slice(2), "2026-11-04");
    await world.live("2026-11-04");
    const [first, second, third] = await earned(reward);
    expect(third).toMatchObject({ why: "waiting_for_stock", reserved: false });
    const { told: listed } = await world.one<{ told: unknown }>(
      "select private.loyalty_mission_rows($1, array[$2]::uuid[]) -> 0 -> 'waiting' as told",
      [world.clientId, mission],
    );
    expect(listed).toBe(1);
    const todo = await world.db.pool.query(
      `select w.title, w.detail -> 'waiting' as waiting, w.due_at > now() as is_ahead
         from private.loyalty_open_work($1, now()) w where w.kind = 'reward_out' and w.id = $2`,
      [world.clientId, reward],
    );
    expect(todo.rows).toEqual([{ title: `Tote ${number}`, waiting: 1, is_ahead: true }]);
    expect(await outcome(claim(third!.id))).toBe("QT002");
    await claim(first!.id);
    await claim(second!.id);
    expect(await limits(reward)).toEqual({ reserved: 2, committed: 0, amount: 200 });
    // Another night changes nothing.
    await world.live("2026-11-04");
    expect(await limits(reward)).toEqual({ reserved: 2, committed: 0, amount: 200 });
    // A piece comes back, and goes to whoever waits; she is told then, and not before.
    const told = async () =>
      (
        await world.db.pool.query(
          `select from private.notification_requests q join public.loyalty_creators c on c.person_id = any (q.people)
            where q.type = 'loyalty.mission-completed' and c.id = $1`,
          [third!.creator_id],
        )
      ).rowCount;
    const before = await told();
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = now(), rejection_reason = 'No address' where id = $1",
      [first!.id],
    );
    await world.db.pool.query("select private.loyalty_tick_fulfilment()");
    expect((await earned(reward)).find(({ id }) => id === third!.id)).toMatchObject({
      why: null,
      reserved: true,
    });
    expect(before).toBe(0);
    await claim(third!.id);
  });

  it("takes nobody new once it is given out, says so on her page, and begins again with more", async () => {
    const { reward, mission, crowd } = await stocked(1, 1);
    await world.live("2026-11-05");
    await sellAll(crowd, "2026-11-06");
    await world.live("2026-11-06");
    const late = await world.seen(`late${number}`, "2026-10-01");
    await world.live("2026-11-07");
    expect(await world.states(late)).toEqual([]);
    const seen = await world.one<{ status: string; left: number }>(
      `select x.status, private.loyalty_pieces_left($1, $3) as left from private.loyalty_my_mission_rows($1, $2) x where x.mission_id = $4`,
      [world.clientId, late, reward, mission],
    );
    expect(seen).toEqual({ status: "next_up", left: 0 });
    // The owner's list says it as well: none left, and later who waits.
    const row = async () =>
      (
        await world.one<{ row: { left: number; waiting: number } }>(
          "select private.loyalty_mission_rows($1, array[$2]::uuid[]) -> 0 as row",
          [world.clientId, mission],
        )
      ).row;
    expect(await row()).toMatchObject({ left: 0, waiting: 0 });
    await limit(reward, 5);
    await world.live("2026-11-08");
    expect(await world.states(late)).toEqual([`Sprint ${number} 1 active`]);
  });

  it("goes back when the file that earned it is taken back, or when it was not claimed in time", async () => {
    const { reward, crowd } = await stocked(1, 1);
    await world.live("2026-11-08");
    await sellAll(crowd, "2026-11-09");
    await world.live("2026-11-09");
    const [row] = await earned(reward);
    await world.db.pool.query(
      "update public.loyalty_redemptions set withdrawn_at = now(), withdrawn_reason = 'figures_undone' where id = $1",
      [row!.id],
    );
    expect(await limits(reward)).toEqual({ reserved: 0, committed: 0, amount: 0 });
    await world.db.pool.query(
      "update public.loyalty_redemptions set withdrawn_at = now(), withdrawn_reason = 'waiting_for_stock' where id = $1",
      [row!.id],
    );
    await reserve();
    expect(await limits(reward)).toMatchObject({ reserved: 1 });
    await world.db.pool.query(
      "update public.loyalty_redemptions set state = 'expired', expired_at = now() where id = $1",
      [row!.id],
    );
    expect(await limits(reward)).toMatchObject({ reserved: 0 });
  });

  it("that got its stock later honours what was promised before", async () => {
    const { reward, crowd } = await stocked(1, 2);
    await limit(reward, null);
    await world.live("2026-11-10");
    await sellAll(crowd, "2026-11-11");
    await world.live("2026-11-11");
    expect((await earned(reward)).map(({ why, reserved }) => [why, reserved])).toEqual([
      [null, false],
      [null, false],
    ]);
    await limit(reward, 2);
    await reserve();
    expect(await limits(reward)).toMatchObject({ reserved: 2 });
  });

  it("cannot be published with none left, nor raffled to more winners than there are", async () => {
    const reward = await world.reward({ name: "Bag" });
    await limit(reward, 1);
    const check = (patch: Record<string, unknown>) =>
      world
        .mission(`Check ${(number += 1)}`, null, { reward_id: reward, ...patch })
        .then((id) =>
          outcome(
            world.db.pool.query(
              "select private.loyalty_publish_checks(m) from public.loyalty_missions m where m.id = $1",
              [id],
            ),
          ),
        );
    const raffle = { kind: "raffle", target: 0, ends_at: new Date(Date.now() + 86_400_000), claim_days: 7 };
    expect(await check({ ...raffle, winners_count: 2 })).toBe("VA001 rewardId");
    expect(await check({ ...raffle, winners_count: 1 })).toBe("ok");
    await limit(reward, 0);
    expect(await check({})).toBe("VA001 rewardId");
  });
});

describe("fifty connections", () => {
  it("set ten pieces aside once each, and every one that was set aside is claimed", async () => {
    const { reward, crowd } = await stocked(10, 50);
    await world.live("2026-11-12");
    await sellAll(crowd, "2026-11-13");
    await world.progress("2026-11-13");
    expect((await earned(reward)).every(({ why }) => why === "waiting_for_stock")).toBe(true);
    await Promise.all(Array.from({ length: 50 }, () => reserve()));
    const mine = (await earned(reward)).filter(({ reserved }) => reserved);
    expect(mine).toHaveLength(10);
    expect(await limits(reward)).toEqual({ reserved: 10, committed: 0, amount: 1000 });
    const answers = await Promise.all((await earned(reward)).map(({ id }) => outcome(claim(id))));
    expect(answers.filter((answer) => answer === "ok")).toHaveLength(10);
    expect(answers.filter((answer) => answer === "QT002")).toHaveLength(40);
    expect(await limits(reward)).toEqual({ reserved: 10, committed: 0, amount: 1000 });
    // While claims, ticks and a raised stock meet, nobody who was given one finds it gone.
    await limit(reward, 30);
    await Promise.all(Array.from({ length: 25 }, () => reserve()));
    const given = (await earned(reward)).filter(({ reserved }) => reserved);
    expect(given).toHaveLength(20);
    const late = await Promise.all([
      ...given.map(({ id }) => outcome(claim(id))),
      ...Array.from({ length: 30 }, () => outcome(reserve())),
    ]);
    expect(new Set(late)).toEqual(new Set(["ok"]));
    expect(await limits(reward)).toEqual({ reserved: 30, committed: 0, amount: 3000 });
  });
});
