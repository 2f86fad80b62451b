import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { KeyValue, Section, Timeline } from "@/components/ui/layout-parts";
import { Badge } from "@/components/ui/marks";
import { Notice } from "@/components/ui/notice";
import { parseTimestamp } from "@/lib/kernel/time";
import { type Redemption, type RedemptionState } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { ClaimSteps } from "./claim-steps";
import { ClaimTerms } from "./claim-terms";
import { MoveDialog } from "./move-dialog";
import { stateTones } from "./claims-table";
import { Parcel } from "./parcel";

interface ClaimDetailProps {
  claim: Redemption;
  slug: string;
  currency: string;
  now: Date;
  may: { fulfil: boolean; creators: boolean; payouts: boolean; holds: boolean };
}

const day = 86_400_000;

/** One claim: what is left to do with it, what was agreed, where its parcel is, and everything that happened. */
export function ClaimDetail({ claim, slug, currency, now, may }: ClaimDetailProps) {
  const t = useTranslations("loyaltyFulfilment");
  const format = useFormatter();
  const at = (text: string) =>
    format.dateTime(parseTimestamp(text), { dateStyle: "medium", timeStyle: "short" });
  const last = claim.rejectedAt ?? claim.concludedAt ?? claim.fulfilledAt;
  const undoUntil =
    last && (claim.kind !== "commission_boost" || claim.state === "rejected")
      ? new Date(parseTimestamp(last).getTime() + day)
      : null;
  // A time that is over cannot be given back.
  const hasPassed =
    claim.state === "rejected" && claim.scheduledAt !== null && parseTimestamp(claim.scheduledAt) <= now;
  const canUndo = may.fulfil && !claim.isHeld && undoUntil !== null && undoUntil > now && !hasPassed;
  const canMove =
    may.fulfil &&
    !claim.isHeld &&
    claim.state === "claimed" &&
    claim.scheduledAt !== null &&
    parseTimestamp(claim.scheduledAt) > now;
  const isOpen = claim.state === "claimed" || claim.state === "fulfilled";
  return (
    <div className="split">
      <div>
        <Section id="todo" title={t("claim.whatToDo")} ruled={false}>
          <div className="stack gap-3">
            <p className="row flex-wrap">
              <Badge tone={stateTones[claim.state]}>{t(`states.${claim.state}`)}</Badge>
              {claim.isHeld && <Badge tone="bad">{t("list.held")}</Badge>}
            </p>
            {claim.isHeld && (
              <Notice
                tone="warn"
                title={t("claim.held")}
                action={
                  may.holds && (
                    <LinkButton href={`/${slug}/admin/loyalty/holds`} size="small">
                      {t("claim.seeHolds")}
                    </LinkButton>
                  )
                }
              >
                {t("claim.heldText")}
              </Notice>
            )}
            {claim.kind === "commission_boost" && isOpen && (
              <p className="soft">
                {t("claim.boostText")}{" "}
                {may.payouts && (
                  <Link className="underline" href={`/${slug}/admin/loyalty/payouts`} prefetch={false}>
                    {t("claim.seePayouts")}
                  </Link>
                )}
              </p>
            )}
            {may.fulfil && !claim.isHeld && (isOpen || canUndo) && (
              <ClaimSteps
                slug={slug}
                id={claim.id}
                from={claim.state}
                kind={claim.kind}
                isShipped={Boolean(claim.gift?.shippedAt)}
                reward={claim.title}
                name={claim.name}
                canUndo={canUndo}
              >
                {canMove && claim.scheduledAt && (
                  <MoveDialog
                    slug={slug}
                    id={claim.id}
                    reward={claim.title}
                    name={claim.name}
                    from={parseTimestamp(claim.scheduledAt).toISOString()}
                  />
                )}
              </ClaimSteps>
            )}
            {claim.state === "claimable" && <p className="soft">{t("claim.offered")}</p>}
            {!isOpen && !canUndo && claim.state !== "claimable" && (
              <p className="soft">{t("claim.nothing")}</p>
            )}
            {canUndo && (
              <p className="sm muted">
                {t("claim.undoUntil", {
                  date: format.dateTime(undoUntil, { dateStyle: "medium", timeStyle: "short" }),
                })}
              </p>
            )}
            <Facts claim={claim} at={at} />
          </div>
        </Section>
        {claim.gift && (
          <Section id="parcel" title={t("claim.parcel")}>
            <Parcel claim={claim} slug={slug} at={at} canEdit={may.fulfil && claim.state === "claimed"} />
          </Section>
        )}
        {claim.boost && (
          <Section id="boost" title={t("claim.boost")}>
            <Boost boost={claim.boost} currency={currency} />
          </Section>
        )}
      </div>
      <div>
        <Section id="terms" title={t("claim.terms")} ruled={false}>
          <ClaimTerms claim={claim} slug={slug} currency={currency} canOpen={may.creators} />
        </Section>
        <Section id="history" title={t("claim.history")}>
          <History claim={claim} at={at} />
        </Section>
      </div>
    </div>
  );
}

type At = (text: string) => string;

function Facts({ claim, at }: { claim: Redemption; at: At }) {
  const t = useTranslations("loyaltyFulfilment.claim");
  const rows = [
    { name: t("due"), value: claim.dueAt && claim.state === "claimed" && at(claim.dueAt) },
    { name: t("scheduled"), value: claim.scheduledAt && at(claim.scheduledAt) },
    { name: t("ends"), value: claim.endsAt && at(claim.endsAt) },
    {
      name: t("moved"),
      value: claim.movedFrom && t("movedFrom", { date: at(claim.movedFrom), name: claim.movedBy ?? "" }),
    },
    { name: t("moveReason"), value: claim.moveReason },
    { name: t("code"), value: claim.code && <span className="num">{claim.code}</span> },
    { name: t("coupon"), value: claim.coupon && <span className="num">{claim.coupon}</span> },
    { name: t("reference"), value: claim.reference },
    { name: t("note"), value: claim.note },
    { name: t("reason"), value: claim.rejectionReason },
  ].flatMap(({ name, value }) => (value ? [{ name, value }] : []));
  return rows.length > 0 ? <KeyValue items={rows} /> : null;
}

function Boost({ boost, currency }: { boost: NonNullable<Redemption["boost"]>; currency: string }) {
  const t = useTranslations("loyaltyFulfilment.claim");
  const figures = useFigures(currency);
  const { long } = useCalendarDay();
  const money = boost.finalAmount ?? boost.earnedAmount;
  return (
    <KeyValue
      items={[
        { name: t("rate"), value: figures.percent(boost.rateBp) },
        { name: t("counts"), value: `${long(boost.firstOn)} – ${long(boost.lastOn)}` },
        ...(money === null ? [] : [{ name: t("paid"), value: figures.money(money) }]),
      ]}
    />
  );
}

function History({ claim, at }: { claim: Redemption; at: At }) {
  const t = useTranslations("loyaltyFulfilment.claim");
  const isGift = claim.kind === "physical_gift";
  const what = (from: RedemptionState | null, to: RedemptionState) => {
    if (from === "rejected" && to === "claimed") return t("steps.undoneRejected");
    if (from === "fulfilled" && to === "claimed") return t("steps.undoneClaimed");
    if (from === "concluded" && to === "fulfilled") return t("steps.undoneFulfilled");
    if (isGift && to === "fulfilled") return t("steps.shipped");
    if (isGift && to === "concluded") return t("steps.delivered");
    return t(`steps.${to}`);
  };
  return (
    <Timeline
      entries={claim.history.toReversed().map((entry) => ({
        key: `${entry.at} ${entry.to}`,
        when: at(entry.at),
        dateTime: parseTimestamp(entry.at).toISOString(),
        what: what(entry.from, entry.to),
        who: t(`by.${entry.by}`, { name: entry.name ?? "" }),
      }))}
    />
  );
}
