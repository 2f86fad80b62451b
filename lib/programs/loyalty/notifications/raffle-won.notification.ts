import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

const schema = z.object({
  raffleId: z.uuid(),
  name: z.string(),
  prize: z.string(),
  claimUntil: z.iso.datetime({ offset: true }),
});

/** To a creator the draw named, and, under another name, to an alternate who moved up. */
const told = (id: string) =>
  defineNotification({
    id,
    schema,
    audience: "loyalty.app.use",
    link: ({ raffleId }) => `/loyalty/raffles/${raffleId}`,
    inApp: ({ name, prize, claimUntil }, { t, dateTime }) => ({
      title: t("title", { prize }),
      body: t("body", { raffle: name, until: dateTime(claimUntil) }),
    }),
    email: ({ name, prize, claimUntil }, { t, dateTime, business }) => ({
      subject: t("subject", { prize, business: business.name }),
      preview: t("body", { raffle: name, until: dateTime(claimUntil) }),
      title: t("title", { prize }),
      paragraphs: [t("body", { raffle: name, until: dateTime(claimUntil) }), t("next")],
      facts: [
        { label: t("raffle"), value: name },
        { label: t("prize"), value: prize },
        { label: t("until"), value: dateTime(claimUntil) },
      ],
      action: { label: t("action") },
    }),
  });

export const loyaltyRaffleWon = told("loyalty.raffle-won");
export const loyaltyRaffleMovedUp = told("loyalty.raffle-moved-up");
