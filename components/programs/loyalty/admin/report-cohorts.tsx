import { useFormatter, useTranslations } from "next-intl";
import { BarChart } from "@/components/ui/bar-chart";
import type { Report } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { ReportTable } from "./report-table";

/** Who stays: a row a month of joining, a column a month after, as a share and a count. */
export function ReportCohorts({ cohorts }: { cohorts: Report["cohorts"] }) {
  const t = useTranslations("loyaltyReports.page");
  const format = useFormatter();
  const figures = useFigures("USD");
  const month = (date: string) =>
    format.dateTime(new Date(`${date}T12:00:00Z`), { month: "short", year: "numeric", timeZone: "UTC" });
  const share = (kept: number, joined: number) => figures.percent(Math.round((kept / joined) * 100) * 100);
  const known = cohorts.filter(({ joined }) => joined > 0);
  if (known.length === 0) return <p className="soft">{t("cohortsEmpty")}</p>;
  const first = known.map(({ month: key, joined, kept }) => ({ key, joined, kept: kept[0] ?? 0 }));
  const last = first[first.length - 1];
  return (
    <div className="stack gap-4">
      <p className="soft">{t("cohortsText")}</p>
      <div className="max-w-md">
        <BarChart
          title={t("cohortsChart")}
          bars={first.map(({ key, joined, kept }) => ({
            key,
            label: month(key),
            value: (kept / joined) * 100,
            text: t("keptOf", { share: share(kept, joined), kept }),
          }))}
          highlight={last?.key}
          summary={
            last ? t("cohortsSummary", { share: share(last.kept, last.joined), joined: last.joined }) : ""
          }
          nameHead={t("joinedIn")}
          valueHead={t("monthAfter", { month: 1 })}
        />
      </div>
      <ReportTable
        head={[t("joinedIn"), t("joined"), ...[1, 2, 3, 4, 5, 6].map((at) => t("monthAfter", { month: at }))]}
        rows={cohorts.map((row) => ({
          key: row.month,
          cells: [
            month(row.month),
            figures.count(row.joined),
            ...row.kept.map((kept) =>
              kept === null || row.joined === 0 ? "" : t("keptOf", { share: share(kept, row.joined), kept }),
            ),
          ],
        }))}
      />
    </div>
  );
}
