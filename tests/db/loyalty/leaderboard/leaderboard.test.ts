import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raffleWorld, type Person, type RaffleWorld } from "../raffles/world";

interface Board {
  total: number;
  me: { isShown: boolean; rank: number | null; value: number | null } | null;
  hasMore: boolean;
  last: { v: number; id: string };
  items: { rank: number; handle: string; value: number; isMe: boolean }[];
}

let world: RaffleWorld;
const people = new Map<string, Person>();
const who = (name: string) => people.get(name) as Person;

beforeAll(async () => {
  world = await raffleWorld();
  for (const [name, sales] of [
    ["ana", 9000],
    ["bea", 5000],
    ["cleo", 5000],
    ["dora", 2000],
    ["eva", 0],
  ] as const) {
    const person = await world.member({ name, isSeen: false });
    people.set(name, person);
    await world.sell(person.creatorId, "2026-02-01", sales);
  }
  people.set("unseen", await world.member({ name: "unseen", isSeen: false }));
  const gone = await world.member({ name: "gone" });
  await world.sell(gone.creatorId, "2026-02-01", 99_000, "v9");
  await world.db.pool.query("update public.loyalty_creators set state = 'archived' where id = $1", [
    gone.creatorId,
  ]);
  await world.night("2026-02-02");
});
afterAll(() => world.db.drop());

const board = (name: string, cursor: object | null = null, limit = 50) =>
  world.call<Board>(who(name).userId, "loyalty_read_leaderboard", [cursor, limit]);
const lines = ({ items }: Board) => items.map(({ rank, handle, value }) => `${rank} ${handle} ${value}`);
const hide = (name: string, isShown: boolean) =>
  world.call(who(name).userId, "loyalty_set_leaderboard", [isShown]);

describe("the leaderboard", () => {
  it("ranks by the open period, equal figures share a rank, and leaves out who is archived or unseen", async () => {
    const seen = await board("dora");
    expect(lines(seen).map((line) => line.replace(/bea|cleo/, "b/c"))).toEqual([
      "1 ana 9000",
      "2 b/c 5000",
      "2 b/c 5000",
      "4 dora 2000",
      "5 eva 0",
    ]);
    expect(seen).toMatchObject({ total: 5, me: { isShown: true, rank: 4, value: 2000 }, hasMore: false });
    expect(seen.items.filter(({ isMe }) => isMe).map(({ handle }) => handle)).toEqual(["dora"]);
    expect((await board("unseen")).me).toMatchObject({ rank: null, value: null });
  });

  it("tells of others a handle, a tier and a figure, and nothing more", async () => {
    const { items } = await board("eva");
    for (const item of items)
      expect(Object.keys(item).sort()).toEqual(["handle", "isMe", "rank", "tierColor", "tierName", "value"]);
    expect(JSON.stringify(items)).not.toContain(who("ana").creatorId);
  });

  it("hides whoever asks for it from everybody else, and leaves no gap; her own rank stays hers to see", async () => {
    await hide("ana", false);
    expect(lines(await board("dora"))[0]).toMatch(/^1 (bea|cleo) 5000$/);
    expect((await board("dora")).me).toMatchObject({ rank: 3 });
    expect(await board("ana")).toMatchObject({ total: 5, me: { isShown: false, rank: 1, value: 9000 } });
    await hide("ana", true);
    expect((await board("dora")).total).toBe(5);
  });

  it("goes on from page to page, each creator once, with the same ranks", async () => {
    const all = lines(await board("eva"));
    const pages: string[] = [];
    let cursor: object | null = null;
    for (;;) {
      const page: Board = await board("eva", cursor, 2);
      pages.push(...lines(page));
      cursor = page.last;
      if (!page.hasMore) break;
    }
    expect(pages).toEqual(all);
  });

  it("counts everything ever sold where tiers are for life", async () => {
    await world.settings({ tier_mode: "lifetime" });
    expect(lines(await board("eva"))[0]).toBe("1 ana 9000");
    await world.settings({ tier_mode: "checkpoint" });
  });

  it("is not there for a business that turned it off, nor for strangers", async () => {
    await world.settings({ leaderboard_shown: false });
    await expect(board("ana")).rejects.toMatchObject({ code: "TN001" });
    await world.settings({ leaderboard_shown: true });
    const stranger = await world.db.createUser("stranger@elsewhere.test");
    await expect(world.call(stranger, "loyalty_read_leaderboard", [])).rejects.toMatchObject({
      code: "TN001",
    });
    await expect(world.call(stranger, "loyalty_set_leaderboard", [false])).rejects.toMatchObject({
      code: "TN001",
    });
    expect((await world.call<Board>(world.owner.userId, "loyalty_read_leaderboard", [])).me).toBeNull();
  });
});
