import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { recomputeDraw, type RaffleDraw } from "@/lib/programs/loyalty/contract";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const seed = sha256("a seed");
const ids = Array.from({ length: 9 }, (_, at) => `01938f5a-0000-4000-8000-00000000000${at}`);
const list = ids.map((id, at) => `${at + 1} ${id}\n`).join("");
const hash = sha256(list);
const order = ids
  .map((id, at) => ({ no: at + 1, key: sha256(`${seed}:${hash}:${id}`) }))
  .sort((a, b) => (a.key < b.key ? -1 : 1))
  .map(({ no }) => no);
const places = (numbers: number[]): RaffleDraw["places"] =>
  numbers.map((entryNo, at) => ({
    rank: at + 1,
    entryNo,
    state: at === 0 ? "won" : "alternate",
    lostBy: null,
    lostAt: null,
    movedUpFor: null,
  }));
const drawn = { entriesHash: hash, commitment: sha256(seed), seed, places: places(order.slice(0, 3)) };

describe("computing a draw again", () => {
  it("gives the published order, and says that list, seed and places agree", async () => {
    expect(await recomputeDraw(list, drawn)).toEqual({
      listAgrees: true,
      seedAgrees: true,
      orderAgrees: true,
      order,
    });
  });

  it("tells a list that was changed, even by one line or its last line feed", async () => {
    for (const other of [list.slice(0, -1), list.replace("1 0", "2 0"), `${list}10 ${ids[0]}\n`])
      expect((await recomputeDraw(other, drawn)).listAgrees).toBe(false);
  });

  it("tells a seed that is not the promised one", async () => {
    expect(await recomputeDraw(list, { ...drawn, seed: sha256("another") })).toMatchObject({
      listAgrees: true,
      seedAgrees: false,
    });
  });

  it("tells a winner who was put in by hand", async () => {
    const [first = 0, second = 0, third = 0] = order;
    const swapped = { ...drawn, places: places([second, first, third]) };
    expect(await recomputeDraw(list, swapped)).toMatchObject({
      listAgrees: true,
      seedAgrees: true,
      orderAgrees: false,
    });
  });

  it("of an empty list is empty", async () => {
    const empty = { entriesHash: sha256(""), commitment: sha256(seed), seed, places: [] };
    expect(await recomputeDraw("", empty)).toEqual({
      listAgrees: true,
      seedAgrees: true,
      orderAgrees: true,
      order: [],
    });
  });
});
