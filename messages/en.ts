import api from "./en/api.json";
import audit from "./en/audit.json";
import nav from "./en/nav.json";
import people from "./en/people.json";
import tenancy from "./en/tenancy.json";
import ui from "./en/ui.json";

/** All words of the app, one file a room. Adding a room is one import and one line. */
export const en = {
  api,
  tenancy,
  people,
  nav,
  audit,
  ui,
};

export type Messages = typeof en;
