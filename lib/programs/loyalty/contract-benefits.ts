/* The door of the browser, what creators earn: missions, rewards, claims and their fulfilment, raffles. */
export {
  claimDetailsSchema,
  claimedRewardSchema,
  claimKinds,
  claimRefusals,
  movedRedemptionSchema,
  moveInputSchema,
  shippingSchema,
  slotKinds,
  slotReasons,
  slotsSchema,
  type ClaimDetails,
  type ClaimedReward,
  type ClaimRefusal,
  type MovedRedemption,
  type MoveInput,
  type Shipping,
  type SlotReason,
  type Slots,
} from "./claims/claim.schema";
export { redemptionTransitions } from "./claims/redemption.states";
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
export {
  arrangeMissions,
  countOpen,
  pickMissions,
  waitsFor,
  type MissionGroup,
} from "./missions/arrange-missions";
export { missionTransitions, roundTransitions } from "./missions/mission.states";
export { roundListSchema, type Round, type RoundList } from "./missions/round.schema";
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
  everyTier,
  isGivenOut,
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
  carrierNames,
  carriers,
  carriersOf,
  isTrackingNumber,
  trackingLink,
  type Carrier,
} from "./fulfilment/carriers";
export {
  judgeLines,
  shipmentOutcomeSchema,
  shipmentSchema,
  type JudgedLine,
  type Shipment,
  type ShipmentOutcome,
} from "./fulfilment/shipment.schema";
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
export { explainEarned, explainStanding, limitText, type StandingWords } from "./rewards/explain-standing";
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
export { isPostalCode, postalExample } from "./rewards/postal-codes";
export { rewardTemplates, type RewardTemplate } from "./rewards/reward-templates";
export {
  isScheduled,
  rewardFrequencies,
  rewardKinds,
  rewardOffers,
  rewardStates,
  type RewardKind,
  type RewardState,
} from "./rewards/reward-kinds";
export {
  rewardDetailSchema,
  rewardDraftSchema,
  rewardEditSchema,
  rewardListSchema,
  rewardQuerySchema,
  rewardReachQuerySchema,
  rewardReachSchema,
  rewardStepAnswerSchema,
  rewardStepSchema,
  type Reward,
  type RewardCard,
  type RewardDetail,
  type RewardDraft,
  type RewardList,
  type RewardReach,
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
