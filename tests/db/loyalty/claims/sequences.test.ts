import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClaimsWorld, type Member, claimsWorld, codeOf } from "./claims-world";

let world: ClaimsWorld;
let neighbour: ClaimsWorld;
let serial = 0;
beforeAll(async () => {
  world = await claimsWorld();
  neighbour = await claimsWorld({ database: world.db, slug: "ebb" });
});
afterAll(() => world.db.drop());

const steps = ["fulfilled", "concluded", "rejected", "claimed"] as const;
const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("claim" as const), who: fc.nat(1), what: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("rush" as const), what: fc.nat(3) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("step" as const), to: fc.constantFrom(...steps) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("move" as const),
      who: fc.nat(1),
      rank: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("night" as const), hours: fc.constantFrom(0, 6, 30, 100) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pause" as const), what: fc.nat(3) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

interface Cast {
  people: [Member, Member];
  rewards: string[];
  now: number;
}

/** Two creators and one reward of each way of counting, in a business that others share the database with. */
async function cast(): Promise<Cast> {
  serial += 1;
  return {
    people: [await world.member(`a${serial}`, 1), await world.member(`b${serial}`, 2)],
    rewards: [
      await world.reward({ kind: "gift_card", tier_id: world.tier(2) }, { stock_total: 1 }),
      await world.reward({ kind: "ads_credit", tier_id: world.tier(2) }, { unit_cost: 10, budget_total: 35 }),
      await world.reward({ kind: "gift_card", frequency: "weekly", quantity: 2 }, { stock_total: 4 }),
      await world.reward({ kind: "experience", frequency: "unlimited", expires_days: 1 }),
    ],
    now: Date.parse("2026-11-16T15:00:00Z"),
  };
}

async function run(act: Command, on: Cast): Promise<void> {
  const now = () => new Date(on.now).toISOString();
  const may =
    /^(none|ACTIVE_CLAIM_EXISTS|LIMIT_REACHED|SOLD_OUT|BUDGET_SPENT|TIER_INELIGIBLE|NOT_AVAILABLE)$/;
  on.now += 60_000;
  switch (act.do) {
    case "claim": {
      const [who, what] = [on.people[act.who] as Member, on.rewards[act.what] as string];
      const standing = await world.standing(who, what, now());
      const code = await codeOf(world.claim(who, what, {}, now()));
      expect(code).toMatch(may);
      // What the pages say is what a claim does; a repeat is answered with the open claim.
      expect(code).toBe(standing.code === "ACTIVE_CLAIM_EXISTS" ? "none" : (standing.code ?? "none"));
      return;
    }
    case "rush": {
      const codes = await Promise.all(
        [0, 1, 0, 1, 0].map((who) =>
          codeOf(world.claim(on.people[who] as Member, on.rewards[act.what] as string, {}, now())),
        ),
      );
      for (const code of codes) expect(code).toMatch(may);
      return;
    }
    case "step": {
      const { rows } = await world.db.pool.query<{ id: string }>(
        `select id from public.loyalty_redemptions where creator_id = any ($1) and state in ('claimed', 'fulfilled', 'concluded')
          order by claimed_at desc limit 1`,
        [on.people.map(({ id }) => id)],
      );
      if (rows[0])
        expect(await codeOf(world.step(rows[0].id, act.to))).toMatch(/^(none|ILLEGAL_STEP|ALREADY_EXISTS)$/);
      return;
    }
    case "move":
      await world.move((on.people[act.who] as Member).id, act.rank, now());
      return;
    case "night":
      on.now += act.hours * 3_600_000;
      await world.renew({ now: now() });
      expect(await world.renew({ now: now() })).toMatchObject({
        opened: 0,
        revived: 0,
        withdrawn: 0,
        expired: 0,
      });
      await agrees(on, now());
      return;
    case "pause":
      await world.db.pool.query(
        `update public.loyalty_rewards set state = case state when 'paused' then 'published' else 'paused' end where id = $1`,
        [on.rewards[act.what]],
      );
  }
}

/** After a night an offer is open for exactly what its creator may claim. */
async function agrees(on: Cast, now: string): Promise<void> {
  for (const who of on.people) {
    const open = await world.db.pool.query<{ reward_id: string }>(
      "select reward_id from public.loyalty_redemptions where creator_id = $1 and state = 'claimable' and withdrawn_at is null",
      [who.id],
    );
    const offered = open.rows.map(({ reward_id }) => reward_id);
    for (const reward of on.rewards) {
      const { status } = await world.standing(who, reward, now);
      if (status === "available") expect(offered).toContain(reward);
      else if (!["sold_out", "budget_spent"].includes(status)) expect(offered).not.toContain(reward);
    }
  }
}

async function holds(on: Cast): Promise<void> {
  const broken = await world.one<Record<string, number>>(
    `with mine as (select * from public.loyalty_redemptions where creator_id = any ($1))
     select
       (select count(*) from (select from mine where source = 'tier' and state in ('claimed', 'fulfilled')
          group by creator_id, reward_id having count(*) > 1) x)::integer as two_open_claims,
       (select count(*) from (select from mine where state = 'claimable' group by creator_id, reward_id having count(*) > 1) x)::integer as two_offers,
       (select count(*) from (select from mine m join public.loyalty_rewards w on w.id = m.reward_id
          where m.window_key is not null and m.state <> 'rejected'
          group by m.creator_id, m.reward_id, m.window_key, w.quantity having count(*) > w.quantity) x)::integer as past_the_limit,
       (select count(*) from public.loyalty_reward_limits l where l.reward_id = any ($2) and (
          l.reserved_count <> (select count(*) from mine m where m.reward_id = l.reward_id and m.state = 'claimed')
          or l.committed_count <> (select count(*) from mine m where m.reward_id = l.reward_id and m.state in ('fulfilled', 'concluded'))
          or l.reserved_amount <> (select coalesce(sum(m.cost_amount), 0) from mine m where m.reward_id = l.reward_id and m.state = 'claimed')
          or l.stock_total - l.reserved_count - l.committed_count < 0
          or l.budget_total - l.reserved_amount - l.committed_amount < 0))::integer as stock_and_budget,
       (select count(*) from mine m where m.claimed_at is not null and m.terms ->> 'name' is null)::integer as claims_without_terms,
       (select count(*) from mine m where m.client_id <> $3)::integer as of_another_business,
       (select count(*) from public.loyalty_redemptions r where r.client_id = $4)::integer as rows_of_the_neighbour`,
    [on.people.map(({ id }) => id), on.rewards, world.clientId, neighbour.clientId],
  );
  expect(broken).toEqual(Object.fromEntries(Object.keys(broken).map((name) => [name, 0])));
  for (const who of on.people) {
    const seen = await world.as(who, (db) =>
      db.query("select from public.loyalty_redemptions where creator_id <> $1", [who.id]),
    );
    expect(seen.rowCount).toBe(0);
  }
}

describe("whatever is done in whatever order", () => {
  it("gives nobody two open claims, sells nothing twice, passes no limit and touches no other business", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 6, maxLength: 18 }), async (commands) => {
        const on = await cast();
        for (const act of commands) {
          await run(act, on);
          await holds(on);
        }
        await world.db.pool.query(
          "update public.loyalty_rewards set state = 'archived' where id = any ($1)",
          [on.rewards],
        );
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 180_000);
});
