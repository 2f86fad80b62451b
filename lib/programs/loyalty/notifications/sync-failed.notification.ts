import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** A nightly run that ended without its data. `message` is the run's own sentence for people. */
export const loyaltySyncFailed = defineNotification({
  id: "loyalty.sync-failed",
  schema: z.object({ runId: z.uuid().nullish(), businessDate: z.iso.date(), message: z.string().max(500) }),
  audience: "loyalty.imports.read",
  link: ({ runId }) => (runId ? `/admin/loyalty/imports/${runId}` : "/admin/loyalty/imports"),
  inApp: ({ businessDate, message }, { t, date }) => ({
    title: t("title", { date: date(businessDate) }),
    body: message,
  }),
  email: ({ businessDate, message }, { t, date, business }) => ({
    subject: t("subject", { business: business.name, date: date(businessDate) }),
    preview: message,
    title: t("title", { date: date(businessDate) }),
    paragraphs: [message, t("safe"), t("next")],
    action: { label: t("action") },
  }),
});
