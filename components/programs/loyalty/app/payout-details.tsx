import { useFormatter, useTranslations } from "next-intl";
import type { Choice } from "@/components/ui/choice";
import { Disclosure, Section, SectionBand } from "@/components/ui/layout-parts";
import { Notice } from "@/components/ui/notice";
import { parseTimestamp } from "@/lib/kernel/time";
import type { MyPayouts } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { PayoutAccountForm } from "./payout-account-form";

/** Where the money goes: asked for where money waits, shown as a hint once it is known. */
export function PayoutDetails({
  slug,
  mine,
  ...bank
}: {
  slug: string;
  mine: MyPayouts;
  countries: readonly Choice[];
  home: string;
}) {
  const t = useTranslations("loyaltyPayouts.details");
  const format = useFormatter();
  const { money } = useFigures(mine.currency);
  const { account } = mine;
  const waiting = mine.boosts
    .filter(({ state }) => state === "pending_info")
    .reduce((sum, { earned }) => sum + earned, 0);
  if (!account && waiting > 0) {
    return (
      <SectionBand
        tone="accent"
        kicker={t("neededKicker", { amount: money(waiting) })}
        title={t("neededTitle")}
        actions={<PayoutAccountForm slug={slug} method={null} {...bank} />}
      >
        <p>{t("neededText")}</p>
      </SectionBand>
    );
  }
  return (
    <Section id="details" title={t("title")}>
      {account?.heldUntil && (
        <Notice
          tone="warn"
          title={t("heldTitle", {
            until: format.dateTime(parseTimestamp(account.heldUntil), {
              dateStyle: "medium",
              timeStyle: "short",
            }),
          })}
        >
          <p>{t("heldText")}</p>
        </Notice>
      )}
      {account ? (
        <div>
          <p className="h3">{t("goesTo", { method: t(`methods.${account.method}`), hint: account.hint })}</p>
          <p className="sm muted">{t("goesToText")}</p>
        </div>
      ) : (
        <p className="soft">{t("noneText")}</p>
      )}
      <Disclosure summary={t(account ? "change" : "give")}>
        {account && <p className="sm muted mb-3">{t("changeWarning")}</p>}
        <PayoutAccountForm slug={slug} method={account?.method ?? null} {...bank} />
      </Disclosure>
    </Section>
  );
}
