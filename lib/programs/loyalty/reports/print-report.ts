import "server-only";
import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import { createTranslator } from "next-intl";
import { formatsOfReader } from "@/lib/kernel/i18n";
import { formatMoney, formatNumber } from "@/lib/kernel/money";
import { formatDate } from "@/lib/kernel/time";
import type { Report } from "./report.schema";
import { sum } from "./report-lines";

type Say = (key: string, values?: Record<string, string | number>) => string;

interface Business {
  name: string;
  currency: string;
  locale: string;
  timeZone: string;
}

const page = { width: 595, height: 842, left: 56, right: 539, top: 786, bottom: 64 };
const ink = rgb(0.1, 0.1, 0.11);
const soft = rgb(0.42, 0.42, 0.45);
const line = rgb(0.85, 0.85, 0.86);

/** The figures of the page as a document: one column, tables with their heads, as many sheets as they need. */
export async function printReport(report: Report, business: Business): Promise<Uint8Array<ArrayBuffer>> {
  const words = { locale: business.locale, messages: formatsOfReader().messages };
  const t = createTranslator({ ...words, namespace: "loyaltyReports.page" }) as unknown as Say;
  const kind = createTranslator({ ...words, namespace: "loyaltyFulfilment.rewardKinds" }) as unknown as Say;
  const money = (minor: number) => formatMoney(minor, business.currency, business.locale);
  const count = (value: number) => formatNumber(value, business.locale);
  const day = (date: string) => formatDate(date, { ...business, style: "medium" });
  const sheet = await Sheet.open(`${business.name}: ${t("title")}`);

  sheet.title(t("title"));
  sheet.text(`${business.name}. ${t("span", { from: day(report.from), to: day(report.to) })}`);
  sheet.table(
    [t("figure"), ""],
    [
      [t("sales"), money(report.sales)],
      [t("issued"), count(sum(report.rewards, "count"))],
      [t("cost"), money(sum(report.rewards, "cost"))],
      [t("claimed"), count(report.claimed)],
      [t("rejected"), count(report.rejected)],
      [t("onTime"), report.onTime.due === 0 ? "-" : `${report.onTime.onTime} / ${report.onTime.due}`],
    ],
  );
  sheet.heading(t("rewards"));
  sheet.table(
    [t("kind"), t("tier"), t("count"), t("costColumn")],
    report.rewards.map((row) => [kind(row.kind), row.tier, count(row.count), money(row.cost)]),
    t("rewardsNone"),
  );
  sheet.heading(t("budgets"));
  sheet.table(
    [t("reward"), t("budget"), t("spent"), t("reserved"), t("left")],
    report.budgets.map((row) => [
      row.name,
      money(row.budget),
      money(row.spent),
      money(row.reserved),
      money(row.left),
    ]),
    t("budgetsNone"),
  );
  sheet.heading(t("missions"));
  sheet.table(
    [t("mission"), t("completed"), t("creators")],
    report.missions.map((row) => [row.name, count(row.completed), count(row.creators)]),
    t("missionsNone"),
  );
  sheet.heading(t("movement"));
  sheet.table(
    [t("move"), t("creators")],
    [
      [t("risen"), count(report.movement.risen)],
      [t("held"), count(report.movement.held)],
      [t("fallen"), count(report.movement.fallen)],
    ],
  );
  sheet.heading(t("uplift"));
  sheet.text(t("upliftText", { count: report.uplift.boosts }));
  sheet.table(
    [t("creator"), t("days"), t("before"), t("during")],
    report.uplift.rows.map((row) => [
      `@${row.handle}`,
      `${day(row.firstOn)} - ${day(row.lastOn)}`,
      money(row.perDayBefore),
      money(row.perDayDuring),
    ]),
    t("upliftNone"),
  );
  sheet.heading(t("cohorts"));
  sheet.text(t("cohortsText"));
  sheet.table(
    [t("joinedIn"), t("joined"), "+1", "+2", "+3", "+4", "+5", "+6"],
    report.cohorts.map((row) => [
      row.month.slice(0, 7),
      count(row.joined),
      ...row.kept.map((kept) => (kept === null ? "" : count(kept))),
    ]),
  );
  return sheet.bytes();
}

/** Writes from the top down and takes a new sheet when one is full. */
class Sheet {
  private y = page.top;
  private current: PDFPage;
  private constructor(
    private readonly document: PDFDocument,
    private readonly plain: PDFFont,
    private readonly strong: PDFFont,
  ) {
    this.current = document.addPage([page.width, page.height]);
  }

  static async open(title: string): Promise<Sheet> {
    const document = await PDFDocument.create();
    document.setTitle(title);
    document.setLanguage("en");
    return new Sheet(
      document,
      await document.embedFont(StandardFonts.Helvetica),
      await document.embedFont(StandardFonts.HelveticaBold),
    );
  }

  title(text: string): void {
    this.write(text, { size: 20, font: this.strong, gap: 12 });
  }

  heading(text: string): void {
    // A heading never stands alone at the foot of a sheet.
    this.room(70);
    this.y -= 14;
    this.write(text, { size: 12, font: this.strong, gap: 6 });
  }

  text(text: string): void {
    for (const part of this.wrap(text, 9.5)) this.write(part, { size: 9.5, color: soft, gap: 4 });
    this.y -= 4;
  }

  table(head: string[], rows: string[][], none?: string): void {
    if (rows.length === 0) {
      if (none) this.text(none);
      return;
    }
    this.row(head, soft, this.strong);
    for (const row of rows) this.row(row, ink, this.plain);
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return Uint8Array.from(await this.document.save());
  }

  /** The first column has what the others leave; they are as wide as money is and stand at their right edge. */
  private row(cells: string[], color: ReturnType<typeof rgb>, font: PDFFont): void {
    this.room(18);
    const size = 9;
    const others = cells.length - 1;
    const width = others > 5 ? 42 : others > 3 ? 82 : 104;
    const base = this.y - 11;
    cells.forEach((cell, at) => {
      const text = this.fit(
        this.printable(cell),
        font,
        size,
        at === 0 ? page.right - page.left - width * others - 8 : width - 6,
      );
      const x =
        at === 0 ? page.left : page.right - width * (others - at) - font.widthOfTextAtSize(text, size);
      this.current.drawText(text, { x, y: base, size, font, color });
    });
    this.current.drawLine({
      start: { x: page.left, y: this.y - 16 },
      end: { x: page.right, y: this.y - 16 },
      thickness: 0.5,
      color: line,
    });
    this.y -= 17;
  }

  private write(
    text: string,
    {
      size,
      gap,
      font = this.plain,
      color = ink,
    }: { size: number; gap: number; font?: PDFFont; color?: ReturnType<typeof rgb> },
  ): void {
    this.room(size + gap);
    this.y -= size;
    this.current.drawText(this.printable(text), { x: page.left, y: this.y, size, font, color });
    this.y -= gap;
  }

  private room(height: number): void {
    if (this.y - height >= page.bottom) return;
    this.current = this.document.addPage([page.width, page.height]);
    this.y = page.top;
  }

  private wrap(text: string, size: number): string[] {
    const lines: string[] = [];
    for (const word of this.printable(text).split(" ")) {
      const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length > 0 && this.plain.widthOfTextAtSize(longer, size) <= page.right - page.left)
        lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  private fit(text: string, font: PDFFont, size: number, width: number): string {
    let fitting = text;
    while (fitting.length > 1 && font.widthOfTextAtSize(fitting, size) > width)
      fitting = `${fitting.replace(/\.\.\.$/, "").slice(0, -1)}...`;
    return fitting;
  }

  /** The fonts every reader has know western letters only; others lose their marks, and what is left is a question mark. */
  private printable(text: string): string {
    return Array.from(
      text
        .replace(/[\u00a0\u202f]/g, " ")
        .replace(/[\u2013\u2212]/g, "-")
        .replace(/[\u2018\u2019]/g, "'"),
    )
      .map((letter) => {
        if (/[\u0020-\u007e\u00a1-\u00ff€]/.test(letter)) return letter;
        const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
        return /^[\u0020-\u007e]+$/.test(bare) ? bare : "?";
      })
      .join("");
  }
}
