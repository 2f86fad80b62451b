import { z } from "zod";
import { boostSchema } from "../boosts/boost.schema";
import { boostStates } from "../boosts/boost.states";
import { figure } from "../tiers/tier.schema";
import { bankAccountTypes, payoutMethods } from "./account-kinds";
import { payoutAccountSchema } from "./account.schema";
import { batchStates, paymentStates, payoutStates } from "./payout.states";

const said = z.string().trim().min(3, "Say why, in a few words.").max(300, "At most 300 letters.");
const myPayoutSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["boost", "clawback"]),
  amount: figure,
  state: z.enum(payoutStates),
  reason: z.string().nullable(),
  name: z.string().nullable(),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
  method: z.enum(payoutMethods).nullable(),
  hint: z.string().nullable(),
  failureReason: z.string().nullable(),
  reference: z.string().nullable(),
  isHeld: z.boolean(),
});
export type MyPayout = z.infer<typeof myPayoutSchema>;

export const myPayoutsSchema = z.object({
  currency: z.string(),
  minimum: figure,
  /** The latest night whose sales are in the figures. */
  countedOn: z.string().nullable(),
  /** Owed and not on its way; below zero while a clawback waits for the next earning. */
  balance: figure,
  account: payoutAccountSchema.nullable(),
  boosts: z.array(boostSchema),
  payouts: z.array(myPayoutSchema),
});
export type MyPayouts = z.infer<typeof myPayoutsSchema>;

/** A boost and the account its money goes to, once its creator has said where. */
export const boostDetailsSchema = z.object({
  account: payoutAccountSchema,
  boost: z.object({
    id: z.uuid(),
    redemptionId: z.uuid(),
    state: z.enum(boostStates),
    earned: figure,
    isFinal: z.boolean(),
    clearsOn: z.string().nullable(),
  }),
});
export type BoostDetails = z.infer<typeof boostDetailsSchema>;

export const moneyViews = [
  "due",
  "waiting",
  "details",
  "clearing",
  "running",
  "sent",
  "failed",
  "paid",
] as const;
export type MoneyView = (typeof moneyViews)[number];

const moneyRowSchema = z.object({
  key: z.uuid(),
  creatorId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  amount: figure,
  at: z.string(),
  note: z.string().nullable(),
  accountId: z.uuid().nullable(),
  method: z.enum(payoutMethods).nullable(),
  hint: z.string().nullable(),
  heldUntil: z.string().nullable(),
  batchId: z.uuid().nullable(),
  boostId: z.uuid().nullable(),
  day: z.string().nullable(),
  words: z.string().nullable(),
});
export type MoneyRow = z.infer<typeof moneyRowSchema>;

/** Sums the nightly proof holds to the rows they are made of. */
const provenSums = [
  "boost.settled_sales",
  "payout.amount",
  "clawback.amount",
  "payment.amount",
  "batch.total_amount",
  "boost.paid",
  "creator.total_sales",
] as const;
type ProvenSum = (typeof provenSums)[number];
/** The same as a key of messages, where a point would mean a level. */
export const sumKey = (what: ProvenSum) =>
  (
    ({
      "boost.settled_sales": "boostSales",
      "payout.amount": "earning",
      "clawback.amount": "clawback",
      "payment.amount": "payment",
      "batch.total_amount": "batch",
      "boost.paid": "boostPaid",
      "creator.total_sales": "creatorSales",
    }) as const satisfies Record<ProvenSum, string>
  )[what];
export const findingSchema = z.object({
  what: z.enum(provenSums),
  rowId: z.uuid(),
  /** Minor units; 1 or 0 for boost.paid. */
  stored: figure.nullable(),
  computed: figure.nullable(),
});

const countSchema = z.object({ count: figure, amount: figure });
export const moneyListSchema = z.object({
  currency: z.string(),
  minimum: figure,
  counts: z.object({
    due: countSchema,
    waiting: countSchema,
    details: countSchema,
    clearing: countSchema,
    sent: countSchema,
    failed: countSchema,
  }),
  /** What does not add up, and was not mended by itself. */
  findings: z.array(findingSchema.extend({ id: z.uuid(), foundAt: z.string() })),
  items: z.array(moneyRowSchema),
  next: z.string().nullable(),
});
export type MoneyList = z.infer<typeof moneyListSchema>;

export const moneyQuerySchema = z.object({
  view: z.enum(moneyViews).default("due"),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MoneyQuery = z.infer<typeof moneyQuerySchema>;

export const batchSchema = z.object({
  id: z.uuid(),
  method: z.enum(payoutMethods),
  currency: z.string(),
  state: z.enum(batchStates),
  payments: figure,
  amount: figure,
  provider: z.enum(["by_hand", "paypal"]).nullable(),
  providerReference: z.string().nullable(),
  providerMessage: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  approvedAt: z.string().nullable(),
  exportedAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  byState: z.partialRecord(z.enum(paymentStates), figure),
});
export type Batch = z.infer<typeof batchSchema>;
export const batchListSchema = z.object({ items: z.array(batchSchema), next: z.string().nullable() });

const paymentSchema = z.object({
  id: z.uuid(),
  creatorId: z.uuid(),
  handle: z.string(),
  name: z.string(),
  amount: figure,
  state: z.enum(paymentStates),
  accountId: z.uuid(),
  method: z.enum(payoutMethods),
  hint: z.string(),
  reference: z.string().nullable(),
  failureReason: z.string().nullable(),
  paidAt: z.string().nullable(),
  lines: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(["boost", "clawback"]),
      amount: figure,
      reason: z.string().nullable(),
      name: z.string().nullable(),
    }),
  ),
});
export const batchDetailSchema = batchSchema.extend({ items: z.array(paymentSchema) });
export type BatchDetail = z.infer<typeof batchDetailSchema>;

export const makeBatchSchema = z.object({
  method: z.enum(payoutMethods),
  /** Left out: everyone who can be paid this way. */
  creators: z.array(z.uuid()).min(1).max(500).optional(),
});
export const batchStepSchema = z.object({
  step: z.enum(["approve", "send", "send_by_paypal", "undo_send", "cancel"]),
});
export type BatchStep = z.infer<typeof batchStepSchema>["step"];

const chosen = z.array(z.uuid()).min(1).max(500).optional();
export const markPaymentsSchema = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("paid"),
    payments: chosen,
    reference: z.string().trim().max(200, "At most 200 letters.").optional(),
  }),
  z.object({ step: z.literal("failed"), payments: chosen, reason: said }),
  z.object({ step: z.literal("undo"), payments: chosen }),
  z.object({ step: z.literal("retry"), payments: chosen }),
]);
export type MarkPayments = z.infer<typeof markPaymentsSchema>;

export const clawBackSchema = z.object({
  amount: figure.min(1, "Take back more than nothing.").max(1_000_000_000_000),
  reason: said,
});
export type ClawBack = z.infer<typeof clawBackSchema>;

export const earningSchema = z.object({
  id: z.uuid(),
  amount: figure,
  currency: z.string(),
  state: z.enum(payoutStates),
  name: z.string().nullable(),
  createdAt: z.string(),
  clawedBack: figure.nullable(),
  clawbackReason: z.string().nullable(),
});
export type Earning = z.infer<typeof earningSchema>;

export const revealInputSchema = z.object({ reason: said });
/** `account` is the address, the username or the number; a bank's other parts stand beside it. */
export const revealedSchema = z.object({
  method: z.enum(payoutMethods),
  account: z.string(),
  bank: z
    .object({
      holder: z.string(),
      country: z.string(),
      bic: z.string().nullish(),
      routing: z.string().nullish(),
      accountType: z.enum(bankAccountTypes).nullish(),
    })
    .optional(),
});
export type Revealed = z.infer<typeof revealedSchema>;
