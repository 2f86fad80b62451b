import "server-only";

export { loyaltyHandleClaimDecided } from "./notifications/handle-claim-decided.notification";
export { loyaltyHandleClaimed } from "./notifications/handle-claimed.notification";
export { loyaltyHoldOpened } from "./notifications/hold-opened.notification";
export { loyaltyRewardOffered } from "./notifications/reward-offered.notification";
export { loyaltyDemotionWarning } from "./notifications/demotion-warning.notification";
export { loyaltyRaffleReady } from "./notifications/raffle-ready.notification";
export { loyaltyRaffleMovedUp, loyaltyRaffleWon } from "./notifications/raffle-won.notification";
export { loyaltySyncFailed } from "./notifications/sync-failed.notification";
export { loyaltySyncWarning } from "./notifications/sync-warning.notification";
export { loyaltyTierChanged } from "./notifications/tier-changed.notification";
export { runImportJob } from "./imports/run-import.job";
export { importLocalFile } from "./sync/import-local-file.system";
export { runNightJob } from "./sync/run-night.job";
export { startDueNights } from "./sync/start-due-nights.system";
export { addAdjustment } from "./adjustments/add-adjustment";
export { listAdjustments } from "./adjustments/list-adjustments";
export { refreshFiguresJob } from "./adjustments/refresh-figures.job";
export { reverseAdjustment } from "./adjustments/reverse-adjustment";
export { syncCalendarJob } from "./calendar/sync-calendar.job";
export { claimRedemption, claimReward } from "./claims/claim-reward";
export { moveRedemption, readMoveSlots } from "./claims/move-redemption";
export { readSlots } from "./claims/read-slots";
export { addCreator } from "./creators/add-creator";
export { exportCreators } from "./creators/export-creators";
export { listCreators } from "./creators/list-creators";
export { listVideos } from "./creators/list-videos";
export { readCreator } from "./creators/read-creator";
export { stepCreator } from "./creators/step-creator";
export { claimHandle } from "./handles/claim-handle";
export { decideClaim } from "./handles/decide-claim";
export { listClaims } from "./handles/list-claims";
export { myClaims, withdrawClaim } from "./handles/my-claims";
export { holdCreator } from "./holds/hold-creator";
export { listHolds } from "./holds/list-holds";
export { resolveHold } from "./holds/resolve-hold";
export { readAdminHome } from "./home/read-admin-home";
export { readFreshness } from "./home/read-freshness";
export { readHome } from "./home/read-home";
export { readLoyaltySettings } from "./settings/read-settings";
export { updateLoyaltySettings } from "./settings/update-settings";
export { listMissionHistory } from "./missions/list-mission-history";
export { listMissions, readMission } from "./missions/list-missions";
export { claimMission } from "./missions/claim-mission";
export { listRounds } from "./missions/list-rounds";
export { readMissions } from "./missions/read-missions";
export { createMission, updateMission } from "./missions/save-mission";
export { stepMission } from "./missions/step-mission";
export { unlockMissionsJob } from "./missions/unlock-missions.job";
export { loyaltyMissionCompleted, loyaltyMissionRewardOut, loyaltyNewMissions } from "./notifications/missions.notification";
export { listTags, readCreatorTags, saveCreatorTags } from "./creators/tag-creators";
export { previewMission } from "./missions/preview-mission";
export { listDecisions } from "./tiers/list-decisions";
export { previewTiers } from "./tiers/preview-tiers";
export { readLadder } from "./tiers/read-ladder";
export { saveTiers } from "./tiers/save-tiers";
export { exportSetAside } from "./imports/export-set-aside";
export { listRunRows, listRuns, readRunPage } from "./imports/read-runs";
export { readMapping, saveMapping } from "./imports/save-mapping";
export { cancelRun, createImportTicket, retryRun, saveRun, startImport, undoRun } from "./imports/step-run";
export { fetchNow, readSource, saveSource } from "./sync/save-source";
export { loyaltyWorkDue } from "./notifications/work-due.notification";
export {
  loyaltyGiftShipped,
  loyaltyRewardClaimed,
  loyaltyRewardFulfilled,
  loyaltyRewardMoved,
  loyaltyRewardRejected,
  loyaltyRewardRestored,
} from "./notifications/reward-steps.notification";
export { exportRedemptions } from "./fulfilment/export-redemptions";
export { listRedemptions } from "./fulfilment/list-redemptions";
export { readRedemption } from "./fulfilment/read-redemption";
export { readWork } from "./fulfilment/read-work";
export { exportAddresses } from "./fulfilment/export-addresses";
export { shipGifts } from "./fulfilment/ship-gifts";
export { changeAddress, stepRedemption, stepRedemptions } from "./fulfilment/step-redemption";
export { tellClaimJob } from "./fulfilment/tell-claim.job";
export { tickFulfilment } from "./fulfilment/tick-fulfilment.system";
export { listRewards } from "./rewards/list-rewards";
export { listRewardHistory } from "./rewards/list-reward-history";
export { previewReward } from "./rewards/preview-reward";
export { listTierRewards, readMyRewards } from "./rewards/read-my-rewards";
export { readRedemptionCalendar } from "./rewards/read-redemption-calendar";
export { readReward } from "./rewards/read-reward";
export { readRewardTerms } from "./rewards/read-reward-terms";
export { createReward, duplicateReward, updateReward } from "./rewards/save-reward";
export { stepReward } from "./rewards/step-reward";
export { acknowledgeCelebrations } from "./celebrations/acknowledge-celebrations";
export { readLeaderboard } from "./leaderboard/read-leaderboard";
export { setLeaderboard } from "./leaderboard/set-leaderboard";
export { advanceRafflesJob } from "./raffles/advance-raffles.job";
export { drawRaffle, redrawRaffle, sealRaffle } from "./raffles/draw-raffle";
export { enterRaffle, leaveRaffle } from "./raffles/enter-raffle";
export { listRaffleEntries, listRaffles } from "./raffles/list-raffles";
export { readRaffle, readRaffleList } from "./raffles/read-raffle";
export { advanceBoostsJob } from "./boosts/advance-boosts.job";
export { advanceDueBoosts } from "./boosts/advance-due-boosts.system";
export {
  loyaltyBoostDetailsNeeded,
  loyaltyBoostEnded,
  loyaltyBoostStarted,
} from "./boosts/boost.notification";
export { listBatches, makeBatch, markPayments, readBatch, stepBatch } from "./payouts/batches";
export { bankCountries } from "./payouts/bank-account";
export { clawBack } from "./payouts/claw-back";
export { exportBatch } from "./payouts/export-batch";
export { giveBoostDetails } from "./payouts/give-boost-details";
export { listEarnings, listMoney } from "./payouts/list-money";
export {
  loyaltyMoneyMismatch,
  loyaltyPayoutAccountChanged,
  loyaltyPayoutClawedBack,
  loyaltyPayoutFailed,
  loyaltyPayoutPaid,
  loyaltyPayoutsDue,
} from "./payouts/payout.notification";
export { isPayPalOn } from "./payouts/paypal";
export { readMyPayouts, requireMyPayouts } from "./payouts/read-my-payouts";
export { revealAccount } from "./payouts/reveal-account";
export { saveAccount } from "./payouts/save-account";
export { readBatchJob, sendBatchJob } from "./payouts/send-batch.job";
export { loyaltyReportReady } from "./notifications/report-ready.notification";
export { exportReport } from "./reports/export-report";
export { readReport } from "./reports/read-report";
export { readReportMails, saveReportMails } from "./reports/report-mails";
export { sendReports } from "./reports/send-reports.system";
