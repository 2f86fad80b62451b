import "server-only";

export { checkFile } from "./check-file.system";
export { checkFileJob } from "./check-file.job";
export { completeUpload } from "./complete-upload";
export { createUpload } from "./create-upload";
export { fileRepository } from "./file.repository";
export { findFile, openFile } from "./open-file.system";
export { openLogo } from "./open-logo.system";
export { setLogo } from "./set-logo";
export type { SystemFile } from "./open-file.system";
export { queueFileHousekeeping } from "./queue-housekeeping.system";
export { removeOrphansJob } from "./remove-orphans.job";
export { signedLink } from "./signed-link";
