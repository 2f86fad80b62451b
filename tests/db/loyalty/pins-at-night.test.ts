import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loyaltyWorld } from "./world";

type World = Awaited<ReturnType<typeof loyaltyWorld>>;
let world: World;
let owner: string;
let tiers: string[];

beforeEach(async () => {
  world = await loyaltyWorld();
  owner = await world.db.createUser("owner@tide.test");
  await world.db.pool.query(
    `with person as (insert into public.people (client_id, user_id, display_name, email, claimed_at)
                     values ($1, $2, 'Olga Owner', 'owner@tide.test', now()) returning id)
     insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from person`,
    [world.clientId, owner],
  );
  const { rows } = await world.db.pool.query<{ id: string }>(
    "select id from public.loyalty_tiers where client_id = $1 and archived_at is null order by rank",
    [world.clientId],
  );
  tiers = rows.map(({ id }) => id);
});
afterEach(() => world.db.drop());

const night = (day: string, on: Pick<pg.Pool, "query"> = world.db.pool) =>
  on.query("select private.loyalty_run_stages($1, $2, null)", [world.clientId, day]);
const pin = (creator: string, rank: number, hold?: () => Promise<unknown>) =>
  world.db.asUser(owner, async (client) => {
    await client.query("select public.loyalty_pin_tier($1, $2, $3, 'Agreed by phone')", [
      world.clientId,
      creator,
      tiers[rank - 1],
    ]);
    await hold?.();
  });
const unpin = (creator: string) =>
  world.db.asUser(owner, (client) =>
    client.query("select public.loyalty_unpin_tier($1, $2)", [world.clientId, creator]),
  );
const settled = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string; constraint?: string }) => error.constraint ?? error.code ?? "failed",
  );
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Stays of a creator in order; each ends where the next begins, and the last is open and is her tier. */
async function stays(creator: string) {
  const { rows } = await world.db.pool.query<{ rank: number; open: boolean; joined: boolean; hers: boolean }>(
    `select t.rank, s.ended_at is null as open, s.ended_at is not distinct from lead(s.started_at) over w as joined,
            s.tier_id = c.tier_id as hers
       from public.loyalty_tier_stints s join public.loyalty_tiers t on t.id = s.tier_id
       join public.loyalty_creators c on c.id = s.creator_id
      where s.creator_id = $1 window w as (order by s.started_at, s.ended_at nulls last) order by s.started_at, s.ended_at nulls last`,
    [creator],
  );
  return rows;
}
async function expectOneLine(creator: string) {
  const rows = await stays(creator);
  expect(rows.filter(({ open }) => open)).toHaveLength(1);
  expect(rows.filter(({ joined }) => !joined)).toEqual([]);
  expect(rows.at(-1)).toMatchObject({ open: true, hers: true });
}

describe("a tier fixed by hand while a night moves the same creator", () => {
  it("is waited for by a night that begins meanwhile, which then leaves it alone", async () => {
    const creator = await world.creator("noor", "2026-06-01");
    await night("2026-06-02");
    await world.sell(creator, "2026-06-03", 600_000);
    let running: Promise<string> | undefined;
    await pin(creator, 2, async () => {
      // The pin is written and not committed; the night would make her Gold.
      running = settled(night("2026-06-03"));
      await pause(400);
    });
    expect(await running).toBe("done");
    await expectOneLine(creator);
    expect((await stays(creator)).map(({ rank }) => rank)).toEqual([1, 2]);
  });

  it("waits for a night that is under way, and is what stands in the end", async () => {
    const creator = await world.creator("noor", "2026-06-01");
    await night("2026-06-02");
    await world.sell(creator, "2026-06-03", 600_000);
    const client = await world.db.pool.connect();
    let fixing: Promise<string>;
    try {
      await client.query("begin");
      await night("2026-06-03", client);
      fixing = settled(pin(creator, 2));
      await pause(400);
      await client.query("commit");
    } finally {
      client.release();
    }
    expect(await fixing).toBe("done");
    await expectOneLine(creator);
    expect((await stays(creator)).map(({ rank }) => rank)).toEqual([1, 3, 2]);
  });

  it("is refused in a sentence when the night takes longer than a person waits", async () => {
    const creator = await world.creator("noor", "2026-06-01");
    await night("2026-06-02");
    const client = await world.db.pool.connect();
    try {
      await client.query("begin");
      await night("2026-06-03", client);
      await expect(pin(creator, 2)).rejects.toMatchObject({
        code: "ST002",
        message: "Tonight's figures are being counted. Try again in a minute.",
      });
      await client.query("commit");
    } finally {
      client.release();
    }
    expect(await settled(pin(creator, 2))).toBe("done");
    await expectOneLine(creator);
  });

  it("never ends in two open stays, a key or a circle, whoever comes first", async () => {
    const crowd = await Promise.all(
      Array.from({ length: 8 }, (_, at) => world.creator(`racer${at}`, "2026-06-01")),
    );
    // Half of them have no stay yet: the first night and the hand both want to write it.
    await Promise.all(crowd.slice(0, 4).map((creator) => pin(creator, 1)));
    await Promise.all(crowd.slice(0, 2).map(unpin));
    for (let round = 0; round < 3; round += 1) {
      const day = `2026-06-0${3 + round}`;
      for (const [at, creator] of crowd.entries())
        if (at % 2 === round % 2) await world.sell(creator, day, 200_000 + round, `${at}-${round}`);
      const work = crowd.map((creator, at) =>
        settled(pin(creator, 1 + ((at + round) % 4)).then(() => (at % 3 === 0 ? unpin(creator) : null))),
      );
      work.push(settled(night(day)), settled(night(day)));
      // On a busy machine one of them may be told to try again; a key or a circle is never met.
      expect((await Promise.all(work)).filter((end) => !["done", "ST002"].includes(end))).toEqual([]);
    }
    for (const creator of crowd) await expectOneLine(creator);
  });
});
