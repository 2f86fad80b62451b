import type { Tier } from "./tier.schema";

interface Judged {
  tierId: string;
  value: number;
  isPinned: boolean;
  periodStart: string;
  periodEndsOn: string;
}

/** Where a figure lies on the ladder: the same arithmetic for home, the creators page and one creator. */
export function placeOnLadder(ladder: readonly Tier[], judged: Judged, mode: "lifetime" | "checkpoint") {
  const tier = ladder.find((rung) => rung.id === judged.tierId) ?? ladder[0];
  if (!tier) throw new RangeError("A ladder without tiers.");
  const above = ladder.find((rung) => rung.rank === tier.rank + 1);
  const span = above ? above.threshold - tier.threshold : 0;
  const isChecked = mode === "checkpoint" && tier.rank > 1 && !judged.isPinned;
  return {
    tier,
    next: above ? { tier: above, missing: Math.max(above.threshold - judged.value, 0) } : null,
    // From the tier's own start to the next one's: a fresh count of a tier held stands at its beginning.
    progress: span > 0 ? clamp((judged.value - tier.threshold) / span) : 1,
    checkOn: isChecked ? judged.periodEndsOn : null,
    missingToKeep: isChecked ? Math.max(tier.threshold - judged.value, 0) : 0,
  };
}

const clamp = (share: number): number => Math.min(Math.max(share, 0), 1);
