import { z } from "zod";
import { creatorWeekSchema, periodFiguresSchema } from "../home/home.schema";
import { decisionSchema, figure, tierSchema } from "../tiers/tier.schema";

export const creatorStates = ["active", "archived"] as const;
export const creatorSorts = ["sales", "total", "video", "handle"] as const;

/** `noor`, `@Noor`: up to 30 letters, numbers, dots and underscores; kept as typed, without @. */
export const handleSchema = z
  .string()
  .trim()
  .transform((text) => text.replace(/^@+/, ""))
  .pipe(
    z
      .string()
      .regex(/^[a-zA-Z0-9_.]{1,30}$/, "A handle has up to 30 letters, numbers, dots and underscores."),
  );

export const creatorSummarySchema = z.object({
  id: z.uuid(),
  handle: z.string(),
  name: z.string(),
  state: z.enum(creatorStates),
  tierId: z.uuid(),
  tierName: z.string(),
  tierColor: z.string(),
  tierRank: z.number().int(),
  tierSince: z.string(),
  isPinned: z.boolean(),
  /** The judged figure. */
  value: figure,
  /** Missing to the next tier; null at the top. */
  toNext: figure.nullable(),
  /** Missing to keep the tier at its check; null when there is none or it is safe. */
  toKeep: figure.nullable(),
  /** Day of the check, when the tier would not be kept today and the check is within 14 days. */
  checkSoonOn: z.string().nullable(),
  /** Days without a video, from 21 on. */
  quietDays: z.number().int().nullable(),
  periodStart: z.string(),
  periodEndsOn: z.string(),
  periodSales: figure,
  periodUnits: figure,
  periodVideos: figure,
  totalSales: figure,
  totalUnits: figure,
  totalVideos: figure,
  lastVideoOn: z.string().nullable(),
});
export type CreatorSummary = z.infer<typeof creatorSummarySchema>;

/** In an address: `?q=noor&tiers=<id>,<id>&minSales=100000&sort=sales&direction=desc&cursor=…`. */
export const creatorQuerySchema = z.object({
  q: z.string().trim().max(100).optional(),
  tiers: z
    .union([
      z.array(z.uuid()),
      z
        .string()
        .transform((text) => text.split(",").filter(Boolean))
        .pipe(z.array(z.uuid())),
    ])
    .optional(),
  minSales: z.coerce.number().int().min(0).optional(),
  state: z.enum(creatorStates).default("active"),
  sort: z.enum(creatorSorts).default("sales"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CreatorQuery = z.infer<typeof creatorQuerySchema>;

export const creatorListSchema = z.object({
  items: z.array(creatorSummarySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  /** Creators the filter finds. */
  total: z.number().int(),
});
export type CreatorList = z.infer<typeof creatorListSchema>;

export const creatorSchema = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  state: z.enum(creatorStates),
  joinedOn: z.string(),
  tier: tierSchema,
  tierSince: z.string(),
  next: z.object({ tier: tierSchema, missing: figure }).nullable(),
  progress: z.number(),
  isPinned: z.boolean(),
  pinnedReason: z.string().nullable(),
  value: figure,
  periodStart: z.string(),
  periodEndsOn: z.string(),
  checkOn: z.string().nullable(),
  missingToKeep: figure,
  totalSales: figure,
  totalUnits: figure,
  totalVideos: figure,
  lastVideoOn: z.string().nullable(),
  figuresAt: z.string().nullable(),
  period: periodFiguresSchema,
  /** Null when the viewer may not see people. `hasLogin` false: invite her (people room, role creator, this personId). */
  person: z.object({ name: z.string(), email: z.string().nullable(), hasLogin: z.boolean() }).nullable(),
  aliases: z.array(z.string()),
  handleChanges: z.array(
    z.object({
      old: z.string(),
      new: z.string(),
      at: z.string(),
      videosMoved: z.number().int(),
      isMerge: z.boolean(),
    }),
  ),
  decision: decisionSchema.nullable(),
  weeks: z.array(creatorWeekSchema),
});
export type Creator = z.infer<typeof creatorSchema>;

export const creatorInputSchema = z.object({
  handle: handleSchema,
  name: z.string().trim().max(120).optional(),
  email: z.email("Write an e-mail address like name@example.com.").optional(),
  /** A tier chosen by hand: it stays until somebody lets it go. */
  tierId: z.uuid().optional(),
  reason: z.string().trim().max(300).optional(),
});
export type CreatorInput = z.infer<typeof creatorInputSchema>;

/** One step a request: rename, fix or let go the tier, archive or bring back. */
export const creatorStepSchema = z.discriminatedUnion("step", [
  z.object({ step: z.literal("rename"), handle: handleSchema, keepAlias: z.boolean().default(true) }),
  z.object({
    step: z.literal("pin"),
    tierId: z.uuid(),
    reason: z.string().trim().min(3, "Say why this tier is fixed by hand.").max(300),
  }),
  z.object({ step: z.literal("unpin") }),
  z.object({ step: z.literal("archive") }),
  z.object({ step: z.literal("restore") }),
]);
export type CreatorStep = z.infer<typeof creatorStepSchema>;

export const videoSchema = z.object({
  id: z.uuid(),
  url: z.string(),
  title: z.string(),
  postedOn: z.string(),
  views: figure,
  likes: figure,
  comments: figure,
  gmv: figure,
  units: figure,
  ctrBp: z.number().int().nullable(),
  firstSeenOn: z.string(),
  /** What it brought in the asked span of days: "every sale we counted". */
  counted: figure,
  countedUnits: figure,
});
export type Video = z.infer<typeof videoSchema>;

export const videoQuerySchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type VideoQuery = z.infer<typeof videoQuerySchema>;
export const videoListSchema = z.object({ items: z.array(videoSchema), next: z.string().nullable() });
export type VideoList = z.infer<typeof videoListSchema>;
