import { z } from "zod";
import { defineNotification } from "@/lib/core/notifications/server";
import { noticeMoney } from "../payouts/notice-money";

/** What SQL tells of a boost, whichever step it took. */
const boost = z.object({
  boostId: z.uuid(),
  reward: z.string(),
  rateBp: z.number().int(),
  endsAt: z.string(),
  earned: z.number().int().nullish(),
  currency: z.string(),
  clearsOn: z.iso.date().nullish(),
});
const rate = (basisPoints: number, number: (value: number, options?: Intl.NumberFormatOptions) => string) =>
  number(basisPoints / 10_000, { style: "percent", maximumFractionDigits: 2 });

/** Her boost runs from now on. */
export const loyaltyBoostStarted = defineNotification({
  id: "loyalty.boost-started",
  schema: boost,
  audience: "loyalty.app.use",
  link: () => "/loyalty/payouts",
  inApp: ({ reward, endsAt }, { t, dateTime }) => ({
    title: t("title", { reward }),
    body: t("body", { until: dateTime(endsAt) }),
  }),
  email: ({ reward, endsAt, rateBp }, { t, dateTime, number, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("body", { until: dateTime(endsAt) }),
    title: t("title", { reward }),
    paragraphs: [t("body", { until: dateTime(endsAt) }), t("next")],
    facts: [{ label: t("rate"), value: rate(rateBp, number) }],
    action: { label: t("action") },
  }),
});

/** It is over; what it came to is counted with the last file. */
export const loyaltyBoostEnded = defineNotification({
  id: "loyalty.boost-ended",
  schema: boost,
  audience: "loyalty.app.use",
  link: () => "/loyalty/payouts",
  inApp: ({ reward }, { t }) => ({ title: t("title", { reward }), body: t("body") }),
  email: ({ reward }, { t, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("body"),
    title: t("title", { reward }),
    paragraphs: [t("body"), t("next")],
    action: { label: t("action") },
  }),
});

/** Money waits for her to say where it goes. Told at once, after three days and after seven. */
export const loyaltyBoostDetailsNeeded = defineNotification({
  id: "loyalty.boost-details-needed",
  schema: boost,
  audience: "loyalty.app.use",
  link: () => "/loyalty/payouts",
  inApp: ({ reward, earned, currency }, words) => ({
    title: words.t("title", { amount: noticeMoney(words, earned ?? 0, currency) }),
    body: words.t("body", { reward }),
  }),
  email: ({ reward, earned, currency, clearsOn }, words) => {
    const { t, date, business } = words;
    const amount = noticeMoney(words, earned ?? 0, currency);
    return {
      subject: t("subject", { amount, business: business.name }),
      preview: t("body", { reward }),
      title: t("title", { amount }),
      paragraphs: [t("body", { reward }), t("next")],
      facts: clearsOn ? [{ label: t("clears"), value: date(clearsOn) }] : [],
      action: { label: t("action") },
    };
  },
});
