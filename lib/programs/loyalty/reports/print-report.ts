import "server-only";
import { PDFDocument, rgb, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import { createTranslator } from "next-intl";
import { formatsOfReader } from "@/lib/kernel/i18n";
import { formatMoney, formatNumber } from "@/lib/kernel/money";
import { formatDate } from "@/lib/kernel/time";
import { embedFonts, type PrintFonts } from "./print-fonts";
import type { Report } from "./report.schema";
import { creatorLabel, sum } from "./report-lines";

type Say = (key: string, values?: Record<string, string | number>) => string;

interface Business {
  name: string;
  currency: string;
  locale: string;
  timeZone: string;
}

const page = { width: 595, height: 842, left: 56, right: 539, top: 786, bottom: 64 };
const rowSize = 9;
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
      creatorLabel(row),
      `${day(row.firstOn)} – ${day(row.lastOn)}`,
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
    private readonly fonts: PrintFonts,
  ) {
    this.current = document.addPage([page.width, page.height]);
  }

  static async open(title: string): Promise<Sheet> {
    const document = await PDFDocument.create();
    document.setTitle(title);
    document.setLanguage("en");
    return new Sheet(document, await embedFonts(document));
  }

  title(text: string): void {
    this.write(text, { size: 20, font: this.fonts.strong, gap: 12 });
  }

  heading(text: string): void {
    // A heading never stands alone at the foot of a sheet, nor with its words and the table's head alone.
    this.room(112);
    this.y -= 14;
    this.write(text, { size: 12, font: this.fonts.strong, gap: 6 });
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
    const widths = this.widths([head, ...rows]);
    this.row(head, widths, soft, this.fonts.strong);
    for (const row of rows) this.row(row, widths, ink, this.fonts.plain);
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return Uint8Array.from(await this.document.save());
  }

  /** The first column has what the others leave; they are as wide as what they hold and stand at their right edge. */
  private widths(rows: string[][]): number[] {
    const others = (rows[0]?.length ?? 1) - 1;
    const least = others > 5 ? 42 : 60;
    const most = others > 3 ? 88 : 130;
    const widths = Array.from({ length: others }, (_, at) => {
      // The head is the bold one; measured in bold, everything else fits as well.
      const widest = rows.map((row) =>
        this.fonts.strong.widthOfTextAtSize(this.fonts.printable(row[at + 1]!), rowSize),
      );
      return Math.min(most, Math.max(least, ...widest) + 12);
    });
    return [page.right - page.left - widths.reduce((sum, width) => sum + width, 0), ...widths];
  }

  private row(cells: string[], widths: number[], color: ReturnType<typeof rgb>, font: PDFFont): void {
    this.room(18);
    const base = this.y - 11;
    let right = page.left;
    cells.forEach((cell, at) => {
      right += widths[at]!;
      const text = this.fit(this.fonts.printable(cell), font, rowSize, widths[at]! - 8);
      const x = at === 0 ? page.left : right - font.widthOfTextAtSize(text, rowSize);
      this.current.drawText(text, { x, y: base, size: rowSize, font, color });
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
      font = this.fonts.plain,
      color = ink,
    }: { size: number; gap: number; font?: PDFFont; color?: ReturnType<typeof rgb> },
  ): void {
    this.room(size + gap);
    this.y -= size;
    this.current.drawText(this.fonts.printable(text), { x: page.left, y: this.y, size, font, color });
    this.y -= gap;
  }

  private room(height: number): void {
    if (this.y - height >= page.bottom) return;
    this.current = this.document.addPage([page.width, page.height]);
    this.y = page.top;
  }

  private wrap(text: string, size: number): string[] {
    const lines: string[] = [];
    for (const word of this.fonts.printable(text).split(" ")) {
      const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length > 0 && this.fonts.plain.widthOfTextAtSize(longer, size) <= page.right - page.left)
        lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  private fit(text: string, font: PDFFont, size: number, width: number): string {
    let fitting = text;
    while (fitting.length > 1 && font.widthOfTextAtSize(fitting, size) > width)
      fitting = `${fitting.replace(/…$/, "").slice(0, -1)}…`;
    return fitting;
  }
}
