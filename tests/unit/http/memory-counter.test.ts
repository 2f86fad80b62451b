import { afterEach, describe, expect, it } from "vitest";
import "./environment";
import { memoryCounter } from "@/lib/http/memory-counter";
import { setClock } from "@/lib/kernel/clock";

let back = () => {};
afterEach(() => back());
const at = (seconds: number) => {
  back();
  back = setClock(new Date(1_800_000_000_000 + seconds * 1000));
};

describe("counting pages in memory", () => {
  it("lets as many pass as allowed, and no more, in one window", async () => {
    at(0);
    const count = memoryCounter();
    const results = [];
    for (let call = 0; call < 5; call += 1) results.push(await count("a", 3, 900));
    expect(results.map(({ success }) => success)).toEqual([true, true, true, false, false]);
    expect(results.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0, 0]);
    expect((await count("b", 3, 900)).success).toBe(true);
  });

  it("slides: a full window weighs on the next one in part, and on the one after not at all", async () => {
    at(0);
    const count = memoryCounter();
    for (let call = 0; call < 10; call += 1) await count("a", 10, 900);
    const passed = async () => {
      let n = 0;
      while ((await count("a", 10, 900)).success) n += 1;
      return n;
    };
    at(900 + 450);
    expect(await passed()).toBe(5);
    at(4 * 900);
    expect(await passed()).toBe(10);
  });
});
