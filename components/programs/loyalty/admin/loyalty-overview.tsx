import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { BarChart } from "@/components/ui/bar-chart";
import { LinkButton } from "@/components/ui/button";
import { List, Section } from "@/components/ui/layout-parts";
import { Figures, Stat, TierMark } from "@/components/ui/marks";
import type { AdminHome } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { useFreshness } from "../freshness";

/** The owner's morning: what waits, the key figures, the trend, and what happens by itself. */
export function LoyaltyOverview({ home, slug, work }: { home: AdminHome; slug: string; work?: ReactNode }) {
  const t = useTranslations("loyaltyAdmin.home");
  const figures = useFigures(home.currency);
  const { when, next } = useFreshness(home);
  return (
    <>
      <Figures label={t("title")}>
        <Stat label={t("creators")} value={figures.count(home.creators)} />
        <Stat label={t("posted")} value={figures.count(home.posted30Days)} />
        <Stat label={t("periodSales")} value={figures.round(home.periodSales)} />
        <Stat label={t("lastCount")} value={when ?? t("never")} />
      </Figures>
      <div className="split">
        <div>
          {work}
          <Needs home={home} slug={slug} next={next} />
          <Moves home={home} />
          <Section id="self" title={t("byItself")}>
            <p className="soft">{t("nextCount", { next })}</p>
            {home.lastSummary.updated !== undefined && (
              <p className="soft mt-1">
                {t("lastPass", {
                  updated: home.lastSummary.updated,
                  promoted: home.lastSummary.promoted ?? 0,
                  demoted: home.lastSummary.demoted ?? 0,
                })}
              </p>
            )}
          </Section>
        </div>
        <div>
          <Trend home={home} />
          <TierCounts home={home} />
        </div>
      </div>
    </>
  );
}

function Needs({ home, slug, next }: { home: AdminHome; slug: string; next: string }) {
  const t = useTranslations("loyaltyAdmin.home");
  const { needs } = home;
  const rows = [
    {
      key: "claims",
      count: needs.claims,
      title: t("claims", { count: needs.claims }),
      text: t("claimsText"),
      action: t("claimsAction"),
      href: `/${slug}/admin/loyalty/handle-claims`,
    },
    {
      key: "atRisk",
      count: needs.atRisk,
      title: t("atRisk", { count: needs.atRisk }),
      text: t("atRiskText"),
      action: t("atRiskAction"),
      href: `/${slug}/admin/loyalty/creators?sort=sales`,
    },
    {
      key: "quiet",
      count: needs.quiet,
      title: t("quiet", { count: needs.quiet }),
      text: t("quietText"),
      action: t("atRiskAction"),
      href: `/${slug}/admin/loyalty/creators?sort=video`,
    },
  ].filter((row) => row.count > 0);
  return (
    <Section id="needs" title={t("needs")} ruled={false}>
      {rows.length === 0 ? (
        <p className="soft">{t("needsNone", { next })}</p>
      ) : (
        <List>
          {rows.map((row) => (
            <li className="linkrow" key={row.key}>
              <span className="grow">
                <span className="h3 block">{row.title}</span>
                <span className="sm muted block">{row.text}</span>
              </span>
              <LinkButton href={row.href} size="small">
                {row.action}
              </LinkButton>
            </li>
          ))}
        </List>
      )}
    </Section>
  );
}

function Moves({ home }: { home: AdminHome }) {
  const t = useTranslations("loyaltyAdmin.home");
  return (
    <Section id="moves" title={t("moves")}>
      {home.moves.length === 0 ? (
        <p className="soft">{t("movesNone")}</p>
      ) : (
        <ul className="stack gap-1">
          {home.moves.map((move) => (
            <li key={`${move.rule} ${move.to}`}>
              {t(move.rule === "promotion" ? "movedUp" : "movedDown", {
                count: move.creators,
                tier: move.to,
              })}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Trend({ home }: { home: AdminHome }) {
  const t = useTranslations("loyaltyAdmin.home");
  const app = useTranslations("loyaltyApp");
  const figures = useFigures(home.currency);
  const day = useCalendarDay().short;
  const value = (week: AdminHome["weeks"][number]) => (home.metric === "sales" ? week.sales : week.units);
  const [first, ...rest] = home.weeks;
  if (!first) return null;
  const best = rest.reduce((top, week) => (value(week) > value(top) ? week : top), first);
  const least = rest.reduce((low, week) => (value(week) < value(low) ? week : low), first);
  return (
    <Section id="trend" ruled={false}>
      <BarChart
        title={home.metric === "sales" ? t("trend") : t("trendUnits")}
        bars={home.weeks.map((week, index) => ({
          key: week.from,
          label: index % 2 === 0 ? day(week.from) : "",
          name: day(week.from),
          value: Math.max(0, value(week)),
          text: figures.roundOf(home.metric, value(week)),
        }))}
        highlight={value(best) > 0 ? best.from : undefined}
        summary={
          value(best) > 0
            ? app("chart", {
                lowWeek: day(least.from),
                low: figures.of(home.metric, value(least)),
                highWeek: day(best.from),
                high: figures.of(home.metric, value(best)),
              })
            : app("chartEmpty")
        }
        nameHead={app("weekFrom")}
        valueHead={home.metric === "sales" ? app("sales") : app("units")}
      />
    </Section>
  );
}

function TierCounts({ home }: { home: AdminHome }) {
  const t = useTranslations("loyaltyAdmin.home");
  const figures = useFigures(home.currency);
  return (
    <Section id="tiers" title={t("tiers")}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t("tierColumn")}</th>
            <th scope="col" className="n">
              {t("creatorsColumn")}
            </th>
            <th scope="col" className="n">
              {t("salesColumn")}
            </th>
          </tr>
        </thead>
        <tbody>
          {home.tiers.map((tier) => (
            <tr key={tier.id}>
              <th scope="row">
                <TierMark name={tier.name} color={tier.color} />
              </th>
              <td className="n">{figures.count(tier.creators)}</td>
              <td className="n">{figures.money(tier.sales)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
