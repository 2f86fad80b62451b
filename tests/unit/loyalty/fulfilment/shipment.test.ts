import { describe, expect, it } from "vitest";
import { carriersOf, isTrackingNumber, judgeLines } from "@/lib/programs/loyalty/contract";

const ups = "1Z 999 AA1 01 2345 6784";
const one = (trackingNumber: string, carrier?: string | null) => judgeLines([{ trackingNumber, carrier }])[0];

describe("the carrier of a number", () => {
  it("is known where only one has such numbers, and is asked for where several have", () => {
    expect(carriersOf(ups)).toEqual(["ups"]);
    expect(carriersOf("123456789012")).toEqual(["fedex"]);
    expect(carriersOf("RA123456789US").sort()).toEqual(["dhl", "usps"]);
    expect(carriersOf("9400111899223197428490").sort()).toEqual(["fedex", "usps"]);
    expect(carriersOf("BIKE-12")).toEqual([]);
    expect(carriersOf("  ")).toEqual([]);
  });

  it("is never one whose numbers look otherwise", () => {
    for (const number of [ups, "123456789012", "1234567890", "JJD0099999999", "RA123456789US"])
      for (const carrier of carriersOf(number)) expect(isTrackingNumber(carrier, number)).toBe(true);
  });
});

describe("a line of a shipment", () => {
  it("is shipped with what is chosen, else with what its number says", () => {
    expect(one(ups)).toEqual({ trackingNumber: "1Z999AA10123456784", carrier: "ups", problem: null });
    expect(one("9400111899223197428490", "usps")).toMatchObject({ carrier: "usps", problem: null });
    expect(one("", "other")).toMatchObject({ carrier: "other", problem: null });
  });

  it.each([
    ["", undefined, "noNumber"],
    ["", "ups", "noNumber"],
    ["BIKE-12", undefined, "noCarrier"],
    ["BIKE-12", "snail", "noCarrier"],
    ["9400111899223197428490", undefined, "severalCarriers"],
    [ups, "fedex", "wrongNumber"],
    ["a b/c", "other", "wrongNumber"],
  ])("%j with %s is wrong: %s", (number, carrier, problem) => {
    expect(one(number, carrier)?.problem).toBe(problem);
  });

  it("with a number that stands on another line is wrong on both, however it is written", () => {
    const lines = judgeLines([
      { trackingNumber: ups },
      { trackingNumber: "1z999aa10123456784" },
      { trackingNumber: "", carrier: "other" },
      { trackingNumber: "", carrier: "other" },
    ]);
    expect(lines.map(({ problem }) => problem)).toEqual(["twice", "twice", null, null]);
  });
});
