import { z } from "zod";
import { figure } from "../tiers/tier.schema";

export const missionKinds = ["sales_amount", "sales_units", "videos", "views", "likes", "raffle"] as const;
export type MissionKind = (typeof missionKinds)[number];
export const missionStateNames = ["draft", "published", "paused", "ended", "archived"] as const;
export const countsFroms = ["publish", "checkpoint", "joining"] as const;
export const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, "A tag has up to 30 letters, numbers and hyphens.");

/** `2026-12-18T18:00`: a wall clock in the zone of the business. The database makes the instant of it. */
const wallClock = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, "Choose a day and a time.");

/** What a mission pays, as a page shows it. */
export const missionRewardSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["gift_card", "ads_credit", "physical_gift", "experience", "commission_boost", "discount"]),
  name: z.string(),
  description: z.string(),
  instructions: z.string(),
  valueAmount: figure,
  boostBp: z.number().int().nullable(),
  boostDays: z.number().int().nullable(),
  discountPercent: z.number().int().nullable(),
  discountMinutes: z.number().int().nullable(),
  requiresSize: z.boolean(),
  sizes: z.array(z.string()),
  /** Of its terms, to be sent with a claim. */
  version: z.number().int().optional(),
});
export type MissionReward = z.infer<typeof missionRewardSchema>;

/** A mission as its owner reads it, with what has come of it so far. */
export const missionSchema = z.object({
  id: z.uuid(),
  kind: z.enum(missionKinds),
  name: z.string(),
  description: z.string(),
  /** Minor units for sales_amount, a count otherwise; 0 for a raffle. */
  target: figure,
  rewardId: z.uuid(),
  rewardName: z.string(),
  rewardKind: missionRewardSchema.shape.kind,
  tierId: z.uuid().nullable(),
  tierName: z.string().nullable(),
  tag: z.string().nullable(),
  previewFromTierId: z.uuid().nullable(),
  countsFrom: z.enum(countsFroms),
  /** False: only those who come into its group after it was published take part. */
  reachesCurrent: z.boolean(),
  isRecurring: z.boolean(),
  cooldownDays: z.number().int(),
  maxCycles: z.number().int().nullable(),
  daysToFinish: z.number().int().nullable(),
  endsAt: z.string().nullable(),
  /** The same moment on the clock of the business, as a form writes it. */
  endsLocal: z.string().nullable(),
  winnersCount: z.number().int().nullable(),
  alternatesCount: z.number().int(),
  claimDays: z.number().int().nullable(),
  displayOrder: z.number().int(),
  state: z.enum(missionStateNames),
  /** Counts saves. A save names the version it was made from; another one answers 409. */
  version: z.number().int(),
  publishedAt: z.string().nullable(),
  updatedAt: z.string(),
  /** Creators with a round of it; for a raffle those who entered. */
  reached: z.number().int(),
  dormant: z.number().int(),
  active: z.number().int(),
  completed: z.number().int(),
  missed: z.number().int(),
  /** What its claims cost, reserved and spent, in minor units. */
  cost: figure,
  /** How many of its reward can still be earned; below 0 when more is promised than there is, null without a cap. */
  left: z.number().int().nullable(),
  /** Creators who have earned its reward and wait until there is one. */
  waiting: z.number().int(),
});
export type Mission = z.infer<typeof missionSchema>;

/** True while its reward is given out: somebody has earned it and waits, or nobody new can earn it. */
export function isGivenOut({ kind, state, left, waiting }: Mission): boolean {
  if (waiting > 0) return true;
  if (left === null || (state !== "published" && state !== "paused")) return false;
  // The prizes of a raffle that is still to be drawn are taken off already.
  return kind === "raffle" ? left < 0 : left <= 0;
}
export const missionListSchema = z.object({
  items: z.array(missionSchema),
  /** What to send as `cursor` for the page after this one, and the one before. */
  next: z.string().nullable(),
  previous: z.string().nullable(),
  total: z.number().int(),
});
export type MissionList = z.infer<typeof missionListSchema>;

/** The filter of missions that are for everybody, among the tiers. */
export const everyTier = "every";
const severalOf = <Value extends z.ZodType<string>>(value: Value) =>
  z.union([z.array(value), value.transform((one) => [one])]).optional();
export const missionQuerySchema = z.object({
  /** Part of a name. */
  q: z.string().trim().max(100).optional(),
  /** Without one: all but archived missions. */
  state: severalOf(z.enum(missionStateNames)),
  tier: severalOf(z.union([z.uuid(), z.literal(everyTier)])),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MissionQuery = z.infer<typeof missionQuerySchema>;

const whole = z.number("Write a whole number.").int("Write a whole number.");
const goalSchema = z
  .number("Write the goal as a number.")
  .int("Write a whole number.")
  .min(0, "Set a goal above zero.")
  .max(100_000_000_000, "This goal is too high.");

/** What `public.loyalty_save_mission(p_client, p_mission, p_body)` takes; p_mission is null for a new one. */
export const missionInputSchema = z
  .object({
    kind: z.enum(missionKinds, "Choose a kind."),
    name: z
      .string("Give the mission a name.")
      .trim()
      .min(2, "Give the mission a name.")
      .max(60, "A name has at most 60 letters."),
    description: z.string().trim().max(500, "At most 500 letters.").default(""),
    target: goalSchema.default(0),
    rewardId: z.uuid("Choose what it pays."),
    tierId: z.uuid().nullable().default(null),
    tag: tagSchema.nullable().default(null),
    previewFromTierId: z.uuid().nullable().default(null),
    countsFrom: z.enum(countsFroms).default("publish"),
    reachesCurrent: z.boolean().default(true),
    isRecurring: z.boolean().default(false),
    cooldownDays: whole.min(0, "At least 0 days.").max(365, "At most 365 days.").default(0),
    maxCycles: whole.min(2, "At least two rounds.").max(100, "At most 100 rounds.").nullable().default(null),
    daysToFinish: whole.min(1, "At least one day.").max(365, "At most 365 days.").nullable().default(null),
    /** Wall clock of the business. For a raffle the last moment to enter. */
    ends: wallClock.nullable().default(null),
    winnersCount: whole
      .min(1, "At least one winner.")
      .max(1000, "At most 1,000 winners.")
      .nullable()
      .default(null),
    alternatesCount: whole.min(0, "At least 0.").max(1000, "At most 1,000.").default(0),
    claimDays: whole.min(1, "At least one day.").max(60, "At most 60 days.").nullable().default(null),
    displayOrder: whole.min(0, "From 0 to 10,000.").max(10_000, "From 0 to 10,000.").default(100),
    /** The version the change was made from; left out for a new mission. */
    version: whole.optional(),
  })
  .superRefine((value, context) => {
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (value.kind === "raffle") {
      if (value.target !== 0) wrong("target", "A raffle has no goal: one enters it.");
      if (value.ends === null) wrong("ends", "A raffle needs a last moment to enter.");
      if (value.winnersCount === null) wrong("winnersCount", "Say how many win.");
      if (value.claimDays === null) wrong("claimDays", "Say how long a winner has to claim.");
      if (value.isRecurring) wrong("isRecurring", "A raffle happens once. Duplicate it for the next one.");
      return;
    }
    if (value.target < 1) wrong("target", "Set a goal above zero.");
    if (value.winnersCount !== null || value.alternatesCount !== 0 || value.claimDays !== null)
      wrong("kind", "Winners belong to a raffle.");
    if (!value.isRecurring && (value.cooldownDays !== 0 || value.maxCycles !== null))
      wrong("isRecurring", "Rounds and pauses belong to a mission that repeats.");
    if (value.previewFromTierId !== null && value.tierId === null)
      wrong("previewFromTierId", "A mission for every tier is shown to everybody already.");
  });
export type MissionInput = z.infer<typeof missionInputSchema>;

export const missionSteps = ["publish", "pause", "resume", "end", "archive"] as const;
export type MissionStepName = (typeof missionSteps)[number];
/** What `public.loyalty_step_mission(p_client, p_mission, p_step)` takes. */
export const missionStepSchema = z.object({
  step: z.enum(missionSteps, "A mission is published, paused, resumed, ended or archived."),
});
export type MissionStep = z.infer<typeof missionStepSchema>;

/** As much of a mission as says whom it reaches; the rest may still be missing. */
export const missionDraftSchema = z.object({
  kind: z.enum(missionKinds, "Choose a kind."),
  target: goalSchema.default(0),
  rewardId: z.uuid().nullable().default(null),
  tierId: z.uuid().nullable().default(null),
  tag: tagSchema.nullable().default(null),
  countsFrom: z.enum(countsFroms).default("publish"),
  daysToFinish: whole.min(1).max(365).nullable().default(null),
  winnersCount: whole.min(1).max(1000).nullable().default(null),
});
export type MissionDraft = z.infer<typeof missionDraftSchema>;

/** Who a mission would reach if it were published now, and who would have reached its goal already. Saves nothing. */
export const missionPreviewSchema = z.object({
  recipients: z.number().int(),
  /** Creators who would have met the goal. Null for a raffle and before there is a goal. */
  wouldHaveCompleted: z.number().int().nullable(),
  /** The figures that was judged by: a window as long as she would have, her open period, or all she ever did. */
  basis: z.enum(["window", "period", "ever"]).nullable(),
  windowFrom: z.string().nullable(),
  windowTo: z.string().nullable(),
  /** The middle one of the recipients' figures in that time: half have more. */
  median: figure.nullable(),
  /** What the reward would cost if each of those claimed it, in minor units; null when it is not known before. */
  cost: figure.nullable(),
});
export type MissionPreview = z.infer<typeof missionPreviewSchema>;
