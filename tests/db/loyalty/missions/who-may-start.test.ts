import { afterEach, describe, expect, it } from "vitest";
import { type MissionsWorld, missionsWorld } from "./missions-world";

let world: MissionsWorld;
afterEach(() => world.db.drop());

/** The same numbers in every run, so that a failure can be looked at again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % sides;
  };
}

const day = (at: number): string => new Date(Date.UTC(2026, 5, 1 + at)).toISOString().slice(0, 10);

/** Whom a close look at everybody gives a round, and whom the night looks at; nothing of it stays. */
async function beside(date: string): Promise<{ begin: string[]; looked: string[] }> {
  const sql = await world.db.pool.connect();
  try {
    await sql.query("begin");
    const looked = await sql.query<{ id: string }>(
      "select unnest(private.loyalty_who_may_start($1, $2)) as id",
      [world.clientId, date],
    );
    await sql.query(
      `create temporary table before on commit drop as select id, state from public.loyalty_mission_progress`,
    );
    await sql.query(
      "select private.loyalty_start_rounds($1, $2, array(select id from public.loyalty_creators where client_id = $1))",
      [world.clientId, date],
    );
    const begin = await sql.query<{ id: string }>(
      `select distinct p.creator_id as id from public.loyalty_mission_progress p
         left join before b on b.id = p.id where b.state is distinct from p.state`,
    );
    return { begin: begin.rows.map(({ id }) => id), looked: looked.rows.map(({ id }) => id) };
  } finally {
    await sql.query("rollback");
    sql.release();
  }
}

describe("whom a night looks at closely", () => {
  it.each([1, 2, 3])("holds everybody who has a round to begin, world %i", async (seed) => {
    world = await missionsWorld();
    const roll = dice(seed);
    const creators: string[] = [];
    for (let n = 0; n < 9; n += 1) {
      // Two of whom no video was ever seen.
      const make = n % 4 === 3 ? world.creator : world.seen;
      creators.push(await make(`creator${n}`, day(-roll(40))));
    }
    const silver = await world.tier(2);
    await world.mission("Sprint", day(0), { target: 4000 });
    await world.mission("Sprint two", day(0), { target: 4000, display_order: 101 });
    await world.mission("Again", day(0), { kind: "videos", target: 1, is_recurring: true, max_cycles: 3 });
    await world.mission("Rest", day(1), {
      kind: "views",
      target: 1000,
      is_recurring: true,
      days_to_finish: 2,
      cooldown_days: 2,
    });
    await world.mission("Silver", day(1), { kind: "likes", target: 10, tier_id: silver });
    await world.mission("Friends", day(1), { kind: "likes", target: 10, tag: "vip" });
    await world.mission("Newcomers", day(2), { kind: "likes", target: 5, reaches_current: false });
    const all = await world.db.pool.query<{ id: string }>("select id from public.loyalty_missions");
    let [begun, spared] = [0, 0];
    for (let at = 0; at < 9; at += 1) {
      for (const id of creators) {
        const event = roll(9);
        if (event < 3) await world.sell(id, day(at), 1000 * (1 + roll(60)), `v${roll(3)}-${id}`);
        if (event === 3)
          await world.db.pool.query(
            "insert into public.loyalty_creator_tags (client_id, creator_id, tag) values ($1, $2, 'vip') on conflict do nothing",
            [world.clientId, id],
          );
        if (event < 6)
          for (const offer of await world.offers(id)) {
            if (offer.state === "claimable") await world.claim(offer.id);
            else if (offer.state === "claimed") await world.fulfil(offer.id, `${day(at)}T15:00:00Z`);
          }
      }
      if (at === 3) creators.push(await world.seen("late", day(3)));
      await world.db.pool.query(
        `update public.loyalty_missions set state = case when state = 'paused' then 'published' else 'paused' end where id = $1`,
        [all.rows[roll(all.rows.length)]!.id],
      );
      const { begin, looked } = await beside(day(at));
      expect(looked).toEqual(expect.arrayContaining(begin));
      begun += begin.length;
      spared += creators.length - looked.length;
      await world.live(day(at));
      expect((await beside(day(at))).begin, `left over after ${day(at)}`).toEqual([]);
    }
    expect(begun).toBeGreaterThan(10);
    expect(spared).toBeGreaterThan(10);
  });
});
