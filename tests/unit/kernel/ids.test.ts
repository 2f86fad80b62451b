import { afterEach, describe, expect, it } from "vitest";
import { clock, setClock } from "@/lib/kernel/clock";
import { equalSecrets, newId, randomToken, sha256Hex } from "@/lib/kernel/ids";
import { randomBelow, setRandom } from "@/lib/kernel/random";

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((back) => back()));

describe("ids", () => {
  it("are version 7 and carry the time of the clock", () => {
    undo.push(setClock(new Date("2026-11-20T12:00:00Z")));
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(clock.now().getTime());
  });

  it("rise within one millisecond and never repeat", () => {
    undo.push(setClock(new Date("2026-11-20T12:00:01Z")));
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(1_000);
    expect([...ids].sort()).toEqual(ids);
  });

  it("draw every digit equally often: the uneven top of the range is drawn again", () => {
    const draws = [new Uint8Array([255, 255, 255, 255]), new Uint8Array([0, 0, 0, 7])];
    undo.push(setRandom(() => draws.shift()!));
    expect(randomBelow(10)).toBe(7);
    expect(draws).toHaveLength(0);
  });

  it("make tokens of 256 bits that fit into an address", () => {
    expect(randomToken()).toMatch(/^[\w-]{43}$/);
    expect(randomToken()).not.toBe(randomToken());
  });

  it("digest as everybody else does", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("compare secrets of any length without throwing", () => {
    expect(equalSecrets("a", "a")).toBe(true);
    expect(equalSecrets("a", "aa")).toBe(false);
    expect(equalSecrets("", "x")).toBe(false);
  });
});
