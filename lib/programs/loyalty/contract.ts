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
export { sourceInputSchema, sourceKinds, sourceSchema, type Source, type SourceInput } from "./sync/source.schema";
