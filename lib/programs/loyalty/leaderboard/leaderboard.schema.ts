import { z } from "zod";
import { figure, metrics, tierModes } from "../tiers/tier.schema";

export const leaderboardSchema = z.object({
  metric: z.enum(metrics),
  tierMode: z.enum(tierModes),
  currency: z.string(),
  /** How many are ranked. */
  total: z.number().int(),
  /** The caller; null for staff. Her rank is null while no video of hers was seen. */
  me: z
    .object({ isShown: z.boolean(), rank: z.number().int().nullable(), value: figure.nullable() })
    .nullable(),
  /** Equal figures share a rank: 1, 2, 2, 4. */
  items: z.array(
    z.object({
      rank: z.number().int(),
      handle: z.string(),
      tierName: z.string(),
      tierColor: z.string(),
      value: figure,
      isMe: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
});
export type Leaderboard = z.infer<typeof leaderboardSchema>;

export const leaderboardQuerySchema = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type LeaderboardQuery = z.infer<typeof leaderboardQuerySchema>;

export const leaderboardChoiceSchema = z.object({ isShown: z.boolean() });
export type LeaderboardChoice = z.infer<typeof leaderboardChoiceSchema>;
