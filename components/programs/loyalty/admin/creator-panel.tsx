import { useFormatter, useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { x } from "@/components/ui/icon-paths";
import { KeyValue } from "@/components/ui/layout-parts";
import { Avatar, Progress } from "@/components/ui/marks";
import { parseTimestamp } from "@/lib/kernel/time";
import type { Adjustment, Creator, Decision } from "@/lib/programs/loyalty/contract";
import { AdjustmentLines } from "../adjustment-lines";
import { DecisionList } from "../app/decision-list";
import { useFigures, type Metric } from "../figures";

interface CreatorPanelProps {
  creator: Creator;
  metric: Metric;
  currency: string;
  href: string;
  closeHref: string;
  decisions: readonly Decision[];
  adjustments: readonly Adjustment[];
}

/** One creator beside the table: the figure, the period, the last decisions. */
export function CreatorPanel({
  creator,
  metric,
  currency,
  href,
  closeHref,
  decisions,
  adjustments,
}: CreatorPanelProps) {
  const t = useTranslations("loyaltyAdmin.creator");
  return (
    <aside className="panel" aria-label={creator.name}>
      <div className="stack gap-3 p-4">
        <div className="row">
          <Avatar name={creator.name} accent />
          <div className="grow">
            <h2 className="h3">{creator.name}</h2>
            <p className="muted">@{creator.handle}</p>
          </div>
          <LinkButton href={href} size="small" variant="quiet">
            {t("open")}
          </LinkButton>
          <Link
            className="btn small"
            href={closeHref}
            aria-label={t("close")}
            scroll={false}
            prefetch={false}
          >
            <Glyph path={x} size="s" />
          </Link>
        </div>
        <CreatorStanding creator={creator} metric={metric} currency={currency} />
      </div>
      <section>
        <h3>{t("period")}</h3>
        <PeriodList creator={creator} metric={metric} currency={currency} />
      </section>
      {decisions.length > 0 && (
        <section>
          <h3>{t("history")}</h3>
          <DecisionList decisions={decisions} metric={metric} currency={currency} />
        </section>
      )}
      {adjustments.length > 0 && (
        <section>
          <h3>{t("adjustTitle")}</h3>
          <AdjustmentLines adjustments={adjustments} metric={metric} currency={currency} />
        </section>
      )}
      {creator.person && (
        <section>
          <h3>{t("account")}</h3>
          <KeyValue
            items={[
              { name: t("email"), value: creator.person.email ?? "" },
              { name: t("login"), value: creator.person.hasLogin ? t("hasLogin") : t("noLogin") },
            ]}
          />
        </section>
      )}
    </aside>
  );
}

export function CreatorStanding({
  creator,
  metric,
  currency,
}: {
  creator: Creator;
  metric: Metric;
  currency: string;
}) {
  const t = useTranslations("loyaltyAdmin.creator");
  const format = useFormatter();
  const figures = useFigures(currency);
  const long = useCalendarDay().long;
  const since = format.dateTime(parseTimestamp(creator.tierSince), { dateStyle: "medium" });
  return (
    <div className="stack gap-2">
      <p className="row baseline">
        <span className="fig text-xl">{figures.of(metric, creator.value)}</span>
        {creator.next && (
          <span className="muted">
            {t("of", {
              threshold: figures.roundOf(metric, creator.next.tier.threshold),
              tier: creator.next.tier.name,
            })}
          </span>
        )}
      </p>
      <Progress value={creator.progress} max={1} tone="accent" label={creator.tier.name} />
      <p className="soft">
        {t("since", { tier: creator.tier.name, date: since })}{" "}
        {creator.checkOn && t("nextCheck", { date: long(creator.checkOn) })}{" "}
        {creator.missingToKeep > 0 &&
          t("keepShort", { missing: figures.of(metric, creator.missingToKeep), tier: creator.tier.name })}
      </p>
    </div>
  );
}

export function PeriodList({
  creator,
  metric,
  currency,
}: {
  creator: Creator;
  metric: Metric;
  currency: string;
}) {
  const t = useTranslations("loyaltyAdmin.creator");
  const figures = useFigures(currency);
  const signed = (minor: number) =>
    `${minor < 0 ? "−" : minor > 0 ? "+" : ""}${figures.money(Math.abs(minor))}`;
  const { period } = creator;
  return (
    <KeyValue
      items={[
        { name: t("sales"), value: figures.money(period.sales) },
        { name: t("units"), value: figures.count(period.units) },
        { name: t("videos"), value: figures.count(period.videos) },
        { name: t("views"), value: figures.count(period.views) },
        { name: t("likes"), value: figures.count(period.likes) },
        { name: t("comments"), value: figures.count(period.comments) },
        { name: t("refunds"), value: signed(period.refunds) },
        {
          name: t("adjustmentsSum"),
          value: metric === "sales" ? signed(period.adjustments) : figures.count(period.adjustments),
        },
      ]}
    />
  );
}
