import { z } from "zod";
import { claimKinds } from "../claims/claim.schema";
import { redemptionStates } from "../fulfilment/fulfilment.schema";
import { earnedReasons } from "../rewards/my-rewards.schema";
import { figure } from "../tiers/tier.schema";

export const raffleEntryStates = ["entered", "withdrawn", "won", "alternate", "lost", "forfeited"] as const;
export const raffleLosses = ["not_claimed", "rejected", "drawn_again"] as const;
/** closed: over, and its list not sealed yet. */
export const rafflePhases = ["draft", "open", "paused", "closed", "sealed", "drawn", "archived"] as const;
export const raffleBlocks = [
  "ARCHIVED",
  "RAFFLE_CLOSED",
  "NOT_AVAILABLE",
  "NOT_RECOGNISED",
  "TIER_INELIGIBLE",
] as const;

export const raffleEntrySchema = z.object({
  id: z.uuid(),
  state: z.enum(raffleEntryStates),
  /** Her number in the sealed list; null until then. */
  entryNo: z.number().int().nullable(),
  drawRank: z.number().int().nullable(),
  enteredAt: z.string(),
  claimUntil: z.string().nullable(),
  redemptionId: z.uuid().nullable(),
  redemptionState: z.enum(redemptionStates).nullable(),
  /** Why a prize cannot be claimed yet; null where it can be claimed, or there is nothing to claim. */
  blockedBy: z.enum(earnedReasons).nullish(),
  /** From when a prize can be claimed that cannot be yet. */
  opensAt: z.string().nullish(),
});
export type RaffleEntry = z.infer<typeof raffleEntrySchema>;

/** All that is published of a sealed list and its draw. It names nobody. */
export const raffleDrawSchema = z.object({
  sealedAt: z.string(),
  entriesCount: z.number().int(),
  /** SHA-256 of the list that GET …/list answers with, byte for byte. */
  entriesHash: z.string(),
  /** SHA-256 of the seed, published before the draw. */
  commitment: z.string(),
  winnersCount: z.number().int(),
  alternatesCount: z.number().int(),
  claimDays: z.number().int(),
  /** Published with the draw; null until then. */
  seed: z.string().nullable(),
  drawnAt: z.string().nullable(),
  /** The drawn order as far as winners and alternates go. */
  places: z.array(
    z.object({
      rank: z.number().int(),
      entryNo: z.number().int(),
      state: z.enum(raffleEntryStates),
      /** How a place lost its prize, and when; null where it did not. */
      lostBy: z.enum(raffleLosses).nullable(),
      lostAt: z.string().nullable(),
      /** The entry number whose prize this alternate has. */
      movedUpFor: z.number().int().nullable(),
    }),
  ),
});
export type RaffleDraw = z.infer<typeof raffleDrawSchema>;

export const raffleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  endsAt: z.string(),
  phase: z.enum(rafflePhases),
  winnersCount: z.number().int(),
  alternatesCount: z.number().int(),
  claimDays: z.number().int(),
  timeZone: z.string(),
  currency: z.string(),
  /** The one tier it is for; null for every tier. */
  tierName: z.string().nullable(),
  isForTag: z.boolean(),
  prize: z.object({
    rewardId: z.uuid(),
    /** Of its terms, to be sent with a claim. */
    version: z.number().int().optional(),
    name: z.string(),
    kind: z.enum(claimKinds),
    description: z.string(),
    valueAmount: figure,
    boostBp: z.number().int().nullable(),
    boostDays: z.number().int().nullable(),
    discountPercent: z.number().int().nullable(),
    discountMinutes: z.number().int().nullable(),
    sizes: z.array(z.string()),
    instructions: z.string(),
  }),
  /** Terms of a claim, as the rewards pages say them. */
  fulfilHours: z.number().int(),
  clearingDays: z.number().int(),
  /** How many are in. */
  entered: z.number().int(),
  /** Why the caller may not enter now; null when she may. */
  blockedBy: z.enum(raffleBlocks).nullable(),
  /** False for staff who only look. */
  isCreator: z.boolean(),
  entry: raffleEntrySchema.nullable(),
  draw: raffleDrawSchema.nullable(),
});
export type Raffle = z.infer<typeof raffleSchema>;

export const raffleSummarySchema = raffleSchema
  .pick({ id: true, name: true, endsAt: true, phase: true, winnersCount: true, entered: true })
  .extend({ prize: z.string(), drawnAt: z.string().nullable() });
export type RaffleSummary = z.infer<typeof raffleSummarySchema>;
export const raffleListSchema = z.object({
  items: z.array(raffleSummarySchema),
  next: z.string().nullable(),
});
export type RaffleList = z.infer<typeof raffleListSchema>;

export const raffleEntryRowSchema = raffleEntrySchema.extend({
  creatorId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  tierName: z.string(),
  tierColor: z.string(),
  /** Why staff took the prize back. */
  redrawReason: z.string().nullable(),
  isHeld: z.boolean(),
});
export type RaffleEntryRow = z.infer<typeof raffleEntryRowSchema>;
export const raffleEntryListSchema = z.object({
  items: z.array(raffleEntryRowSchema),
  next: z.string().nullable(),
});
export type RaffleEntryList = z.infer<typeof raffleEntryListSchema>;

export const raffleQuerySchema = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RaffleQuery = z.infer<typeof raffleQuerySchema>;

export const redrawInputSchema = z.object({
  reason: z.string().trim().min(3, "Say why, in 3 to 300 letters.").max(300, "At most 300 letters."),
});
export type RedrawInput = z.infer<typeof redrawInputSchema>;
