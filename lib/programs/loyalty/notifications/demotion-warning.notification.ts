import { defineNotification } from "@/lib/core/notifications/server";
import { decimalText } from "@/lib/kernel/money";
import { warningSchema, type Warning } from "../warnings/warning.schema";

/** Asked for by the nightly run 30, 7 and 3 days before a check, only while she would fall. */
export const loyaltyDemotionWarning = defineNotification({
  id: "loyalty.demotion-warning",
  schema: warningSchema,
  audience: "loyalty.app.use",
  link: () => "/home",
  inApp: (warning, { t, date, number }) => ({
    title: t("title", { tier: warning.tier, date: date(warning.checkOn) }),
    body: t("body", { missing: missing(warning, number, t), toTier: warning.toTier }),
  }),
  email: (warning, { t, date, number, business }) => {
    const share = (basisPoints: number) =>
      number(basisPoints / 10_000, { style: "percent", maximumFractionDigits: 2 });
    return {
      subject: t("subject", {
        missing: missing(warning, number, t),
        tier: warning.tier,
        business: business.name,
      }),
      preview: t("body", { missing: missing(warning, number, t), toTier: warning.toTier }),
      title: t("title", { tier: warning.tier, date: date(warning.checkOn) }),
      paragraphs: [
        t("body", { missing: missing(warning, number, t), toTier: warning.toTier }),
        ...(warning.rewards.length > 0
          ? [t("rewards", { tier: warning.tier, rewards: warning.rewards.join(", ") })]
          : []),
        t("safe"),
      ],
      facts: [
        { label: t("missing"), value: missing(warning, number, t) },
        { label: t("until"), value: date(warning.checkOn) },
        {
          label: t("commission"),
          value: t("change", { from: share(warning.commissionBp), to: share(warning.toCommissionBp) }),
        },
      ],
      action: { label: t("action") },
    };
  },
});

type Format = (value: number, options?: Intl.NumberFormatOptions) => string;
type Say = (key: string, values?: Record<string, string | number>) => string;

function missing({ metric, currency, shortfall }: Warning, number: Format, t: Say): string {
  return metric === "units"
    ? t("units", { count: number(shortfall) })
    : number(Number(decimalText(shortfall, currency)), { style: "currency", currency });
}
