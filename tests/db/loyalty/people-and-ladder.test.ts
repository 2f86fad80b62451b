import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type LoyaltyWorld, loyaltyWorld } from "./world";

let world: LoyaltyWorld;
afterEach(() => world.db.drop());

async function person(role: string | null, email: string): Promise<string> {
  const user = await world.db.createUser(email);
  if (role) {
    const row = await world.one<{ id: string }>(
      "insert into public.people (client_id, user_id, claimed_at, display_name) values ($1, $2, now(), $3) returning id",
      [world.clientId, user, email],
    );
    await world.db.pool.query(
      "insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, $3)",
      [world.clientId, row.id, role],
    );
  }
  return user;
}

const call = <T>(user: string, text: string, values: unknown[]): Promise<T> =>
  world.db.asUser(user, async (sql) => (await sql.query(text, values)).rows[0] as T);
const claim = (user: string, handle: string) =>
  call<{ id: string }>(
    user,
    "select public.loyalty_claim_handle('tide', $1, 'I can post a story with your word', null) as id",
    [handle],
  );

describe("a request for a handle", () => {
  it("gives nothing until the business approves, then joins the row from the file and the login", async () => {
    world = await loyaltyWorld();
    const creator = await world.creator("noor", "2026-06-01");
    const owner = await person("owner", "owner@tide.test");
    const noor = await person(null, "noor@tide.test");
    const { id } = await claim(noor, "@Noor");
    const home = () =>
      call<{ home: { creator: { id: string } | null } }>(
        noor,
        "select public.loyalty_read_home($1) as home",
        [world.clientId],
      );
    await expect(home()).rejects.toThrow("could not find");
    await call(owner, "select public.loyalty_decide_claim($1, $2, true)", [world.clientId, id]);
    expect((await home()).home.creator?.id).toBe(creator);
  });

  it("is not needed by a creator whose e-mail the business wrote down: she signs up and may claim at once", async () => {
    world = await loyaltyWorld();
    const owner = await person("owner", "owner@tide.test");
    const { id } = await call<{ id: string }>(
      owner,
      "select public.loyalty_add_creator($1, '@by.hand', 'Hanna', 'hanna@tide.test') as id",
      [world.clientId],
    );
    const hanna = await person(null, "hanna@tide.test");
    await call(hanna, "select public.people_claim_by_email()", []);
    const seen = await call<{ permissions: string[] | null; home: { creator: { id: string } | null } }>(
      hanna,
      "select private.permissions_in($1) as permissions, public.loyalty_read_home($1) as home",
      [world.clientId],
    );
    expect(seen.permissions).toEqual(["loyalty.app.use"]);
    expect(seen.home.creator?.id).toBe(id);
  });

  it("moves the creator to the person who signed up, and leaves no second person behind", async () => {
    world = await loyaltyWorld();
    const creator = await world.creator("noor", "2026-06-01");
    const owner = await person("owner", "owner@tide.test");
    const noor = await person("creator", "noor@tide.test");
    const { id } = await claim(noor, "noor");
    await call(owner, "select public.loyalty_decide_claim($1, $2, true)", [world.clientId, id]);
    const row = await world.one<{ user_id: string; people: string }>(
      `select p.user_id, (select count(*) from public.people q where q.client_id = c.client_id) as people
         from public.loyalty_creators c join public.people p on p.id = c.person_id where c.id = $1`,
      [creator],
    );
    expect(row).toEqual({ user_id: noor, people: "2" });
  });

  it("answers alike for a known, a taken and an unknown handle", async () => {
    world = await loyaltyWorld();
    await world.creator("known", "2026-06-01");
    const user = await person(null, "someone@tide.test");
    for (const handle of ["known", "unknown"])
      expect((await claim(user, handle)).id).toMatch(/^[0-9a-f-]{36}$/);
    const open = await world.one<{ n: string }>(
      "select count(*) as n from public.loyalty_handle_claims where state = 'pending'",
    );
    expect(open.n).toBe("1");
  });

  it("is decided by somebody else, once, and with a reason when rejected", async () => {
    world = await loyaltyWorld();
    const owner = await person("owner", "owner@tide.test");
    const support = await person("support", "support@tide.test");
    const { id } = await claim(owner, "noor");
    await expect(
      call(owner, "select public.loyalty_decide_claim($1, $2, true)", [world.clientId, id]),
    ).rejects.toThrow("Someone else");
    await expect(
      call(support, "select public.loyalty_decide_claim($1, $2, true)", [world.clientId, id]),
    ).rejects.toMatchObject({ code: "PM001" });
    const other = await person("manager", "manager@tide.test");
    await expect(
      call(other, "select public.loyalty_decide_claim($1, $2, false, '')", [world.clientId, id]),
    ).rejects.toMatchObject({ code: "VA001" });
    await call(other, "select public.loyalty_decide_claim($1, $2, false, 'The story was not there')", [
      world.clientId,
      id,
    ]);
    await expect(
      call(other, "select public.loyalty_decide_claim($1, $2, true)", [world.clientId, id]),
    ).rejects.toMatchObject({ code: "ST003" });
  });
});

describe("the ladder", () => {
  const ladder = async (change: Record<string, number>) =>
    JSON.stringify(
      (
        await world.db.pool.query<{ id: string; name: string; threshold: string }>(
          "select id, name, threshold from public.loyalty_tiers where client_id = $1 and archived_at is null order by rank",
          [world.clientId],
        )
      ).rows.map((tier) => ({ ...tier, threshold: change[tier.name] ?? Number(tier.threshold) })),
    );

  it("shows who would rise and fall before it is saved, and saves nothing", async () => {
    world = await loyaltyWorld();
    const owner = await person("owner", "owner@tide.test");
    const low = await world.creator("low", "2026-06-01");
    const high = await world.creator("high", "2026-06-01");
    await world.sell(low, "2026-06-01", 100_000);
    await world.sell(high, "2026-06-01", 150_000);
    await world.night("2026-06-01");
    await world.sell(high, "2026-06-02", 160_000);
    await world.night("2026-06-02");
    const preview = async (change: Record<string, number>) =>
      (
        await call<{ p: { rises: number; falls: number } }>(
          owner,
          "select public.loyalty_preview_tiers($1, $2) as p",
          [world.clientId, await ladder(change)],
        )
      ).p;
    expect(await preview({ Silver: 90_000 })).toMatchObject({ rises: 1, falls: 0 });
    expect(await preview({ Silver: 200_000 })).toMatchObject({ rises: 0, falls: 1 });
    expect(await world.tierOf(low)).toBe("Bronze");
  });

  it("lifts people the next night when it gets easier and demotes nobody when it gets harder", async () => {
    world = await loyaltyWorld();
    const owner = await person("owner", "owner@tide.test");
    const noor = await world.creator("noor", "2026-06-01");
    await world.sell(noor, "2026-06-01", 100_000);
    await world.night("2026-06-01");
    await call(owner, "select public.loyalty_save_tiers($1, $2)", [
      world.clientId,
      await ladder({ Silver: 90_000 }),
    ]);
    await world.night("2026-06-02");
    expect(await world.tierOf(noor)).toBe("Silver");
    await call(owner, "select public.loyalty_save_tiers($1, $2)", [
      world.clientId,
      await ladder({ Silver: 300_000 }),
    ]);
    await world.night("2026-06-03");
    expect(await world.tierOf(noor)).toBe("Silver");
  });

  it("refuses thresholds that do not rise and a metric that changes under figures", async () => {
    world = await loyaltyWorld();
    const owner = await person("owner", "owner@tide.test");
    await expect(
      call(owner, "select public.loyalty_save_tiers($1, $2)", [
        world.clientId,
        await ladder({ Silver: 500_000 }),
      ]),
    ).rejects.toMatchObject({ code: "VA001" });
    await world.sell(await world.creator("noor", "2026-06-01"), "2026-06-01", 1);
    await expect(world.settings({ metric: "units" })).rejects.toMatchObject({ code: "VA001" });
  });
});

describe("undoing and correcting", () => {
  it("takes back what an undone run decided", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    await world.night("2026-06-01");
    const run = randomUUID();
    await world.sell(noor, "2026-06-02", 200_000, "v1", run);
    await world.night("2026-06-02", run);
    expect(await world.tierOf(noor)).toBe("Silver");
    await world.db.pool.query("delete from public.loyalty_video_snapshots");
    await world.db.pool.query("delete from public.loyalty_videos");
    await world.db.pool.query("select private.loyalty_undo_decisions($1, $2)", [world.clientId, run]);
    await world.night("2026-06-02");
    expect(await world.tierOf(noor)).toBe("Bronze");
    expect(await world.periodOf(noor)).toMatchObject({ start: "2026-06-01", total: "0" });
    const open = await world.one<{ n: string }>(
      "select count(*) as n from public.loyalty_tier_stints where ended_at is null",
    );
    expect(open.n).toBe("1");
  });

  it("never changes an adjustment, reverses it once, and takes none from the future", async () => {
    world = await loyaltyWorld();
    const noor = await world.creator("noor", "2026-06-01");
    const { id } = await world.adjust(noor, "2026-06-02", 500);
    await expect(
      world.db.pool.query("update public.loyalty_adjustments set amount = 1"),
    ).rejects.toMatchObject({ code: "ST001" });
    const reverse = () =>
      world.db.pool.query(
        "insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason, reverses_id) values ($1, $2, 'correction', -500, '2026-06-02', 'a mistake', $3)",
        [world.clientId, noor, id],
      );
    await reverse();
    await expect(reverse()).rejects.toMatchObject({ code: "23505" });
    await expect(world.adjust(noor, "2999-01-01", 500)).rejects.toMatchObject({ code: "VA001" });
    await expect(world.adjust(noor, "0206-06-01", 500)).rejects.toMatchObject({ code: "VA001" });
  });

  it("lets nobody who works here write her own figures", async () => {
    world = await loyaltyWorld();
    const [noor, maya] = [
      await world.creator("noor", "2026-06-01"),
      await world.creator("maya", "2026-06-01"),
    ];
    const user = await world.db.createUser("noor@example.test");
    await world.db.pool.query(
      `with bound as (
         update public.people p set user_id = $2, claimed_at = now() from public.loyalty_creators c
          where c.id = $1 and p.id = c.person_id returning p.client_id, p.id)
       insert into public.person_roles (client_id, person_id, role_id) select client_id, id, 'manager' from bound`,
      [noor, user],
    );
    const give = (creator: string) =>
      world.db.asUser(user, (client) =>
        client.query(
          "insert into public.loyalty_adjustments (client_id, creator_id, kind, amount, effective_on, reason) values ($1, $2, 'bonus', 500, '2026-06-02', 'a good week')",
          [world.clientId, creator],
        ),
      );
    await expect(give(noor)).rejects.toMatchObject({ code: "PM001" });
    await give(maya);
  });

  it("agrees with a slow count of one creator after another, whatever happens", async () => {
    world = await loyaltyWorld();
    await world.settings({ checkpoint_months: 1 });
    let nth = 0;
    const days = Array.from({ length: 40 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    );
    const event = fc.record({
      day: fc.nat(39),
      amount: fc.integer({ min: -80_000, max: 260_000 }),
      isAdjustment: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 6 }), async (events) => {
        await world.db.pool.query(
          "update public.loyalty_nights set last_business_date = null, last_full_pass_on = null where client_id = $1",
          [world.clientId],
        );
        const creator = await world.creator(`c${nth++}`, days[0] as string);
        const thresholds = [0, 150_000, 500_000, 1_500_000];
        const met = (value: number) => thresholds.findLastIndex((threshold) => value >= threshold);
        let tier = 0;
        let start = 0;
        let total = 0;
        for (const [at, day] of days.entries()) {
          for (const { amount, isAdjustment } of events.filter((one) => one.day === at && one.amount !== 0)) {
            total += amount;
            if (isAdjustment) await world.adjust(creator, day, amount);
            else await world.sell(creator, day, amount, `v${at}`);
          }
          await world.night(day, null);
          const value = events
            .filter((one) => one.day >= start && one.day <= at)
            .reduce((sum, one) => sum + one.amount, 0);
          const reached = Math.max(met(value), 0);
          // January has 31 days and the count starts on its first: the check of a period begun on day n falls 31 or 28 days on.
          const first = new Date(`${days[start]}T00:00:00Z`);
          const last = new Date(
            Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, first.getUTCDate()),
          );
          const clamped =
            last.getUTCDate() === first.getUTCDate()
              ? last
              : new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 2, 0));
          const isCheck = new Date(clamped.getTime() - 86_400_000).toISOString().slice(0, 10) === day;
          if (reached > tier || isCheck) {
            tier = reached;
            start = at + 1;
          }
        }
        expect(await world.tierOf(creator)).toBe(["Bronze", "Silver", "Gold", "Platinum"][tier]);
        expect((await world.periodOf(creator)).total).toBe(String(total));
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

describe("other businesses", () => {
  it("are never touched by a pass, nor read by its people", async () => {
    world = await loyaltyWorld();
    const owner = await person("owner", "owner@tide.test");
    const ebb = await loyaltyWorld({ slug: "ebbing", database: world.db });
    const theirs = await ebb.creator("noor", "2026-06-01");
    await ebb.sell(theirs, "2026-06-01", 200_000);
    await world.night("2026-06-01");
    expect(await ebb.tierOf(theirs)).toBe("Bronze");
    await expect(
      call(owner, "select public.loyalty_read_creator($1, $2)", [ebb.clientId, theirs]),
    ).rejects.toMatchObject({ code: "TN001" });
    await expect(
      call(owner, "select public.loyalty_pin_tier($1, $2, $2, 'because')", [ebb.clientId, theirs]),
    ).rejects.toMatchObject({ code: "TN001" });
  });
});
