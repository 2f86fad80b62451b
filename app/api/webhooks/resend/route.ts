import { recordEmailEvent, verifyResendWebhook } from "@/lib/core/email/server";
import { webhook } from "@/lib/http/webhook";

export const runtime = "nodejs";

/** What became of a mail: delivered, bounced, reported as spam. */
export const POST = webhook(
  { provider: "resend", verify: verifyResendWebhook },
  async ({ id, payload }, { log }) => {
    const outcome = await recordEmailEvent(id, payload);
    log.info({ kind: payload.type, outcome }, "mail event");
  },
);
