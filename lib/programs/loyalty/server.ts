import "server-only";

export { loyaltyHandleClaimDecided } from "./notifications/handle-claim-decided.notification";
export { loyaltyHandleClaimed } from "./notifications/handle-claimed.notification";
export { loyaltySyncFailed } from "./notifications/sync-failed.notification";
export { loyaltySyncWarning } from "./notifications/sync-warning.notification";
export { loyaltyTierChanged } from "./notifications/tier-changed.notification";
