import { z } from "zod";
import { figure, metrics } from "../tiers/tier.schema";
import { countsFroms, missionKinds, missionRewardSchema } from "./mission.schema";

/**
 * Where a creator stands in a mission. Computed in one place, `public.loyalty_read_missions`, in the order pages show it:
 * claimable, raffle_won, needs_details, waiting_for_boost, waiting_for_stock, running, scheduled, paying, claimed, in_progress, raffle_open, raffle_entered,
 * raffle_closed, raffle_alternate, next_up, cooling_down, paused, locked, unrecognised.
 */
export const missionStatuses = [
  /** Done; its reward waits to be claimed. */
  "claimable",
  /** Drawn; its reward waits to be claimed. */
  "raffle_won",
  /** A boost has ended and waits for her payment details. */
  "needs_details",
  /** Earned, and another boost of hers is planned or runs: it can be claimed from `opensAt`. */
  "waiting_for_boost",
  /** Done after the last piece was given out: the next one is hers. */
  "waiting_for_stock",
  /** A boost or discount that runs now. */
  "running",
  /** Claimed for a later day. */
  "scheduled",
  /** A boost's money is clearing or on its way. */
  "paying",
  /** Claimed; the business prepares it. */
  "claimed",
  "in_progress",
  /** She may enter. */
  "raffle_open",
  "raffle_entered",
  /** She entered, the list is closed, the draw comes. */
  "raffle_closed",
  "raffle_alternate",
  /** Starts when the reward of the last mission of its kind is fulfilled. */
  "next_up",
  /** Repeats; the next round starts on `startsOn`. */
  "cooling_down",
  "paused",
  /** Of a higher tier, shown early. */
  "locked",
  /** No video of hers was ever seen: she may look and not take part. */
  "unrecognised",
] as const;
export type MissionStatus = (typeof missionStatuses)[number];

export const creatorMissionSchema = z.object({
  id: z.uuid(),
  kind: z.enum(missionKinds),
  name: z.string(),
  description: z.string(),
  status: z.enum(missionStatuses),
  progressId: z.uuid().nullable(),
  /** What a claim names: the waiting or claimed reward of this round, or of the raffle. */
  redemptionId: z.uuid().nullable(),
  isRecurring: z.boolean(),
  cycleNo: z.number().int().nullable(),
  target: figure,
  value: figure,
  countsFrom: z.enum(countsFroms),
  /** First business date that counts; null before it has started. */
  countsFromOn: z.string().nullable(),
  /** Last business date that counts; null without a limit. */
  dueOn: z.string().nullable(),
  /** First day of the next round. */
  startsOn: z.string().nullable(),
  completedOn: z.string().nullable(),
  claimUntil: z.string().nullable(),
  /** From when an earned reward can be claimed; null where it can be claimed now, or nobody knows. */
  opensAt: z.string().nullable(),
  scheduledAt: z.string().nullable(),
  /** When a running or scheduled reward ends. */
  rewardEndsAt: z.string().nullable(),
  /** The tier it is for; null for every tier. `missing` is what she lacks to it, 0 when she holds it or is above. */
  tier: z.object({ id: z.uuid(), name: z.string(), rank: z.number().int(), missing: figure }).nullable(),
  /** `left` is how many can still be earned, 0 when all are given out; null without a cap. */
  reward: missionRewardSchema.extend({ left: z.number().int().nullish() }),
  raffle: z
    .object({
      endsAt: z.string(),
      entries: z.number().int(),
      winnersCount: z.number().int(),
      claimDays: z.number().int(),
      isSealed: z.boolean(),
    })
    .nullable(),
});
export type CreatorMission = z.infer<typeof creatorMissionSchema>;

/** GET /api/[client]/loyalty/missions: all the missions page shows, in its order; one call to the database. */
export const creatorMissionsSchema = z.object({
  currency: z.string(),
  metric: z.enum(metrics),
  timeZone: z.string(),
  figuresAt: z.string().nullable(),
  lastBusinessDate: z.string().nullable(),
  isStale: z.boolean(),
  nextCountAt: z.string(),
  /** What a claim promises: hours until it is handed over, days until a boost's money is clear. */
  fulfilHours: z.number().int(),
  clearingDays: z.number().int(),
  /** Null for a person who is no creator here. */
  creator: z
    .object({
      id: z.uuid(),
      handle: z.string(),
      tierId: z.uuid(),
      tierName: z.string(),
      commissionBp: z.number().int(),
      /** False while no video of hers was ever seen. */
      isRecognised: z.boolean(),
    })
    .nullable(),
  items: z.array(creatorMissionSchema),
  /** Rounds and raffles that are over, for the tab. */
  finished: z.number().int(),
});
export type CreatorMissions = z.infer<typeof creatorMissionsSchema>;

export const missionOutcomes = [
  "paid",
  "fulfilled",
  "completed",
  "rejected",
  "expired",
  "missed",
  "raffle_lost",
  "raffle_forfeited",
] as const;

/** A round or raffle that is over. `lines` are whole sentences in the reader's words, made by the server. */
export const missionHistoryItemSchema = z.object({
  id: z.uuid(),
  missionId: z.uuid(),
  kind: z.enum(missionKinds),
  name: z.string(),
  outcome: z.enum(missionOutcomes),
  cycleNo: z.number().int().nullable(),
  isRecurring: z.boolean(),
  value: figure,
  target: figure,
  countsFromOn: z.string().nullable(),
  /** Last day that counted; null without a limit. */
  dueOn: z.string().nullable(),
  completedOn: z.string().nullable(),
  closedOn: z.string(),
  rewardName: z.string(),
  rewardKind: missionRewardSchema.shape.kind,
  /** What was paid or sent, in minor units; 0 where the worth is not money. */
  amount: figure,
  /** When it was paid or handed over. */
  settledAt: z.string().nullable(),
  claimUntil: z.string().nullable(),
  reason: z.string().nullable(),
  entries: z.number().int().nullable(),
  lines: z.array(z.string()),
});
export type MissionHistoryItem = z.infer<typeof missionHistoryItemSchema>;
export const missionHistorySchema = z.object({
  items: z.array(missionHistoryItemSchema),
  next: z.string().nullable(),
});
export type MissionHistory = z.infer<typeof missionHistorySchema>;
