import api from "./en/api.json";
import audit from "./en/audit.json";
import email from "./en/email.json";
import files from "./en/files.json";
import jobs from "./en/jobs.json";
import nav from "./en/nav.json";
import notifications from "./en/notifications.json";
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
  email,
  files,
  jobs,
  notifications,
  ui,
};

export type Messages = typeof en;
