import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { printReport } from "../../../../lib/programs/loyalty/reports/print-report";
import type { Report } from "../../../../lib/programs/loyalty/reports/report.schema";

const business = { name: "Żółta Tide", currency: "EUR", locale: "de", timeZone: "Europe/Berlin" };
const report = (missions: number): Report => ({
  from: "2026-11-01",
  to: "2026-11-30",
  sales: 123_456,
  claimed: 4,
  rejected: 1,
  rewards: [{ kind: "gift_card", tier: "Zilver 銀", rank: 2, count: 2, cost: 5000 }],
  budgets: [
    {
      name: "A card with a name far too long for its column to hold it all",
      budget: 9,
      spent: 5,
      reserved: 2,
      left: 2,
    },
  ],
  missions: Array.from({ length: missions }, (_, at) => ({
    name: `Sprint ${at} “né” – ≠`,
    kind: "videos" as const,
    completed: at,
    creators: 1,
  })),
  movement: { risen: 5, held: 2, fallen: 1 },
  uplift: {
    boosts: 1,
    boostDays: 7,
    salesDuring: 700,
    salesBefore: 140,
    perDayDuring: 100,
    perDayBefore: 10,
    rows: [
      {
        handle: "noor",
        firstOn: "2026-11-02",
        lastOn: "2026-11-08",
        rateBp: 500,
        perDayDuring: 100,
        perDayBefore: 10,
      },
    ],
  },
  cohorts: [{ month: "2026-10-01", joined: 4, kept: [3, null, null, null, null, null] }],
  onTime: { due: 0, onTime: 0 },
});

describe("a printed report", () => {
  it("is a document with its title, whatever letters its names have", async () => {
    const document = await PDFDocument.load(await printReport(report(2), business));
    expect(document.getTitle()).toBe("Żółta Tide: Reports");
    expect(document.getPageCount()).toBe(1);
  });

  it("takes as many sheets as its rows need", async () => {
    const document = await PDFDocument.load(await printReport(report(120), business));
    expect(document.getPageCount()).toBeGreaterThan(2);
  });
});
