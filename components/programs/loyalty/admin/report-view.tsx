import { useTranslations } from "next-intl";
import { BarChart } from "@/components/ui/bar-chart";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { Section } from "@/components/ui/layout-parts";
import { Figures, Stat } from "@/components/ui/marks";
import { creatorLabel, type Report } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { ReportCohorts } from "./report-cohorts";
import { ReportTable } from "./report-table";

const add = <Key extends string>(rows: ReadonlyArray<Record<Key, number>>, key: Key) =>
  rows.reduce((total, row) => total + row[key], 0);

/** A span of days in figures: each chart with its table, each figure with what it counts. */
export function ReportView({ report, currency }: { report: Report; currency: string }) {
  const t = useTranslations("loyaltyReports.page");
  const figures = useFigures(currency);
  const cost = add(report.rewards, "cost");
  const { onTime } = report;
  const share = (part: number, whole: number) => figures.percent(Math.round((part / whole) * 10_000));
  return (
    // Positioned, so that captions nobody sees stay within the scrolling part and do not lengthen the page.
    <div className="relative">
      <Figures label={t("title")}>
        <Stat label={t("sales")} value={figures.round(report.sales)} />
        <Stat
          label={t("issued")}
          value={figures.count(add(report.rewards, "count"))}
          note={t("issuedNote")}
        />
        <Stat
          label={t("cost")}
          value={figures.round(cost)}
          note={report.sales > 0 && t("costOf", { share: share(cost, report.sales) })}
        />
        <Stat
          label={t("claimed")}
          value={figures.count(report.claimed)}
          note={t("claimedNote", { rejected: report.rejected })}
        />
        <Stat
          label={t("onTime")}
          value={onTime.due === 0 ? "–" : share(onTime.onTime, onTime.due)}
          note={onTime.due === 0 ? t("onTimeNone") : t("onTimeNote", onTime)}
        />
      </Figures>
      <div className="split">
        <div>
          <Rewards report={report} currency={currency} />
          <Uplift report={report} currency={currency} />
          <Section id="cohorts" title={t("cohorts")}>
            <ReportCohorts cohorts={report.cohorts} />
          </Section>
        </div>
        <div>
          <Movement report={report} currency={currency} />
          <Section id="missions" title={t("missions")}>
            {report.missions.length === 0 ? (
              <p className="soft">{t("missionsNone")}</p>
            ) : (
              <ReportTable
                head={[t("mission"), t("completed"), t("creators")]}
                rows={report.missions.map((row) => ({
                  key: row.name,
                  cells: [row.name, figures.count(row.completed), figures.count(row.creators)],
                }))}
              />
            )}
          </Section>
          <Section id="budgets" title={t("budgets")}>
            {report.budgets.length === 0 ? (
              <p className="soft">{t("budgetsNone")}</p>
            ) : (
              <>
                <p className="soft mb-2">{t("budgetsText")}</p>
                <ReportTable
                  head={[t("reward"), t("spent"), t("reserved"), t("left")]}
                  rows={report.budgets.map((row) => ({
                    key: row.name,
                    cells: [
                      row.name,
                      figures.money(row.spent),
                      figures.money(row.reserved),
                      figures.money(row.left),
                    ],
                  }))}
                />
              </>
            )}
          </Section>
        </div>
      </div>
    </div>
  );
}

interface Part {
  report: Report;
  currency: string;
}

function Rewards({ report, currency }: Part) {
  const t = useTranslations("loyaltyReports.page");
  const kinds = useTranslations("loyaltyFulfilment.rewardKinds");
  const short = useTranslations("loyaltyFulfilment.shortKinds");
  const figures = useFigures(currency);
  const byKind = [...new Set(report.rewards.map(({ kind }) => kind))]
    .map((kind) => ({
      kind,
      cost: add(
        report.rewards.filter((row) => row.kind === kind),
        "cost",
      ),
    }))
    .sort((a, b) => b.cost - a.cost);
  const top = byKind[0];
  return (
    <Section id="rewards" title={t("rewards")} ruled={false}>
      <p className="soft mb-3">{t("rewardsText")}</p>
      {top === undefined ? (
        <p className="soft">{t("rewardsNone")}</p>
      ) : (
        <div className="stack gap-4">
          <div className="max-w-md">
            <BarChart
              title={t("costByKind")}
              bars={byKind.map(({ kind, cost }) => ({
                key: kind,
                label: short(kind),
                name: kinds(kind),
                value: cost,
                text: figures.round(cost),
              }))}
              highlight={top.cost > 0 ? top.kind : undefined}
              summary={t("costSummary", { top: kinds(top.kind), amount: figures.money(top.cost) })}
              nameHead={t("kind")}
              valueHead={t("costColumn")}
            />
          </div>
          <ReportTable
            head={[t("kind"), t("tier"), t("count"), t("costColumn")]}
            words={2}
            rows={report.rewards.map((row) => ({
              key: `${row.kind} ${row.tier}`,
              cells: [kinds(row.kind), row.tier, figures.count(row.count), figures.money(row.cost)],
            }))}
            foot={[
              t("total"),
              "",
              figures.count(add(report.rewards, "count")),
              figures.money(add(report.rewards, "cost")),
            ]}
          />
        </div>
      )}
    </Section>
  );
}

function Movement({ report, currency }: Part) {
  const t = useTranslations("loyaltyReports.page");
  const figures = useFigures(currency);
  const moves = (["risen", "held", "fallen"] as const).map((key) => ({
    key,
    label: t(key),
    value: report.movement[key],
    text: figures.count(report.movement[key]),
  }));
  return (
    <Section id="movement" title={t("movement")} ruled={false}>
      <p className="soft mb-3">{t("movementText")}</p>
      <div className="max-w-md">
        <BarChart
          title={t("movementChart")}
          bars={moves}
          summary={t("movementSummary", report.movement)}
          nameHead={t("move")}
          valueHead={t("creators")}
          tableOpen
        />
      </div>
    </Section>
  );
}

function Uplift({ report, currency }: Part) {
  const t = useTranslations("loyaltyReports.page");
  const figures = useFigures(currency);
  const { short } = useCalendarDay();
  const { uplift } = report;
  const signed = (minor: number) => `${minor < 0 ? "−" : "+"}${figures.money(Math.abs(minor))}`;
  return (
    <Section id="uplift" title={t("uplift")}>
      <p className="soft mb-3">{t("upliftText", { count: uplift.boosts })}</p>
      {uplift.perDayBefore !== null && uplift.perDayDuring !== null && (
        <div className="stack gap-4">
          <div className="max-w-md">
            <BarChart
              title={t("upliftChart")}
              bars={[
                {
                  key: "before",
                  label: t("before"),
                  value: Math.max(0, uplift.perDayBefore),
                  text: figures.money(uplift.perDayBefore),
                },
                {
                  key: "during",
                  label: t("during"),
                  value: Math.max(0, uplift.perDayDuring),
                  text: figures.money(uplift.perDayDuring),
                },
              ]}
              highlight="during"
              summary={t("upliftSummary", {
                before: figures.money(uplift.perDayBefore),
                during: figures.money(uplift.perDayDuring),
              })}
              nameHead={t("days")}
              valueHead={t("sales")}
            />
          </div>
          <ReportTable
            head={[t("creator"), t("days"), t("before"), t("during"), t("difference")]}
            words={2}
            rows={uplift.rows.map((row) => ({
              key: `${row.handle} ${row.firstOn}`,
              cells: [
                creatorLabel(row),
                `${short(row.firstOn)} – ${short(row.lastOn)}`,
                figures.money(row.perDayBefore),
                figures.money(row.perDayDuring),
                signed(row.perDayDuring - row.perDayBefore),
              ],
            }))}
          />
        </div>
      )}
    </Section>
  );
}
