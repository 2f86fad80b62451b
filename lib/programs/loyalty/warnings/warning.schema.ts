import { z } from "zod";
import { figure, metrics } from "../tiers/tier.schema";

/** What is missing to keep a tier at the coming check, and what would be lost. The mail and home say the same. */
export const warningSchema = z.object({
  checkOn: z.iso.date(),
  daysLeft: z.number().int(),
  metric: z.enum(metrics),
  currency: z.string(),
  shortfall: figure,
  tier: z.string(),
  toTier: z.string(),
  commissionBp: z.number().int(),
  toCommissionBp: z.number().int(),
  /** Rewards of the tier, at most five. */
  rewards: z.array(z.string()),
});
export type Warning = z.infer<typeof warningSchema>;
