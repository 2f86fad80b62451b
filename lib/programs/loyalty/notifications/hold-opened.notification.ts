import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** Asked for by the database, once a pair of creators and a reason. Names handles, never an account or an address. */
export const loyaltyHoldOpened = defineNotification({
  id: "loyalty.hold-opened",
  schema: z.object({
    holdId: z.uuid(),
    reason: z.enum(["same_account", "same_address", "same_device"]),
    handle: z.string(),
    other: z.string(),
  }),
  audience: "loyalty.holds.resolve",
  link: () => "/admin/loyalty/holds",
  inApp: ({ reason, handle, other }, { t }) => ({
    title: t("title", { handle, other }),
    body: t(`reasons.${reason}`),
  }),
  email: ({ reason, handle, other }, { t, business }) => ({
    subject: t("subject", { handle, other, business: business.name }),
    preview: t(`reasons.${reason}`),
    title: t("title", { handle, other }),
    paragraphs: [t(`reasons.${reason}`), t("next")],
    action: { label: t("action") },
  }),
});
