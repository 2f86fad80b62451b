import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** To staff who asked for it: a week or month is over. The mail holds a link; the figures need a sign-in. */
export const loyaltyReportReady = defineNotification({
  id: "loyalty.report-ready",
  schema: z.object({ cadence: z.enum(["weekly", "monthly"]), from: z.iso.date(), to: z.iso.date() }),
  audience: "loyalty.reports.read",
  link: ({ from, to }) => `/admin/loyalty/reports?from=${from}&to=${to}`,
  inApp: ({ cadence, from, to }, { t, date }) => ({
    title: t(cadence),
    body: t("span", { from: date(from), to: date(to) }),
  }),
  email: ({ cadence, from, to }, { t, date, business }) => ({
    subject: t(`${cadence}Subject`, { business: business.name }),
    preview: t("span", { from: date(from), to: date(to) }),
    title: t(cadence),
    paragraphs: [t("span", { from: date(from), to: date(to) }), t("body")],
    action: { label: t("action") },
  }),
});
