/* The door of the browser, what is paid and reported: boosts, payouts, reports. */
export { boostSchema, type Boost } from "./boosts/boost.schema";
export { boostStates, boostTransitions, type BoostState } from "./boosts/boost.states";
export {
  payoutAccountBodySchema,
  payoutAccountInputSchema,
  payoutAccountSchema,
} from "./payouts/account.schema";
export { bankAccountTypes, payoutMethods, type PayoutMethod } from "./payouts/account-kinds";
export {
  batchDetailSchema,
  batchListSchema,
  batchStepSchema,
  clawBackSchema,
  earningSchema,
  makeBatchSchema,
  markPaymentsSchema,
  moneyListSchema,
  moneyQuerySchema,
  moneyViews,
  boostDetailsSchema,
  myPayoutsSchema,
  revealedSchema,
  revealInputSchema,
  sumKey,
  type Batch,
  type BatchDetail,
  type BatchStep,
  type Earning,
  type MoneyList,
  type MoneyRow,
  type MoneyView,
  type MyPayout,
  type MyPayouts,
  type Revealed,
} from "./payouts/payout.schema";
export {
  batchTransitions,
  paymentTransitions,
  payoutTransitions,
  type BatchState,
  type PaymentState,
} from "./payouts/payout.states";
export {
  reportMailsInputSchema,
  reportMailsSchema,
  reportQuerySchema,
  reportSchema,
  type Report,
  type ReportMails,
  type ReportQuery,
} from "./reports/report.schema";
export { creatorLabel } from "./reports/report-lines";
export { reportSpan, type ReportSpan } from "./reports/report-span";
