import { z } from "zod";
import { celebrationListSchema } from "../celebrations/celebration.schema";
import { creatorMissionsSchema } from "../missions/creator-mission.schema";
import { myRewardsSchema } from "../rewards/my-rewards.schema";
import { decisionSchema, figure, metrics, tierModes, tierSchema } from "../tiers/tier.schema";
import { warningSchema } from "../warnings/warning.schema";

const weekSchema = z.object({
  /** First day of the week. */
  from: z.string(),
  sales: figure,
  units: figure,
});
export const creatorWeekSchema = weekSchema.extend({
  /** False for weeks before the open period, shown so that a young period has a shape. */
  isInPeriod: z.boolean(),
  /** The week is not over. */
  isOpen: z.boolean(),
});
export type CreatorWeek = z.infer<typeof creatorWeekSchema>;

export const periodFiguresSchema = z.object({
  sales: figure,
  units: figure,
  adjustments: figure,
  refunds: figure,
  views: figure,
  likes: figure,
  comments: figure,
  videos: figure,
});
export type PeriodFigures = z.infer<typeof periodFiguresSchema>;

const freshnessSchema = z.object({
  /** When a file last brought figures; null before the first. */
  figuresAt: z.string().nullable(),
  /** The night those figures belong to. */
  lastBusinessDate: z.string().nullable(),
  /** True when figures are older than the business allows: say so beside every figure. */
  isStale: z.boolean(),
  nextCountAt: z.string(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

export const homeCreatorSchema = z.object({
  id: z.uuid(),
  handle: z.string(),
  name: z.string(),
  state: z.enum(["active", "archived"]),
  isPinned: z.boolean(),
  tier: tierSchema,
  tierSince: z.string(),
  /** The next tier and what is missing to it; null at the top. */
  next: z.object({ tier: tierSchema, missing: figure }).nullable(),
  /** 0 to 1: how far from the tier's start to the next tier's; 1 at the top. */
  progress: z.number(),
  /** The judged figure, in `metric`. */
  value: figure,
  periodStart: z.string(),
  /** Last day of the open period. */
  periodEndsOn: z.string(),
  /** The day the tier is checked; null in the entry tier, with a fixed tier, and when tiers are kept for life. */
  checkOn: z.string().nullable(),
  /** What has to be sold until then to keep the tier; 0 when it is safe. */
  missingToKeep: figure,
  /** True on the night of a move: the new period begins tomorrow and has no figures yet. */
  startsTomorrow: z.boolean(),
  totalSales: figure,
  totalUnits: figure,
  totalVideos: figure,
  lastVideoOn: z.string().nullable(),
  period: periodFiguresSchema,
  decision: decisionSchema.nullable(),
  weeks: z.array(creatorWeekSchema),
});
export type HomeCreator = z.infer<typeof homeCreatorSchema>;

/** GET /api/[client]/loyalty/home: everything a creator's home shows. `creator` is null for a person who is none. */
export const homeSchema = freshnessSchema.extend({
  metric: z.enum(metrics),
  tierMode: z.enum(tierModes),
  currency: z.string(),
  timeZone: z.string(),
  ladder: z.array(tierSchema),
  creator: homeCreatorSchema.nullable(),
  leaderboardShown: z.boolean(),
  /** What went well and was not acknowledged yet. */
  celebrations: celebrationListSchema.nullable(),
  /** What is missing to keep the tier, when a check is near. */
  warning: warningSchema.nullable(),
  missions: creatorMissionsSchema.nullable(),
  rewards: myRewardsSchema.nullable(),
});
export type Home = z.infer<typeof homeSchema>;

/** GET /api/[client]/loyalty/home/admin: the owner's overview. */
export const adminHomeSchema = freshnessSchema.extend({
  metric: z.enum(metrics),
  tierMode: z.enum(tierModes),
  currency: z.string(),
  creators: z.number().int(),
  posted30Days: z.number().int(),
  periodSales: figure,
  lastSummary: z.object({
    pass: z.enum(["full", "changed"]).optional(),
    businessDate: z.string().optional(),
    creators: z.number().optional(),
    updated: z.number().optional(),
    entered: z.number().optional(),
    promoted: z.number().optional(),
    maintained: z.number().optional(),
    demoted: z.number().optional(),
  }),
  tiers: z.array(
    tierSchema
      .pick({ id: true, rank: true, name: true, color: true, threshold: true })
      .extend({ creators: z.number().int(), sales: figure }),
  ),
  needs: z.object({
    /** Requests for a handle that wait. */
    claims: z.number().int(),
    /** Creators checked within 14 days who would fall today. */
    atRisk: z.number().int(),
    /** Above the entry tier and without a video for three weeks. */
    quiet: z.number().int(),
  }),
  /** Tier changes of the last seven nights. */
  moves: z.array(
    z.object({ rule: z.enum(["promotion", "demotion"]), to: z.string(), creators: z.number().int() }),
  ),
  /** Eight weeks up to the last night, oldest first. */
  weeks: z.array(weekSchema),
});
export type AdminHome = z.infer<typeof adminHomeSchema>;
