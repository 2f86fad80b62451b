import type { Report } from "./report.schema";

/** One figure of a report, as a file holds it: which part, of what, how many, how much. */
interface ReportLine {
  section: string;
  item: string;
  detail: string;
  count: number | null;
  /** Minor units. */
  amount: number | null;
}

/** Every figure of the page, in its order: files and page can only say the same. */
export function reportLines(report: Report): ReportLine[] {
  const { movement, uplift, onTime } = report;
  const line = (
    section: string,
    item: string,
    detail = "",
    count: number | null = null,
    amount: number | null = null,
  ): ReportLine => ({ section, item, detail, count, amount });
  return [
    line("summary", "sales", "", null, report.sales),
    line("summary", "rewards_issued", "", sum(report.rewards, "count"), sum(report.rewards, "cost")),
    line("summary", "claims", "", report.claimed),
    line("summary", "claims_rejected", "", report.rejected),
    line("summary", "promises_due", "", onTime.due),
    line("summary", "promises_kept", "", onTime.onTime),
    ...report.rewards.map((row) => line("rewards", row.kind, row.tier, row.count, row.cost)),
    ...report.budgets.flatMap((row) => [
      line("budget", row.name, "budget", null, row.budget),
      line("budget", row.name, "spent", null, row.spent),
      line("budget", row.name, "reserved", null, row.reserved),
      line("budget", row.name, "left", null, row.left),
    ]),
    ...report.missions.flatMap((row) => [
      line("missions", row.name, "completed", row.completed),
      line("missions", row.name, "creators", row.creators),
    ]),
    line("tiers", "risen", "", movement.risen),
    line("tiers", "held", "", movement.held),
    line("tiers", "fallen", "", movement.fallen),
    line("boosts", "ended", "", uplift.boosts),
    ...(uplift.perDayDuring === null
      ? []
      : [
          line("boosts", "sales_a_day", "in the boost", null, uplift.perDayDuring),
          line("boosts", "sales_a_day", "14 days before", null, uplift.perDayBefore),
        ]),
    ...uplift.rows.flatMap((row) => [
      line("boosts", `@${row.handle}`, `${row.firstOn} to ${row.lastOn}, a day`, null, row.perDayDuring),
      line("boosts", `@${row.handle}`, "14 days before, a day", null, row.perDayBefore),
    ]),
    ...report.cohorts.flatMap((row) => [
      line("retention", row.month.slice(0, 7), "joined", row.joined),
      ...row.kept.flatMap((kept, at) =>
        kept === null
          ? []
          : [line("retention", row.month.slice(0, 7), `sold in month ${at + 1} after`, kept)],
      ),
    ]),
  ];
}

/** A creator as people know her; only the handle where that is all there is. */
export function creatorLabel({ name, handle }: { name: string; handle: string }): string {
  return name.trim() === "" || name.trim().toLowerCase() === handle.toLowerCase()
    ? `@${handle}`
    : `${name.trim()}, @${handle}`;
}

export function sum<Key extends string>(rows: ReadonlyArray<Record<Key, number>>, key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
