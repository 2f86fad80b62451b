import "server-only";

export { readSettings } from "./read-settings";
export { setProgram } from "./set-program";
export { updateSettings } from "./update-settings";
