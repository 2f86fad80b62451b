import "server-only";

export { confirmMyAddress, listBlockedAddresses, unblockAddress } from "./blocked-addresses";
export { forgetEmailBodies } from "./forget-bodies.system";
export { listEmails } from "./list-emails";
export { mailAccent } from "./mail-accent";
export type { MailAccent } from "./mail-accent";
export { queueEmail } from "./queue-email";
export type { QueueEmail } from "./queue-email";
export { recordEmailEvent, verifyResendWebhook } from "./record-email-event.system";
export type { ResendEvent } from "./record-email-event.system";
export { renderMail } from "./render-mail";
export { resendEmail } from "./resend-email";
export { sendEmailJob } from "./send-email.job";
