import "server-only";

export { changePassword } from "./change-password";
export { confirmEmailChange, startEmailChange } from "./change-email";
export { fromRequest, type Deferred, type From } from "./from";
export { meOf, type Me } from "./me";
export { purgeAttempts } from "./purge-attempts.system";
export { finishReset, startReset } from "./reset-password";
export { resendCode } from "./resend-code";
export { sendAuthMailJob } from "./send-auth-mail.job";
export { endOtherSessions, endSession, listSessions, signOut } from "./sessions";
export { signIn } from "./sign-in";
export { startSignUp } from "./start-sign-up";
export { requestUnlock, unlock } from "./unlock";
export { updateMe } from "./update-me";
export { verifySignUp } from "./verify-sign-up";
