import { z } from "zod";
import { defineNotification, type Words } from "@/lib/core/notifications/server";
import { payoutMethods } from "./account-kinds";
import { noticeMoney } from "./notice-money";
import { findingSchema, sumKey } from "./payout.schema";

const method = z.enum(payoutMethods);

/** Somebody changed where her money goes. If it was not her, this is how she learns of it: it always arrives. */
export const loyaltyPayoutAccountChanged = defineNotification({
  id: "loyalty.payout-account-changed",
  schema: z.object({ accountId: z.uuid(), method, hint: z.string(), isChange: z.boolean() }),
  isEssential: true,
  link: () => "/loyalty/payouts",
  inApp: ({ hint, isChange, method: by }, { t }) => ({
    title: t(isChange ? "changed" : "added"),
    body: t("body", { method: t(by), hint }),
  }),
  email: ({ hint, isChange, method: by }, { t, business }) => ({
    subject: t(isChange ? "changedSubject" : "addedSubject", { business: business.name }),
    preview: t("body", { method: t(by), hint }),
    title: t(isChange ? "changed" : "added"),
    paragraphs: [t("body", { method: t(by), hint }), ...(isChange ? [t("held")] : []), t("notYou")],
    action: { label: t("action") },
  }),
});

const payment = z.object({
  paymentId: z.uuid(),
  amount: z.number().int(),
  currency: z.string(),
  method,
  hint: z.string(),
  reason: z.string().nullish(),
});

export const loyaltyPayoutPaid = defineNotification({
  id: "loyalty.payout-paid",
  schema: payment,
  audience: "loyalty.app.use",
  link: () => "/loyalty/payouts",
  inApp: ({ amount, currency, method: by, hint }, words) => ({
    title: words.t("title", { amount: noticeMoney(words, amount, currency) }),
    body: words.t("body", { method: words.t(by), hint }),
  }),
  email: ({ amount, currency, method: by, hint }, words) => ({
    subject: words.t("subject", {
      amount: noticeMoney(words, amount, currency),
      business: words.business.name,
    }),
    preview: words.t("body", { method: words.t(by), hint }),
    title: words.t("title", { amount: noticeMoney(words, amount, currency) }),
    paragraphs: [words.t("body", { method: words.t(by), hint })],
    action: { label: words.t("action") },
  }),
});

export const loyaltyPayoutFailed = defineNotification({
  id: "loyalty.payout-failed",
  schema: payment,
  audience: "loyalty.app.use",
  link: () => "/loyalty/payouts",
  inApp: ({ amount, currency, reason }, words) => ({
    title: words.t("title", { amount: noticeMoney(words, amount, currency) }),
    body: reason ?? words.t("next"),
  }),
  email: ({ amount, currency, reason, method: by, hint }, words) => ({
    subject: words.t("subject", {
      amount: noticeMoney(words, amount, currency),
      business: words.business.name,
    }),
    preview: words.t("next"),
    title: words.t("title", { amount: noticeMoney(words, amount, currency) }),
    paragraphs: [
      words.t("body", { method: words.t(by), hint }),
      ...(reason ? [reason] : []),
      words.t("next"),
    ],
    action: { label: words.t("action") },
  }),
});

export const loyaltyPayoutClawedBack = defineNotification({
  id: "loyalty.payout-clawed-back",
  schema: z.object({
    payoutId: z.uuid(),
    amount: z.number().int(),
    currency: z.string(),
    reason: z.string(),
  }),
  audience: "loyalty.app.use",
  link: () => "/loyalty/payouts",
  inApp: ({ amount, currency, reason }, words) => ({
    title: words.t("title", { amount: noticeMoney(words, amount, currency) }),
    body: reason,
  }),
  email: ({ amount, currency, reason }, words) => ({
    subject: words.t("subject", {
      amount: noticeMoney(words, amount, currency),
      business: words.business.name,
    }),
    preview: reason,
    title: words.t("title", { amount: noticeMoney(words, amount, currency) }),
    paragraphs: [words.t("reason", { reason }), words.t("body")],
    action: { label: words.t("action") },
  }),
});

const mismatch = z.object({ count: z.number().int(), currency: z.string(), items: z.array(findingSchema) });
type Mismatch = z.infer<typeof mismatch>;

/** To those who pay: the nightly proof found sums that are not what their rows say. Each is told once. */
export const loyaltyMoneyMismatch = defineNotification({
  id: "loyalty.money-mismatch",
  schema: mismatch,
  audience: "loyalty.payouts.write",
  isEssential: true,
  link: () => "/admin/loyalty/payouts",
  inApp: ({ count }, { t }) => ({ title: t("title", { count }), body: t("body") }),
  email: ({ count, currency, items }, words) => ({
    subject: words.t("subject", { count, business: words.business.name }),
    preview: words.t("body"),
    title: words.t("title", { count }),
    paragraphs: [words.t("body"), words.t("next")],
    facts: items.map((item) => ({
      label: words.t(`sums.${sumKey(item.what)}`),
      value: sayMismatch(item, currency, words),
    })),
    action: { label: words.t("action") },
  }),
});

function sayMismatch(
  { what, stored, computed }: Mismatch["items"][number],
  currency: string,
  words: Words,
): string {
  const say = (value: number | null) => {
    if (value === null) return words.t("none");
    return what === "boost.paid" ? words.t(value === 1 ? "yes" : "no") : noticeMoney(words, value, currency);
  };
  return words.t("differs", { stored: say(stored), computed: say(computed) });
}

/** To those who pay: boosts have cleared. Once a day, however many. */
export const loyaltyPayoutsDue = defineNotification({
  id: "loyalty.payouts-due",
  schema: z.object({ count: z.number().int(), amount: z.number().int(), currency: z.string() }),
  audience: "loyalty.payouts.write",
  link: () => "/admin/loyalty/payouts",
  inApp: ({ count, amount, currency }, words) => ({
    title: words.t("title", { count }),
    body: words.t("body", { amount: noticeMoney(words, amount, currency) }),
  }),
  email: ({ count, amount, currency }, words) => ({
    subject: words.t("subject", { count, business: words.business.name }),
    preview: words.t("body", { amount: noticeMoney(words, amount, currency) }),
    title: words.t("title", { count }),
    paragraphs: [words.t("body", { amount: noticeMoney(words, amount, currency) }), words.t("next")],
    action: { label: words.t("action") },
  }),
});
