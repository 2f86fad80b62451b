import { useFormatter, useNow } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Glyph } from "@/components/ui/glyph";
import * as paths from "@/components/ui/icon-paths";
import { parseTimestamp } from "@/lib/kernel/time";
import {
  isScheduled,
  trackingLink,
  type MyRedemption,
  type RewardKind,
} from "@/lib/programs/loyalty/contract";
import { ClaimCodeLine } from "./claim-code-line";
import { useRewardWords } from "./reward-words";

export const rewardDrawings: Record<RewardKind, string> = {
  gift_card: paths.gift,
  ads_credit: paths.megaphone,
  physical_gift: paths.shoppingBag,
  experience: paths.ticket,
  commission_boost: paths.badgePercent,
  discount: paths.badgePercent,
};

export interface RowContext {
  currency: string;
  timeZone: string;
  business: string;
  base: string;
  slug: string;
}

/** An open claim: where it stands, until when, and what she can do about it. */
export function RedemptionRow({
  redemption,
  context,
  why,
}: {
  redemption: MyRedemption;
  context: RowContext;
  /** Why the same reward cannot be claimed again yet. */
  why?: ReactNode;
}) {
  const { t } = useRewardWords(context.currency, context.timeZone);
  const { gift, boost } = redemption;
  const link = gift?.deliveredAt ? null : trackingLink(gift?.carrier ?? null, gift?.trackingNumber ?? null);
  const hasCalendar =
    isScheduled(redemption.kind) && redemption.scheduledAt !== null && redemption.state === "claimed";
  return (
    <li className="py-3.5">
      <div className="row top gap-3.5">
        <Glyph path={rewardDrawings[redemption.kind]} />
        <div className="grow">
          <h3 className="h3">{redemption.name}</h3>
          <p className="sm soft">
            <StateLine redemption={redemption} context={context} />
          </p>
          <Facts redemption={redemption} />
          <p className="sm flex flex-wrap gap-x-4">
            {link && (
              <a className="act min-w-0 justify-start" href={link} rel="noreferrer" target="_blank">
                {t("state.track")}
                <span className="vh">: {redemption.name}</span>
              </a>
            )}
            {boost?.state === "pending_info" && (
              <Link
                className="act min-w-0 justify-start"
                href={`${context.base}/loyalty/payouts`}
                prefetch={false}
              >
                {t("state.payTo")}
              </Link>
            )}
            {hasCalendar && (
              <a
                className="act min-w-0 justify-start"
                href={`/api/${context.slug}/loyalty/redemptions/${redemption.id}/calendar.ics`}
                download
              >
                {t("state.calendar")}
                <span className="vh">: {redemption.name}</span>
              </a>
            )}
          </p>
          {redemption.kind === "gift_card" && redemption.fulfilledAt !== null && !redemption.isHeld && (
            <ClaimCodeLine slug={context.slug} id={redemption.id} name={redemption.name} />
          )}
          {why}
        </div>
      </div>
    </li>
  );
}

function Facts({ redemption }: { redemption: MyRedemption }) {
  const { t } = useRewardWords("USD", "UTC");
  const facts = [
    redemption.gift?.size && t("state.size", { size: redemption.gift.size }),
    redemption.couponCode && t("state.codeBuyers", { code: redemption.couponCode }),
    redemption.missionName &&
      t(redemption.source === "raffle" ? "wonIn" : "fromMission", { mission: redemption.missionName }),
  ].filter(Boolean);
  return facts.length > 0 && <p className="sm muted">{facts.join(" ")}</p>;
}

/** Claimed and when it is due; a boost by its own steps; a parcel by where it is. */
function StateLine({ redemption, context }: { redemption: MyRedemption; context: RowContext }) {
  const { t, money, percent, moment } = useRewardWords(context.currency, context.timeZone);
  const format = useFormatter();
  const now = useNow();
  const day = (instant: string) =>
    format.dateTime(parseTimestamp(instant), { month: "short", day: "numeric" });
  const { boost, gift, claimedAt, dueAt, fulfilledAt } = redemption;
  const { business } = context;
  if (redemption.isHeld) return <span className="text-warn-text">{t("state.held", { business })}</span>;
  if (boost) {
    return t(`state.boost.${boost.state}`, {
      from: moment(boost.startsAt),
      to: moment(boost.endsAt),
      percent: percent(boost.rateBp),
      earned: money(boost.earnedAmount ?? 0),
      final: money(boost.finalAmount ?? 0),
      clears: boost.clearsOn ? day(`${boost.clearsOn}T12:00:00Z`) : "",
      day: boost.paidAt ? day(boost.paidAt) : "",
    });
  }
  if (gift?.deliveredAt) return t("state.giftDelivered", { day: day(gift.deliveredAt) });
  if (gift?.shippedAt)
    return t("state.giftShipped", {
      day: day(gift.shippedAt),
      carrier: t(`carrier.${(gift.carrier ?? "other") as "other"}`),
    });
  if (
    redemption.kind === "discount" &&
    redemption.scheduledAt &&
    redemption.endsAt &&
    redemption.state === "claimed"
  )
    return t("state.discountPlanned", {
      from: moment(redemption.scheduledAt),
      to: moment(redemption.endsAt),
    });
  if (redemption.kind === "discount" && redemption.endsAt && parseTimestamp(redemption.endsAt) > now)
    return t("state.discountRuns", { to: moment(redemption.endsAt) });
  if (fulfilledAt) return t("state.fulfilled", { day: day(fulfilledAt) });
  const claimed = claimedAt ? day(claimedAt) : "";
  if (!dueAt) return t("state.claimedSoon", { day: claimed });
  const due = moment(dueAt);
  if (gift) return t("state.giftWaiting", { day: claimed, due, city: gift.city });
  return t(parseTimestamp(dueAt) < now ? "state.claimedLate" : "state.claimed", {
    day: claimed,
    due,
    business,
  });
}
