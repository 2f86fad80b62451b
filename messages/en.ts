import api from "./en/api.json";
import audit from "./en/audit.json";
import auth from "./en/auth.json";
import email from "./en/email.json";
import jobs from "./en/jobs.json";
import loyalty from "./en/loyalty.json";
import loyaltyAdmin from "./en/loyalty-admin.json";
import loyaltyApp from "./en/loyalty-app.json";
import loyaltyHolds from "./en/loyalty-holds.json";
import loyaltyFulfilment from "./en/loyalty-fulfilment.json";
import loyaltyImports from "./en/loyalty-imports.json";
import loyaltyMissions from "./en/loyalty-missions.json";
import loyaltyRewardsRoom from "./en/loyalty-rewards.json";
import loyaltyRaffles from "./en/loyalty-raffles.json";
import loyaltyPayoutsRoom from "./en/loyalty-payouts.json";
import loyaltyReports from "./en/loyalty-reports.json";
import nav from "./en/nav.json";
import notifications from "./en/notifications.json";
import people from "./en/people.json";
import tenancy from "./en/tenancy.json";
import failure from "./en/failure.json";
import ui from "./en/ui.json";

/** All words of the app, one file a room. Adding a room is one import and one line. */
export const en = {
  api,
  tenancy,
  people,
  loyaltyAdmin,
  loyaltyApp,
  loyaltyHolds,
  loyaltyFulfilment,
  loyaltyImports,
  loyaltyMissions,
  // Two rooms of one file: a creator's phone need not carry the owner's words.
  loyaltyRewards: loyaltyRewardsRoom.app,
  loyaltyRewardsAdmin: loyaltyRewardsRoom.admin,
  // As above: what a creator reads of raffles and the leaderboard, and what those who draw do.
  loyaltyRaffles: loyaltyRaffles.app,
  loyaltyRafflesAdmin: loyaltyRaffles.admin,
  // As above: a creator's payouts, and what those who pay do.
  loyaltyPayouts: loyaltyPayoutsRoom.app,
  loyaltyPayoutsAdmin: loyaltyPayoutsRoom.admin,
  loyaltyReports,
  nav,
  audit,
  auth,
  email,
  jobs,
  loyalty,
  notifications,
  ui,
  failure,
};

export type Messages = typeof en;
