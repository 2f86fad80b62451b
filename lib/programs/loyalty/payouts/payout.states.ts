export const payoutStates = ["pending", "batched", "sent", "paid", "failed", "netted"] as const;
export const paymentStates = ["planned", "dropped", "sent", "paid", "failed"] as const;
export const batchStates = ["draft", "approved", "sent", "settled", "cancelled"] as const;
export type PaymentState = (typeof paymentStates)[number];
export type BatchState = (typeof batchStates)[number];

/** Tested equal to the rows of private.state_transitions. */
export const payoutTransitions = [
  { entity: "loyalty_payouts", from: null, to: "pending" },
  { entity: "loyalty_payouts", from: "pending", to: "batched" },
  { entity: "loyalty_payouts", from: "pending", to: "netted" },
  { entity: "loyalty_payouts", from: "batched", to: "pending" },
  { entity: "loyalty_payouts", from: "batched", to: "sent" },
  { entity: "loyalty_payouts", from: "sent", to: "batched" },
  { entity: "loyalty_payouts", from: "sent", to: "paid" },
  { entity: "loyalty_payouts", from: "sent", to: "failed" },
  { entity: "loyalty_payouts", from: "paid", to: "sent" },
  { entity: "loyalty_payouts", from: "failed", to: "sent" },
  { entity: "loyalty_payouts", from: "failed", to: "pending" },
] as const;

export const paymentTransitions = [
  { entity: "loyalty_payments", from: null, to: "planned" },
  { entity: "loyalty_payments", from: "planned", to: "dropped" },
  { entity: "loyalty_payments", from: "planned", to: "sent" },
  { entity: "loyalty_payments", from: "sent", to: "planned" },
  { entity: "loyalty_payments", from: "sent", to: "paid" },
  { entity: "loyalty_payments", from: "sent", to: "failed" },
  { entity: "loyalty_payments", from: "paid", to: "sent" },
  { entity: "loyalty_payments", from: "failed", to: "sent" },
] as const;

export const batchTransitions = [
  { entity: "loyalty_payout_batches", from: null, to: "draft" },
  { entity: "loyalty_payout_batches", from: "draft", to: "approved" },
  { entity: "loyalty_payout_batches", from: "draft", to: "cancelled" },
  { entity: "loyalty_payout_batches", from: "approved", to: "sent" },
  { entity: "loyalty_payout_batches", from: "approved", to: "cancelled" },
  { entity: "loyalty_payout_batches", from: "sent", to: "approved" },
  { entity: "loyalty_payout_batches", from: "sent", to: "settled" },
  { entity: "loyalty_payout_batches", from: "settled", to: "sent" },
] as const;
