import ui from "./en/ui.json";

/** All words of the app, one file a room. Adding a room is one import and one line. */
export const en = {
  ui,
};

export type Messages = typeof en;
