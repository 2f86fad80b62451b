import { describe, expect, it } from "vitest";
import { reportLines } from "../../../../lib/programs/loyalty/reports/report-lines";
import { reportSpan } from "../../../../lib/programs/loyalty/reports/report-span";
import type { Report } from "../../../../lib/programs/loyalty/reports/report.schema";

const today = "2026-11-23";

describe("the days of a report", () => {
  it("are the present month when nothing is asked", () => {
    expect(reportSpan({}, today)).toMatchObject({
      from: "2026-11-01",
      to: "2026-11-30",
      kind: "month",
      next: null,
    });
  });

  it.each([
    ["2024-02", "2024-02-29"],
    ["2026-02", "2026-02-28"],
    ["2026-04", "2026-04-30"],
    ["2026-12", "2026-12-31"],
  ])("of the month %s end on %s", (month, to) => {
    expect(reportSpan({ month }, today)).toMatchObject({ from: `${month}-01`, to });
  });

  it.each([
    ["2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4", "2026-Q2"],
    ["2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3", undefined],
    ["2025-Q4", "2025-10-01", "2025-12-31", "2025-Q3", "2026-Q1"],
  ])("of the quarter %s go from %s to %s", (quarter, from, to, before, after) => {
    const span = reportSpan({ quarter }, today);
    expect(span).toMatchObject({ from, to, kind: "quarter", previous: { quarter: before } });
    expect(span.next?.quarter).toBe(after);
  });

  it("turn the year on the way back and forth", () => {
    expect(reportSpan({ month: "2026-01" }, today)).toMatchObject({
      previous: { month: "2025-12" },
      next: { month: "2026-02" },
    });
    expect(reportSpan({ month: "2025-12" }, today).next).toEqual({ month: "2026-01" });
  });

  it("are one's own when both are given", () => {
    expect(reportSpan({ from: "2026-11-02", to: "2026-11-08" }, today)).toMatchObject({
      from: "2026-11-02",
      to: "2026-11-08",
      kind: "custom",
      previous: null,
    });
  });
});

describe("the lines of a report", () => {
  it("hold every figure of it, and nothing for months to come", () => {
    const report: Report = {
      from: "2026-11-01",
      to: "2026-11-30",
      sales: 100_000,
      claimed: 4,
      rejected: 1,
      rewards: [
        { kind: "gift_card", tier: "Silver", rank: 2, count: 2, cost: 5000 },
        { kind: "discount", tier: "Gold", rank: 3, count: 1, cost: 0 },
      ],
      budgets: [{ name: "Card", budget: 10_000, spent: 5000, reserved: 2500, left: 2500 }],
      missions: [{ name: "Sprint", kind: "videos", completed: 3, creators: 2 }],
      movement: { risen: 5, held: 2, fallen: 1 },
      uplift: {
        boosts: 0,
        boostDays: 0,
        salesDuring: 0,
        salesBefore: 0,
        perDayDuring: null,
        perDayBefore: null,
        rows: [],
      },
      cohorts: [{ month: "2026-10-01", joined: 4, kept: [3, null, null, null, null, null] }],
      onTime: { due: 4, onTime: 3 },
    };
    const lines = reportLines(report);
    expect(lines.find(({ item }) => item === "rewards_issued")).toMatchObject({ count: 3, amount: 5000 });
    expect(lines.filter(({ section }) => section === "retention")).toHaveLength(2);
    expect(lines.find(({ detail }) => detail === "left")?.amount).toBe(2500);
    expect(lines.filter(({ section }) => section === "boosts")).toHaveLength(1);
    expect(lines).toHaveLength(20);
  });
});
