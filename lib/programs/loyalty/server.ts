import "server-only";

export { loyaltyHandleClaimDecided } from "./notifications/handle-claim-decided.notification";
export { loyaltyHandleClaimed } from "./notifications/handle-claimed.notification";
export { loyaltySyncFailed } from "./notifications/sync-failed.notification";
export { loyaltySyncWarning } from "./notifications/sync-warning.notification";
export { loyaltyTierChanged } from "./notifications/tier-changed.notification";
export { runImportJob } from "./imports/run-import.job";
export { importLocalFile } from "./sync/import-local-file";
export { runNightJob } from "./sync/run-night.job";
export { startDueNights } from "./sync/start-due-nights";
