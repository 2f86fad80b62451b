import type { LadderDraft } from "./tier.schema";

/** A ladder as the database takes it: the order is the rank, one benefit a line. */
export function ladderRows(draft: LadderDraft) {
  return draft.tiers.map(({ id, benefits, color, ...tier }) => ({
    ...tier,
    id: id ?? null,
    color: color.toLowerCase(),
    benefits: benefits.filter(Boolean).join("\n"),
  }));
}
