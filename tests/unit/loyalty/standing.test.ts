import { describe, expect, it } from "vitest";
import { adjustmentInputSchema, claimInputSchema, handleSchema } from "@/lib/programs/loyalty/contract";
import { placeOnLadder } from "@/lib/programs/loyalty/tiers/standing";

const ladder = [
  ["Bronze", 0],
  ["Silver", 150_000],
  ["Gold", 500_000],
].map(([name, threshold], index) => ({
  id: `00000000-0000-4000-8000-00000000000${index + 1}`,
  rank: index + 1,
  name: name as string,
  color: "#8d99a6",
  threshold: threshold as number,
  commissionBp: 0,
  benefits: [],
}));
const judged = {
  tierId: ladder[1]!.id,
  value: 381_240,
  isPinned: false,
  periodStart: "2026-10-01",
  periodEndsOn: "2027-01-31",
};

describe("the place on the ladder", () => {
  it("is measured from the tier's own start to the next one's", () => {
    const place = placeOnLadder(ladder, judged, "checkpoint");
    expect(place.progress).toBeCloseTo(0.6607, 3);
    expect(place.next?.missing).toBe(118_760);
    expect(place.checkOn).toBe("2027-01-31");
    expect(place.missingToKeep).toBe(0);
  });

  it("never leaves the bar, whatever refunds do", () => {
    expect(placeOnLadder(ladder, { ...judged, value: -5_000 }, "checkpoint")).toMatchObject({
      progress: 0,
      missingToKeep: 155_000,
    });
  });

  it("has no check in the entry tier, with a fixed tier, or for life", () => {
    expect(placeOnLadder(ladder, { ...judged, tierId: ladder[0]!.id }, "checkpoint").checkOn).toBeNull();
    expect(placeOnLadder(ladder, { ...judged, isPinned: true }, "checkpoint").checkOn).toBeNull();
    expect(placeOnLadder(ladder, judged, "lifetime").checkOn).toBeNull();
  });

  it("is full at the top", () => {
    expect(placeOnLadder(ladder, { ...judged, tierId: ladder[2]!.id }, "checkpoint")).toMatchObject({
      progress: 1,
      next: null,
    });
  });
});

describe("what people type", () => {
  it("takes a handle with or without @", () => {
    expect(handleSchema.parse(" @Noor.glows ")).toBe("Noor.glows");
    expect(handleSchema.safeParse("noor glows").success).toBe(false);
    expect(handleSchema.safeParse("n".repeat(31)).success).toBe(false);
  });

  it("refuses an adjustment whose sign and kind disagree", () => {
    const base = { effectiveOn: "2026-11-01", reason: "Returned order" };
    expect(adjustmentInputSchema.safeParse({ ...base, kind: "refund", amount: 100 }).success).toBe(false);
    expect(adjustmentInputSchema.safeParse({ ...base, kind: "bonus", amount: -100 }).success).toBe(false);
    expect(adjustmentInputSchema.safeParse({ ...base, kind: "correction", amount: 0 }).success).toBe(false);
    expect(adjustmentInputSchema.safeParse({ ...base, kind: "correction", amount: -1 }).success).toBe(true);
  });

  it("wants evidence with a claim", () => {
    expect(claimInputSchema.safeParse({ handle: "noor" }).success).toBe(false);
    expect(claimInputSchema.safeParse({ handle: "noor", evidenceUrl: "http://x.test" }).success).toBe(false);
    expect(
      claimInputSchema.safeParse({ handle: "noor", evidenceUrl: "https://www.tiktok.com/@noor" }).success,
    ).toBe(true);
  });
});
