import { PDFDocument } from "@cantoo/pdf-lib";
import { extractText, getDocumentProxy } from "unpdf";
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
        name: "noor",
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

const textOf = async (given: Report) => {
  const { text } = await extractText(await getDocumentProxy(await printReport(given, business)), {
    mergePages: true,
  });
  return text;
};
const named = (name: string, handle = "her.handle"): Report => {
  const given = report(1);
  return { ...given, uplift: { ...given.uplift, rows: [{ ...given.uplift.rows[0]!, name, handle }] } };
};

describe("a printed report", () => {
  it.each([
    "Zoë Łukasiewicz",
    "Наталья Щербакова",
    "Ελένη Παπαδοπούλου",
    "Đặng Thị Hồng",
    "Şeyma Ağaoğlu",
    "Þóra Ćurčić Őry",
    "Zoe\u0308 offline",
  ])("prints %s as she writes it", async (name) => {
    expect((await textOf(named(name))).normalize("NFC")).toContain(`${name.normalize("NFC")}, @her.handle`);
  });

  it("prints its own words, amounts and signs, the name of the business included", async () => {
    const text = (await textOf(report(1))).replace(/\s+/g, " ");
    expect(text).toContain("Żółta Tide.");
    expect(text).toContain("1.234,56 €");
    expect(text).toContain("Sprint 0 “né” – =");
    expect(text).toContain("02.11.2026 – 08.11.2026");
    expect(text).toContain("@noor");
    expect(text).not.toContain("noor, @noor");
  });

  it("marks a letter no font has, and prints the rest of the name", async () => {
    expect(await textOf(named("銀 Ming", "ming"))).toContain("? Ming, @ming");
  });

  it("carries only the letters it uses", async () => {
    expect((await printReport(report(2), business)).length).toBeLessThan(120_000);
  });

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
