import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";
import { carrierNames, carriers, trackingLink } from "../fulfilment/carriers";

/** What a claim is told with: kept with the row, so neither a code nor an address is in it. */
const claimSchema = z.object({
  redemptionId: z.uuid(),
  reward: z.string(),
  kind: z.string(),
  dueAt: z.string().nullish(),
  scheduledAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  reference: z.string().nullish(),
  reason: z.string().nullish(),
  hasCode: z.boolean(),
  carrier: z.enum(carriers).nullish(),
  trackingNumber: z.string().nullish(),
  movedFrom: z.string().nullish(),
  moveReason: z.string().nullish(),
});
const link = () => "/loyalty/rewards/history";

/** The receipt of a claim: what she claimed and until when it comes. */
export const loyaltyRewardClaimed = defineNotification({
  id: "loyalty.reward-claimed",
  schema: claimSchema,
  audience: "loyalty.app.use",
  link,
  inApp: ({ reward, scheduledAt, dueAt }, { t, dateTime }) => ({
    title: t("title", { reward }),
    body: scheduledAt
      ? t("starts", { date: dateTime(scheduledAt) })
      : dueAt
        ? t("by", { date: dateTime(dueAt) })
        : t("body"),
  }),
  email: ({ reward, scheduledAt, endsAt, dueAt }, { t, dateTime, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("body"),
    title: t("title", { reward }),
    paragraphs: [
      scheduledAt
        ? t("starts", { date: dateTime(scheduledAt) })
        : dueAt
          ? t("by", { date: dateTime(dueAt) })
          : t("body"),
      t("terms"),
    ],
    facts: [
      { label: t("rewardLabel"), value: reward },
      ...(scheduledAt ? [{ label: t("startsLabel"), value: dateTime(scheduledAt) }] : []),
      ...(scheduledAt && endsAt ? [{ label: t("endsLabel"), value: dateTime(endsAt) }] : []),
    ],
    action: { label: t("action") },
  }),
});

/** It was fulfilled. A code is shown in the app, behind her login, and never in a mail. */
export const loyaltyRewardFulfilled = defineNotification({
  id: "loyalty.reward-fulfilled",
  schema: claimSchema,
  audience: "loyalty.app.use",
  link,
  inApp: ({ reward, hasCode }, { t }) => ({
    title: t("title", { reward }),
    body: hasCode ? t("code") : t("body"),
  }),
  email: ({ reward, reference, hasCode }, { t, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: hasCode ? t("code") : t("body"),
    title: t("title", { reward }),
    paragraphs: [hasCode ? t("code") : t("body")],
    facts: reference ? [{ label: t("reference"), value: reference }] : [],
    action: { label: t("action") },
  }),
});

export const loyaltyGiftShipped = defineNotification({
  id: "loyalty.gift-shipped",
  schema: claimSchema,
  audience: "loyalty.app.use",
  link,
  inApp: ({ reward, carrier, trackingNumber }, { t }) => ({
    title: t("title", { reward }),
    body:
      carrier && trackingNumber
        ? t("with", { carrier: carrierNames[carrier], number: trackingNumber })
        : t("body"),
  }),
  email: ({ reward, carrier, trackingNumber }, { t, business }) => {
    const page = trackingLink(carrier ?? null, trackingNumber ?? null);
    return {
      subject: t("subject", { reward, business: business.name }),
      preview: t("body"),
      title: t("title", { reward }),
      paragraphs: [t("body")],
      facts: [
        ...(carrier && carrier !== "other" ? [{ label: t("carrier"), value: carrierNames[carrier] }] : []),
        ...(trackingNumber ? [{ label: t("number"), value: trackingNumber }] : []),
      ],
      action: page ? { label: t("track"), url: page } : { label: t("action") },
    };
  },
});

/** It will not come: why, and that nothing of hers is used up. */
export const loyaltyRewardRejected = defineNotification({
  id: "loyalty.reward-rejected",
  schema: claimSchema,
  audience: "loyalty.app.use",
  link,
  inApp: ({ reward, reason }, { t }) => ({ title: t("title", { reward }), body: reason ?? t("body") }),
  email: ({ reward, reason }, { t, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("preview"),
    title: t("title", { reward }),
    paragraphs: [...(reason ? [t("reason", { reason })] : []), t("body")],
    action: { label: t("action") },
  }),
});

/** It starts at another time: the old one, the new one, and why. The calendar file of the claim says the same. */
export const loyaltyRewardMoved = defineNotification({
  id: "loyalty.reward-moved",
  schema: claimSchema.extend({
    scheduledAt: z.string(),
    endsAt: z.string(),
    movedFrom: z.string(),
    moveReason: z.string(),
  }),
  audience: "loyalty.app.use",
  link,
  inApp: ({ reward, scheduledAt }, { t, dateTime }) => ({
    title: t("title", { reward }),
    body: t("now", { date: dateTime(scheduledAt) }),
  }),
  email: ({ reward, scheduledAt, endsAt, movedFrom, moveReason }, { t, dateTime, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("now", { date: dateTime(scheduledAt) }),
    title: t("title", { reward }),
    paragraphs: [t("now", { date: dateTime(scheduledAt) }), t("reason", { reason: moveReason }), t("body")],
    facts: [
      { label: t("was"), value: dateTime(movedFrom) },
      { label: t("starts"), value: dateTime(scheduledAt) },
      { label: t("ends"), value: dateTime(endsAt) },
    ],
    action: { label: t("action") },
  }),
});

/** A rejection she was told of was taken back: the claim stands as it stood before. */
export const loyaltyRewardRestored = defineNotification({
  id: "loyalty.reward-restored",
  schema: claimSchema,
  audience: "loyalty.app.use",
  link,
  inApp: ({ reward }, { t }) => ({ title: t("title", { reward }), body: t("body") }),
  email: ({ reward, scheduledAt }, { t, dateTime, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("body"),
    title: t("title", { reward }),
    paragraphs: [t("body"), ...(scheduledAt ? [t("starts", { date: dateTime(scheduledAt) })] : [])],
    action: { label: t("action") },
  }),
});
