export {
  adjustmentInputSchema,
  adjustmentKinds,
  adjustmentListSchema,
  adjustmentSchema,
  listQuerySchema,
  reversalInputSchema,
  type Adjustment,
  type AdjustmentInput,
  type AdjustmentList,
  type ListQuery,
} from "./adjustments/adjustment.schema";
export {
  claimDetailsSchema,
  claimedRewardSchema,
  claimKinds,
  claimRefusals,
  shippingSchema,
  slotKinds,
  slotReasons,
  slotsSchema,
  type ClaimDetails,
  type ClaimedReward,
  type ClaimRefusal,
  type Shipping,
  type SlotReason,
  type Slots,
} from "./claims/claim.schema";
export { redemptionTransitions } from "./claims/redemption.states";
export {
  creatorInputSchema,
  creatorListSchema,
  creatorQuerySchema,
  creatorSchema,
  creatorSorts,
  creatorStates,
  creatorStepSchema,
  handleSchema,
  videoListSchema,
  videoQuerySchema,
  type Creator,
  type CreatorInput,
  type CreatorList,
  type CreatorQuery,
  type CreatorStep,
  type CreatorSummary,
  type Video,
  type VideoList,
  type VideoQuery,
} from "./creators/creator.schema";
export { creatorTransitions } from "./creators/creator.states";
export {
  claimDecisionSchema,
  claimInputSchema,
  claimSchema,
  claimStates,
  myClaimSchema,
  type ClaimDecision,
  type ClaimInput,
  type HandleClaim,
  type MyClaim,
} from "./handles/claim.schema";
export { claimTransitions } from "./handles/claim.states";
export {
  holdInputSchema,
  holdListSchema,
  holdQuerySchema,
  holdResolutionSchema,
  holdStates,
  type Hold,
  type HoldList,
} from "./holds/hold.schema";
export { holdTransitions } from "./holds/hold.states";
export {
  adminHomeSchema,
  homeSchema,
  type AdminHome,
  type CreatorWeek,
  type Freshness,
  type Home,
  type HomeCreator,
  type PeriodFigures,
} from "./home/home.schema";
export {
  creatorMissionSchema,
  creatorMissionsSchema,
  missionHistorySchema,
  missionOutcomes,
  missionStatuses,
  type CreatorMission,
  type CreatorMissions,
  type MissionHistory,
  type MissionHistoryItem,
  type MissionStatus,
} from "./missions/creator-mission.schema";
export { arrangeMissions, countOpen, pickMissions, type MissionGroup } from "./missions/arrange-missions";
export { missionTransitions, roundTransitions } from "./missions/mission.states";
export { roundListSchema, type Round, type RoundList } from "./missions/round.schema";
export {
  creatorTagsInputSchema,
  creatorTagsSchema,
  tagListSchema,
  type CreatorTags,
  type TagUse,
} from "./creators/tag.schema";
export {
  explainCounting,
  explainRound,
  inSentence,
  sayDeadline,
  sayFigure,
  sayGoal,
  sayLeft,
  sayProgress,
  type MissionWords,
} from "./missions/mission-words";
export {
  countsFroms,
  missionDraftSchema,
  missionInputSchema,
  missionKinds,
  missionListSchema,
  missionPreviewSchema,
  missionQuerySchema,
  missionSchema,
  missionStateNames,
  missionSteps,
  missionStepSchema,
  type Mission,
  type MissionDraft,
  type MissionInput,
  type MissionKind,
  type MissionList,
  type MissionPreview,
  type MissionReward,
  type MissionStep,
  type MissionStepName,
} from "./missions/mission.schema";
export {
  loyaltySettingsPatchSchema,
  loyaltySettingsSchema,
  type LoyaltySettings,
  type LoyaltySettingsPatch,
} from "./settings/settings.schema";
export { explainDecision, explainTier, type Standing, type WhyWords } from "./tiers/explain-decision";
export {
  decisionListSchema,
  decisionRules,
  decisionSchema,
  ladderDraftSchema,
  ladderSchema,
  tierDraftSchema,
  tierPreviewSchema,
  tierSchema,
  type Decision,
  type DecisionList,
  type Ladder,
  type LadderDraft,
  type Tier,
  type TierDraft,
  type TierPreview,
} from "./tiers/tier.schema";
export { importFields, knownHeaders, requiredFields, type ImportField } from "./imports/reading/fields";
export {
  importTicketInputSchema,
  mappingSchema,
  rowOutcomes,
  runListSchema,
  runQuerySchema,
  runRowListSchema,
  runRowQuerySchema,
  runSchema,
  savedMappingSchema,
  saveRunSchema,
  startImportSchema,
  type RowOutcome,
  type Run,
  type RunCheck,
  type RunRow,
  type RunSummary,
} from "./imports/run.schema";
export { awaitsDecision, isBusy, runStates, runTransitions, type RunState } from "./imports/run.states";
export {
  sourceInputSchema,
  sourceKinds,
  sourceSchema,
  type Source,
  type SourceInput,
} from "./sync/source.schema";
export { carrierNames, carriers, isTrackingNumber, trackingLink, type Carrier } from "./fulfilment/carriers";
export {
  addressSchema,
  redemptionListSchema,
  redemptionQuerySchema,
  redemptionSchema,
  redemptionSources,
  redemptionStates,
  workKinds,
  workQuerySchema,
  workSchema,
  type Address,
  type Redemption,
  type RedemptionList,
  type RedemptionQuery,
  type RedemptionState,
  type RedemptionSummary,
  type Work,
  type WorkItem,
  type WorkKind,
  type WorkQuery,
} from "./fulfilment/fulfilment.schema";
export {
  bulkOutcomeSchema,
  bulkStepSchema,
  redemptionStepSchema,
  type BulkOutcome,
  type BulkStep,
  type RedemptionStep,
} from "./fulfilment/step.schema";
export { explainStanding, limitText, type StandingWords } from "./rewards/explain-standing";
export {
  myRewardsSchema,
  rewardHistorySchema,
  tierRewardsSchema,
  type MyRedemption,
  type MyReward,
  type MyRewards,
  type RewardHistory,
  type RewardHistoryItem,
  type TierReward,
} from "./rewards/my-rewards.schema";
export { isPostalCode, postalExample, shippingCountries } from "./rewards/postal-codes";
export { rewardTemplates, type RewardTemplate } from "./rewards/reward-templates";
export {
  isScheduled,
  rewardDetailSchema,
  rewardDraftSchema,
  rewardEditSchema,
  rewardFrequencies,
  rewardKinds,
  rewardListSchema,
  rewardOffers,
  rewardQuerySchema,
  rewardReachQuerySchema,
  rewardReachSchema,
  rewardStates,
  rewardStepAnswerSchema,
  rewardStepSchema,
  type Reward,
  type RewardCard,
  type RewardDetail,
  type RewardDraft,
  type RewardKind,
  type RewardList,
  type RewardReach,
  type RewardState,
} from "./rewards/reward.schema";
export { rewardTransitions } from "./rewards/reward.states";
export {
  acknowledgeInputSchema,
  celebrationSchema,
  type AcknowledgeInput,
  type Celebration,
} from "./celebrations/celebration.schema";
export {
  leaderboardChoiceSchema,
  leaderboardQuerySchema,
  leaderboardSchema,
  type Leaderboard,
  type LeaderboardChoice,
  type LeaderboardQuery,
} from "./leaderboard/leaderboard.schema";
export { raffleEntryTransitions } from "./raffles/entry.states";
export {
  raffleDrawSchema,
  raffleEntryListSchema,
  raffleEntrySchema,
  raffleListSchema,
  raffleQuerySchema,
  raffleSchema,
  redrawInputSchema,
  type Raffle,
  type RaffleDraw,
  type RaffleEntry,
  type RaffleEntryList,
  type RaffleEntryRow,
  type RaffleList,
  type RaffleQuery,
  type RaffleSummary,
  type RedrawInput,
} from "./raffles/raffle.schema";
export { recomputeDraw, type Recomputed } from "./raffles/recompute-draw";
export { warningSchema, type Warning } from "./warnings/warning.schema";
export { boostSchema, type Boost } from "./boosts/boost.schema";
export { boostStates, boostTransitions, type BoostState } from "./boosts/boost.states";
export { payoutMethods, type PayoutMethod } from "./payouts/account-text";
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
  myPayoutsSchema,
  payoutAccountInputSchema,
  payoutAccountSchema,
  revealedSchema,
  revealInputSchema,
  type Batch,
  type BatchDetail,
  type BatchStep,
  type Earning,
  type MoneyList,
  type MoneyRow,
  type MoneyView,
  type MyPayout,
  type MyPayouts,
  type Payment,
  type PayoutAccount,
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
export { reportSpan, type ReportSpan } from "./reports/report-span";
