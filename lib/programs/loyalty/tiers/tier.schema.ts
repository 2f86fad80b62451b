import { z } from "zod";

export const metrics = ["sales", "units"] as const;
export const tierModes = ["lifetime", "checkpoint"] as const;
/** Minor units of the program's currency or pieces, as the program's metric says. */
export const figure = z.number().int();

export const tierSchema = z.object({
  id: z.uuid(),
  rank: z.number().int(),
  name: z.string(),
  color: z.string(),
  threshold: figure,
  commissionBp: z.number().int(),
  benefits: z.array(z.string()),
});
export type Tier = z.infer<typeof tierSchema>;

/** The database keeps one benefit a line. */
export const storedTierSchema = tierSchema.extend({
  benefits: z.string().transform((text) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
});

export const tierDraftSchema = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1, "Give the tier a name.").max(24, "A name has at most 24 letters."),
  color: z.string().regex(/^#[0-9a-fA-F]{6}$/, "Choose a colour."),
  threshold: figure.min(0, "A tier starts at zero or above.").max(1_000_000_000_000),
  commissionBp: z.number().int().min(0).max(10_000, "Commission is at most 100 %."),
  benefits: z.array(z.string().trim().max(120)).max(8).default([]),
});

/** The whole ladder, lowest first; a tier without `id` is new, one left out leaves the ladder. */
export const ladderDraftSchema = z.object({
  tiers: z
    .array(tierDraftSchema)
    .min(3, "A ladder has three to six tiers.")
    .max(6, "A ladder has three to six tiers."),
});
export type LadderDraft = z.infer<typeof ladderDraftSchema>;

export const ladderSchema = z.object({
  metric: z.enum(metrics),
  tierMode: z.enum(tierModes),
  currency: z.string(),
  tiers: z.array(tierSchema),
});
export type Ladder = z.infer<typeof ladderSchema>;

const previewLine = z.object({
  creatorId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  value: figure,
  from: z.string(),
  to: z.string(),
  /** "tonight", or the date of the creator's next check. */
  when: z.string(),
});

/** What saving a ladder would do. Nothing is saved by asking. At most 50 names each way. */
export const tierPreviewSchema = z.object({
  metric: z.enum(metrics),
  tierMode: z.enum(tierModes),
  creators: z.number().int(),
  rises: z.number().int(),
  falls: z.number().int(),
  tiers: z.array(
    z.object({
      id: z.uuid().nullable(),
      rank: z.number().int(),
      name: z.string(),
      threshold: figure,
      before: z.number().int(),
      after: z.number().int(),
    }),
  ),
  rising: z.array(previewLine),
  falling: z.array(previewLine),
});
export type TierPreview = z.infer<typeof tierPreviewSchema>;

export const decisionRules = [
  "entry",
  "promotion",
  "maintained",
  "demotion",
  "pinned",
  "unpinned",
  "settings",
  "undone",
] as const;

export const decisionSchema = z.object({
  id: z.uuid(),
  rule: z.enum(decisionRules),
  businessDate: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  metric: z.enum(metrics),
  value: figure,
  threshold: figure,
  /** First day counted; null when everything ever sold was counted. */
  periodStart: z.string().nullable(),
  /** First day not counted. */
  periodEnd: z.string().nullable(),
  salesPart: figure,
  adjustmentsPart: figure,
  detail: z.object({
    mode: z.enum(tierModes).optional(),
    snapshots: z.number().optional(),
    videos: z.number().optional(),
    adjustments: z.number().optional(),
    refunds: figure.optional(),
    /** What the tier held before asked for. */
    required: figure.optional(),
    isCheck: z.boolean().optional(),
    isPinned: z.boolean().optional(),
    isExempt: z.boolean().optional(),
    adjustmentIds: z.array(z.uuid()).optional(),
    reason: z.string().nullish(),
    undoneRunId: z.uuid().optional(),
  }),
  createdAt: z.string(),
  isUndone: z.boolean(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const decisionListSchema = z.object({ items: z.array(decisionSchema), next: z.string().nullable() });
export type DecisionList = z.infer<typeof decisionListSchema>;
