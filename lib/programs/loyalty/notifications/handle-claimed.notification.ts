import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** With its sign, as people write it. */
const handleSchema = z.string().transform((handle) => `@${handle.replace(/^@/, "")}`);

/** To those who decide: somebody asked for a handle and showed evidence. */
export const loyaltyHandleClaimed = defineNotification({
  id: "loyalty.handle-claimed",
  schema: z.object({ claimId: z.uuid(), handle: handleSchema }),
  audience: "loyalty.claims.decide",
  link: () => "/admin/loyalty/handle-claims",
  inApp: ({ handle }, { t }) => ({ title: t("title", { handle }), body: t("body") }),
  email: ({ handle }, { t, business }) => ({
    subject: t("subject", { handle, business: business.name }),
    preview: t("body"),
    title: t("title", { handle }),
    paragraphs: [t("body")],
    action: { label: t("action") },
  }),
});
