import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

const shape = ({ overdue, soon }: { overdue: number; soon: number }) =>
  overdue > 0 && soon > 0 ? "both" : overdue > 0 ? "late" : "soon";

/** To those who fulfil, at most once an hour: claims whose deadline is near or over, each named once a stage. */
export const loyaltyWorkDue = defineNotification({
  id: "loyalty.work-due",
  schema: z.object({
    overdue: z.number().int(),
    soon: z.number().int(),
    items: z.array(z.object({ title: z.string(), handle: z.string(), dueAt: z.string() })),
  }),
  audience: "loyalty.redemptions.fulfil",
  link: () => "/admin/loyalty/work",
  inApp: ({ overdue, soon }, { t }) => ({
    title: t(shape({ overdue, soon }), { overdue, soon }),
    body: t("body"),
  }),
  email: ({ overdue, soon, items }, { t, dateTime, business }) => ({
    subject: t(`${shape({ overdue, soon })}Subject`, { overdue, soon, business: business.name }),
    preview: t(shape({ overdue, soon }), { overdue, soon }),
    title: t(shape({ overdue, soon }), { overdue, soon }),
    paragraphs: [t("body")],
    facts: items.map(({ title, handle, dueAt }) => ({
      label: `${title}, @${handle}`,
      value: t("due", { date: dateTime(dueAt) }),
    })),
    action: { label: t("action") },
  }),
});
