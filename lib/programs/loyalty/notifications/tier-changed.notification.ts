import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** Asked for by the tier pass, once a decision. A null tier is the one below the ladder's first. */
export const loyaltyTierChanged = defineNotification({
  id: "loyalty.tier-changed",
  schema: z.object({
    decisionId: z.uuid(),
    fromTier: z.string().nullish(),
    toTier: z.string(),
    isRise: z.boolean(),
    commissionBp: z.number().int().nullish(),
  }),
  audience: "loyalty.app.use",
  link: () => "/loyalty/history",
  inApp: ({ toTier, isRise }, { t }) => ({
    title: t(isRise ? "rise" : "fall", { tier: toTier }),
    body: t(isRise ? "riseBody" : "fallBody"),
  }),
  email: ({ fromTier, toTier, isRise, commissionBp }, { t, number, business }) => ({
    subject: t(isRise ? "riseSubject" : "fallSubject", { tier: toTier, business: business.name }),
    preview: t(isRise ? "riseBody" : "fallBody"),
    title: t(isRise ? "rise" : "fall", { tier: toTier }),
    paragraphs: [t(isRise ? "riseBody" : "fallBody"), ...(isRise ? [] : [t("fallNext")])],
    facts: [
      ...(fromTier ? [{ label: t("before"), value: fromTier }] : []),
      { label: t("now"), value: toTier },
      ...(commissionBp != null
        ? [
            {
              label: t("commission"),
              value: number(commissionBp / 10_000, { style: "percent", maximumFractionDigits: 2 }),
            },
          ]
        : []),
    ],
    action: { label: t("action") },
  }),
});
