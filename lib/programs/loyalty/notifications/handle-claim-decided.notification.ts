import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** With its sign, as people write it. */
const handleSchema = z.string().transform((handle) => `@${handle.replace(/^@/, "")}`);

/** To the person who asked for a handle. It decides whether they can see their sales, so it always arrives. */
export const loyaltyHandleClaimDecided = defineNotification({
  id: "loyalty.handle-claim-decided",
  schema: z.object({
    claimId: z.uuid(),
    handle: handleSchema,
    isApproved: z.boolean(),
    reason: z.string().nullish(),
  }),
  isEssential: true,
  link: ({ isApproved }) => (isApproved ? "/home" : "/loyalty/claim-handle"),
  inApp: ({ handle, isApproved, reason }, { t }) => ({
    title: t(isApproved ? "approved" : "rejected", { handle }),
    body: isApproved ? t("approvedBody") : reason || t("rejectedBody"),
  }),
  email: ({ handle, isApproved, reason }, { t, business }) => ({
    subject: t(isApproved ? "approvedSubject" : "rejectedSubject", { handle, business: business.name }),
    preview: t(isApproved ? "approvedBody" : "rejectedBody"),
    title: t(isApproved ? "approved" : "rejected", { handle }),
    paragraphs: isApproved
      ? [t("approvedBody")]
      : [...(reason ? [t("reason", { reason })] : []), t("rejectedBody")],
    action: { label: t(isApproved ? "approvedAction" : "rejectedAction") },
  }),
});
