import { afterEach, describe, expect, it } from "vitest";
import { missionsWorld, type MissionsWorld } from "./missions-world";

let world: MissionsWorld;
afterEach(() => world.db.drop());

/** A login with a role, joined to a creator when one is named. */
async function login(name: string, role: string, creatorId?: string): Promise<string> {
  const { db, clientId, one } = world;
  const user = await db.createUser(`${name}@tide.test`);
  const person = creatorId
    ? await one<{ id: string }>("select person_id as id from public.loyalty_creators where id = $1", [
        creatorId,
      ])
    : await one<{ id: string }>(
        "insert into public.people (client_id, display_name) values ($1, $2) returning id",
        [clientId, name],
      );
  await db.pool.query("update public.people set user_id = $2, claimed_at = now() where id = $1", [
    person.id,
    user,
  ]);
  await db.pool.query("insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, $3)", [
    clientId,
    person.id,
    role,
  ]);
  return user;
}
const ask = async <T>(user: string, text: string, values: unknown[] = []): Promise<T> =>
  world.db.asUser(
    user,
    async (sql) => ((await sql.query(text, [world.clientId, ...values])).rows[0] as { it: T }).it,
  );

interface History {
  items: {
    id: string;
    name: string;
    outcome: string;
    value: number;
    target: number;
    closedOn: string;
    closedAt: string;
    amount: number;
    rewardName: string;
    completedOn: string | null;
  }[];
}
const history = (user: string, creator: string | null = null, cursor: unknown = null, limit = 20) =>
  ask<History>(user, "select public.loyalty_list_mission_history($1, $2, $3, $4) as it", [
    creator,
    cursor === null ? null : JSON.stringify(cursor),
    limit,
  ]);

describe("the missions of a creator that are over", () => {
  it("say how far she came in what she missed, and what was paid in what she completed", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-01-05");
    const user = await login("noor", "creator", noor);
    await world.mission("Short", "2026-06-01", { days_to_finish: 3, target: 50_000 });
    await world.sell(noor, "2026-06-02", 12_345);
    for (const day of ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-06"])
      await world.live(day);
    await world.mission("Easy", "2026-06-07", { target: 1_000 });
    await world.live("2026-06-07");
    await world.sell(noor, "2026-06-08", 1_500);
    await world.live("2026-06-08");

    // Earned and not handed over yet: still open, not history.
    expect((await history(user)).items.map(({ name }) => name)).toEqual(["Short"]);
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    expect((await history(user)).items.map(({ name }) => name)).toEqual(["Short"]);
    await world.fulfil(offer!.id, "2026-06-10T12:00:00Z");

    const { items } = await history(user);
    expect(items.find(({ name }) => name === "Short")).toMatchObject({
      outcome: "missed",
      value: 12_345,
      target: 50_000,
    });
    expect(items.find(({ name }) => name === "Easy")).toMatchObject({
      outcome: "fulfilled",
      completedOn: "2026-06-08",
      rewardName: "Gift card",
      closedOn: "2026-06-10",
    });
  });

  it("are her own, and staff's who may see missions", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-01-05");
    const mia = await world.seen("mia", "2026-01-05");
    const [asNoor, asMia] = [await login("noor", "creator", noor), await login("mia", "creator", mia)];
    const support = await login("sam", "support");
    const stranger = await world.db.createUser("stranger@elsewhere.test");
    await world.mission("Short", "2026-06-01", { days_to_finish: 1, target: 50_000 });
    for (const day of ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"]) await world.live(day);

    expect((await history(asNoor)).items).toHaveLength(1);
    expect((await history(asNoor, noor)).items).toHaveLength(1);
    expect((await history(support, noor)).items).toHaveLength(1);
    await expect(history(asMia, noor)).rejects.toMatchObject({ code: "TN001" });
    await expect(history(stranger, noor)).rejects.toMatchObject({ code: "TN001" });
    await expect(history(support)).rejects.toMatchObject({ code: "TN001" });
  });

  it("are read page by page, none twice and none left out", async () => {
    world = await missionsWorld();
    const noor = await world.seen("noor", "2026-01-05");
    const user = await login("noor", "creator", noor);
    await world.mission("Daily", "2026-06-01", { days_to_finish: 1, target: 50_000, is_recurring: true });
    for (let day = 1; day <= 14; day++) await world.live(`2026-06-${String(day).padStart(2, "0")}`);

    const whole = (await history(user, null, null, 100)).items.map(({ id }) => id);
    expect(whole.length).toBeGreaterThan(6);
    const seen: string[] = [];
    let cursor: unknown = null;
    for (let page = 0; page < 20; page++) {
      const { items } = await history(user, null, cursor, 3);
      seen.push(...items.slice(0, 3).map(({ id }) => id));
      const last = items[2];
      if (items.length <= 3 || !last) break;
      cursor = { v: last.closedAt, id: last.id };
    }
    expect(seen).toEqual(whole);
  });
});

interface Listed {
  name: string;
  state: string;
  reached: number;
  dormant: number;
  active: number;
  completed: number;
  missed: number;
  cost: number;
  endsLocal: string | null;
}
interface Page {
  items: Listed[];
  hasMore: boolean;
  cursors: { id: string }[];
  total: number;
}
const page = (user: string, given: Record<string, unknown> = {}) =>
  ask<Page>(
    user,
    "select public.loyalty_list_missions($1, p_states => $2, p_tiers => $3, p_every_tier => $4, p_search => $5, p_cursor => $6, p_limit => $7) as it",
    [
      given["states"] ?? null,
      given["tiers"] ?? null,
      given["everyTier"] ?? null,
      given["search"] ?? null,
      given["cursor"] ? JSON.stringify(given["cursor"]) : null,
      given["limit"] ?? 50,
    ],
  );
const list = async (user: string, state: string | null = null) =>
  (await page(user, { states: state === null ? null : [state] })).items;

describe("the missions of an owner", () => {
  it("say whom each reached, what came of it and what it cost", async () => {
    world = await missionsWorld();
    const owner = await login("olga", "owner");
    const [noor, mia] = [await world.seen("noor", "2026-01-05"), await world.seen("mia", "2026-01-05")];
    await world.mission("First", "2026-06-01", { target: 1_000, display_order: 1 });
    await world.mission("Second", "2026-06-01", {
      target: 9_000,
      display_order: 2,
      ends_at: "2026-12-31T23:00:00Z",
    });
    await world.mission("Draft", null);
    await world.live("2026-06-01");
    await world.sell(noor, "2026-06-02", 1_500);
    await world.sell(mia, "2026-06-02", 200);
    await world.live("2026-06-02");
    const [offer] = await world.offers(noor);
    await world.claim(offer!.id);
    await world.db.pool.query("update public.loyalty_redemptions set cost_amount = 2500 where id = $1", [
      offer!.id,
    ]);

    const missions = await list(owner);
    expect(missions.map(({ name }) => name)).toEqual(["First", "Second", "Draft"]);
    expect(missions[0]).toMatchObject({ reached: 2, active: 1, completed: 1, missed: 0, cost: 2500 });
    expect(missions[1]).toMatchObject({ reached: 2, dormant: 2, cost: 0, endsLocal: "2026-12-31T18:00" });
    expect(missions[2]).toMatchObject({ state: "draft", reached: 0 });
    expect((await list(owner, "draft")).map(({ name }) => name)).toEqual(["Draft"]);
  });

  it("are read page by page, forward and back, open ones first, none twice and none left out", async () => {
    world = await missionsWorld();
    const owner = await login("olga", "owner");
    for (let at = 0; at < 5; at += 1)
      await world.mission(`Open ${at}`, "2026-06-01", { display_order: 5 - (at % 2) });
    for (let at = 0; at < 4; at += 1) await world.mission(`Draft ${at}`, null);
    const whole = (await page(owner)).items.map(({ name }) => name);
    expect(whole).toEqual([
      ...["Open 1", "Open 3", "Open 0", "Open 2", "Open 4"],
      ...["Draft 0", "Draft 1", "Draft 2", "Draft 3"],
    ]);
    const pages: string[][] = [];
    let cursor: object | null = null;
    for (let turn = 0; turn < 10; turn += 1) {
      const read: Page = await page(owner, { cursor, limit: 2 });
      expect(read.total).toBe(9);
      pages.push(read.items.map(({ name }) => name));
      cursor = read.cursors.at(-1) ?? null;
      if (!read.hasMore) break;
    }
    expect(pages.flat()).toEqual(whole);
    expect(pages).toHaveLength(5);
    const last = await page(owner, { cursor, limit: 2 });
    expect(last).toMatchObject({ items: [], hasMore: false, cursors: [] });
    const back = await page(owner, { cursor: { ...cursor, back: true }, limit: 3 });
    expect(back.items.map(({ name }) => name)).toEqual(whole.slice(5, 8));
    expect(back.hasMore).toBe(true);
    const start = await page(owner, { cursor: { ...back.cursors[0], back: true }, limit: 5 });
    expect([start.items.map(({ name }) => name), start.hasMore]).toEqual([whole.slice(0, 5), false]);
  });

  it("are found by part of a name, by state and by tier", async () => {
    world = await missionsWorld();
    const owner = await login("olga", "owner");
    const { id: tier } = await world.one<{ id: string }>(
      "select id from public.loyalty_tiers where client_id = $1 order by rank desc limit 1",
      [world.clientId],
    );
    await world.mission("Summer 100% sprint", "2026-06-01", { tier_id: tier });
    await world.mission("Summer_views", "2026-06-01");
    await world.mission("Winter", null, { tier_id: tier });
    const found = async (given: Record<string, unknown>) => {
      const { items, total } = await page(owner, given);
      expect(total).toBe(items.length);
      return items.map(({ name }) => name).sort();
    };
    expect(await found({ search: " SUMMER " })).toEqual(["Summer 100% sprint", "Summer_views"]);
    // What a pattern would read as "anything" is a letter here.
    expect(await found({ search: "%" })).toEqual(["Summer 100% sprint"]);
    expect(await found({ search: "_" })).toEqual(["Summer_views"]);
    expect(await found({ tiers: [tier] })).toEqual(["Summer 100% sprint", "Winter"]);
    expect(await found({ tiers: [], everyTier: true })).toEqual(["Summer_views"]);
    expect(await found({ tiers: [tier], everyTier: true })).toHaveLength(3);
    expect(await found({ tiers: [tier], states: ["draft", "paused"] })).toEqual(["Winter"]);
    expect(await found({ states: ["archived"] })).toEqual([]);
  });

  it("are shown to staff who may see missions and to nobody else", async () => {
    world = await missionsWorld();
    const support = await login("sam", "support");
    const creator = await login("noor", "creator", await world.seen("noor", "2026-01-05"));
    const stranger = await world.db.createUser("stranger@elsewhere.test");
    await world.mission("First", "2026-06-01");
    expect(await list(support)).toHaveLength(1);
    for (const user of [creator, stranger])
      await expect(list(user)).rejects.toMatchObject({
        code: expect.stringMatching(/^(PM|TN)001$/) as string,
      });
  });
});

interface Preview {
  recipients: number;
  wouldHaveCompleted: number | null;
  basis: string | null;
  median: number | null;
  cost: number | null;
}
const preview = (user: string, draft: Record<string, unknown>) =>
  ask<Preview>(user, "select public.loyalty_preview_mission($1, $2) as it", [JSON.stringify(draft)]);

describe("what a mission would reach", () => {
  it("counts recognised creators of its tier and tag, and those who would have met the goal", async () => {
    world = await missionsWorld();
    const owner = await login("olga", "owner");
    const [noor, mia] = [await world.seen("noor", "2026-01-05"), await world.seen("mia", "2026-01-05")];
    await world.creator("unseen", "2026-01-05");
    await world.sell(noor, "2026-06-02", 7_000);
    await world.adjust(noor, "2026-06-03", -500);
    await world.sell(mia, "2026-06-02", 2_000);
    await world.live("2026-06-05");
    await world.db.pool.query(
      "insert into public.loyalty_creator_tags (client_id, creator_id, tag) values ($1, $2, 'skincare')",
      [world.clientId, mia],
    );
    const draft = {
      kind: "sales_amount",
      target: 6_500,
      rewardId: world.gift,
      countsFrom: "publish",
      daysToFinish: 30,
    };

    expect(await preview(owner, draft)).toMatchObject({
      recipients: 2,
      wouldHaveCompleted: 1,
      basis: "window",
      median: 2_000,
      cost: 2_500,
    });
    // A refund counts against it: one minor unit more and nobody reaches the goal.
    expect((await preview(owner, { ...draft, target: 6_501 })).wouldHaveCompleted).toBe(0);
    // Sales of the second day are outside a window of three days that ends on the fifth.
    expect((await preview(owner, { ...draft, daysToFinish: 3 })).wouldHaveCompleted).toBe(0);
    expect((await preview(owner, { ...draft, tag: "skincare" })).recipients).toBe(1);
    expect((await preview(owner, { ...draft, tierId: await world.tier(4) })).recipients).toBe(0);
    expect(await preview(owner, { ...draft, countsFrom: "joining", target: 1 })).toMatchObject({
      wouldHaveCompleted: 2,
      basis: "ever",
    });
    expect(await preview(owner, { ...draft, kind: "raffle", target: 0, winnersCount: 5 })).toMatchObject({
      recipients: 2,
      wouldHaveCompleted: null,
      basis: null,
      cost: 5_000,
    });
  });

  it("saves nothing, and refuses what makes no sense and who may not ask", async () => {
    world = await missionsWorld();
    const owner = await login("olga", "owner");
    const creator = await login("noor", "creator", await world.seen("noor", "2026-01-05"));
    await expect(preview(owner, { kind: "dance" })).rejects.toMatchObject({ code: "VA001", detail: "kind" });
    await expect(preview(creator, { kind: "views", target: 5 })).rejects.toMatchObject({ code: "PM001" });
    await preview(owner, { kind: "views", target: 5 });
    expect(await list(owner)).toEqual([]);
  });
});
