import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, toPage } from "@/lib/kernel/paging";

const schema = z.strictObject({ name: z.string(), id: z.uuid() });
const key = { name: "Ñandú", id: "018f3f3f-0000-7000-8000-000000000001" };

describe("keyset paging", () => {
  it("carries the sort key of a row there and back", () => {
    expect(decodeCursor(encodeCursor(key), schema)).toEqual(key);
    expect(encodeCursor(key)).toMatch(/^[\w-]+$/);
  });

  it.each([
    "",
    "???",
    "bm90IGpzb24",
    encodeCursor({ name: 1 }),
    encodeCursor({ ...key, more: 1 }),
    "a".repeat(5_000),
  ])("answers 422 to the cursor %j", (text) =>
    expect(() => decodeCursor(text, schema)).toThrow(expect.objectContaining({ status: 422 })),
  );

  const keyOf = (row: number) => ({ row });
  const at = (cursor: string | null) =>
    cursor === null ? null : decodeCursor(cursor, z.object({ row: z.number() })).row;

  it("has no way back from the first page and none on from the last", () => {
    const only = toPage([1, 2], { limit: 2, hasCursor: false }, keyOf);
    expect([only.items, only.next, only.previous]).toEqual([[1, 2], null, null]);
    const first = toPage([1, 2, 3], { limit: 2, hasCursor: false }, keyOf);
    expect([first.items, at(first.next), first.previous]).toEqual([[1, 2], 2, null]);
    const last = toPage([5], { limit: 2, hasCursor: true }, keyOf);
    expect([last.items, last.next, at(last.previous)]).toEqual([[5], null, 5]);
  });

  it("turns a page read backwards round", () => {
    const page = toPage([4, 3, 2], { limit: 2, direction: "previous", hasCursor: true }, keyOf);
    expect([page.items, at(page.next), at(page.previous)]).toEqual([[3, 4], 4, 3]);
  });
});
