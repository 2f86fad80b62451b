import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** To those who draw: a raffle has ended and its list is sealed. */
export const loyaltyRaffleReady = defineNotification({
  id: "loyalty.raffle-ready",
  schema: z.object({ raffleId: z.uuid(), name: z.string(), entries: z.number().int() }),
  audience: "loyalty.raffles.draw",
  link: ({ raffleId }) => `/admin/loyalty/raffles/${raffleId}`,
  inApp: ({ name, entries }, { t }) => ({
    title: t("title", { raffle: name }),
    body: t("body", { entries }),
  }),
  email: ({ name, entries }, { t, business }) => ({
    subject: t("subject", { raffle: name, business: business.name }),
    preview: t("body", { entries }),
    title: t("title", { raffle: name }),
    paragraphs: [t("body", { entries }), t("next")],
    action: { label: t("action") },
  }),
});
