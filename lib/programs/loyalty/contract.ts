/* The door of the browser. Its longer parts are lists of their own; whoever comes in imports this one. */
export * from "./contract-benefits";
export * from "./contract-imports";
export * from "./contract-money";
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
  creatorTagsInputSchema,
  creatorTagsSchema,
  tagListSchema,
  type CreatorTags,
  type TagUse,
} from "./creators/tag.schema";
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
  type TierPreview,
} from "./tiers/tier.schema";
export { warningSchema, type Warning } from "./warnings/warning.schema";
