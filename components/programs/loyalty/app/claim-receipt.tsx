"use client";

import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { calendar, circleCheck } from "@/components/ui/icon-paths";
import type { ClaimedReward } from "@/lib/programs/loyalty/contract";
import type { TermsContext } from "./claim-terms";
import { useRewardWords } from "./reward-words";

/** What she has now, until when it comes, and the time for her calendar. */
export function ClaimReceipt({
  receipt,
  slug,
  context,
}: {
  receipt: ClaimedReward;
  slug: string;
  context: TermsContext;
}) {
  const t = useTranslations("loyaltyRewards");
  const { moment } = useRewardWords(context.currency, context.timeZone);
  const due = receipt.dueAt ? moment(receipt.dueAt) : "";
  const runs =
    receipt.scheduledAt && receipt.endsAt
      ? { from: moment(receipt.scheduledAt), to: moment(receipt.endsAt) }
      : null;
  return (
    <div className="stack gap-4" role="status">
      <p className="row top">
        <Glyph path={circleCheck} className="text-ok-text" />
        <span className="grow lead">
          {runs
            ? t(receipt.kind === "discount" ? "sheet.receiptDiscount" : "sheet.receiptBoost", runs)
            : t(receipt.kind === "physical_gift" ? "sheet.receiptShip" : "sheet.receiptText", { due })}
        </span>
      </p>
      {receipt.instructions && <p className="soft">{receipt.instructions}</p>}
      {runs && (
        <LinkButton
          href={`/api/${slug}/loyalty/redemptions/${receipt.id}/calendar.ics`}
          external
          download
          wide
          icon={<Glyph path={calendar} size="s" />}
        >
          {t("state.calendar")}
        </LinkButton>
      )}
    </div>
  );
}
