import { z } from "zod";
import { missionKinds } from "../missions/mission.schema";
import { rewardKinds } from "../rewards/reward-kinds";
import { figure } from "../tiers/tier.schema";

/** No business is older, and a year 0 is no year of the database's calendar. */
const reportDay = z.iso
  .date("Write a day like 2026-10-31.")
  .regex(/^(19|20|21)/, "Write a day of this time, like 2026-10-31.");

/** `month=2026-10`, `quarter=2026-Q4`, or two days. Without any of them the present month so far. */
export const reportQuerySchema = z.object({
  month: z
    .string()
    .regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, "Write a month like 2026-10.")
    .optional(),
  quarter: z
    .string()
    .regex(/^(19|20|21)\d{2}-Q[1-4]$/, "Write a quarter like 2026-Q4.")
    .optional(),
  from: reportDay.optional(),
  to: reportDay.optional(),
});
export type ReportQuery = z.infer<typeof reportQuerySchema>;

export const reportSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Sales of the span, adjustments included. */
  sales: figure,
  claimed: z.number().int(),
  rejected: z.number().int(),
  /** Issued is what was fulfilled in the span; a boost counts when its money is owed. */
  rewards: z.array(
    z.object({
      kind: z.enum(rewardKinds),
      tier: z.string(),
      rank: z.number().int(),
      count: z.number().int(),
      cost: figure,
    }),
  ),
  /** As they stand now. */
  budgets: z.array(
    z.object({ name: z.string(), budget: figure, spent: figure, reserved: figure, left: figure }),
  ),
  missions: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(missionKinds),
      completed: z.number().int(),
      creators: z.number().int(),
    }),
  ),
  movement: z.object({ risen: z.number().int(), held: z.number().int(), fallen: z.number().int() }),
  uplift: z.object({
    boosts: z.number().int(),
    boostDays: z.number().int(),
    salesDuring: figure,
    salesBefore: figure,
    perDayDuring: figure.nullable(),
    perDayBefore: figure.nullable(),
    rows: z.array(
      z.object({
        handle: z.string(),
        name: z.string(),
        firstOn: z.string(),
        lastOn: z.string(),
        rateBp: z.number().int(),
        perDayDuring: figure,
        perDayBefore: figure,
      }),
    ),
  }),
  /** Of those who joined in a month, how many sold in each of the six months after; null for months to come. */
  cohorts: z.array(
    z.object({ month: z.string(), joined: z.number().int(), kept: z.array(z.number().int().nullable()) }),
  ),
  onTime: z.object({ due: z.number().int(), onTime: z.number().int() }),
});
export type Report = z.infer<typeof reportSchema>;

export const reportMailsSchema = z.object({
  people: z.array(
    z.object({ personId: z.uuid(), name: z.string(), weekly: z.boolean(), monthly: z.boolean() }),
  ),
});
export type ReportMails = z.infer<typeof reportMailsSchema>;

// Both are said each time: a list that was forgotten would stop mails somebody waits for.
const list = z.array(z.uuid(), "Say who gets it, or nobody with an empty list.").max(200);
export const reportMailsInputSchema = z.object({ weekly: list, monthly: list });
export type ReportMailsInput = z.infer<typeof reportMailsInputSchema>;
