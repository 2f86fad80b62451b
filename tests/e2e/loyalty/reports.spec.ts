import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../../support/browser";
import { call, signIn } from "../../support/stack";

/* Glow Collective has something in every part of a report. What the figures mean is proved against the database. */

const reports = "/glow/admin/loyalty/reports";
const span = (page: Page) => page.getByText(/^[A-Z][a-z]{2} \d+, \d{4} to [A-Z][a-z]{2} \d+, \d{4}/);
const isoDay = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

async function downloaded(page: Page, name: string) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), body: await readFile(await download.path()) };
}

test("an owner reads a month, the one before it, and days of her own; half a span shows the month", async ({
  open,
}) => {
  const page = await open("owner@glow.test");
  await page.goto(reports);
  await expect(page.getByText("so far")).toBeVisible();
  const now = await span(page).innerText();
  await page.getByRole("link", { name: "Before" }).click();
  await expect(page).toHaveURL(/month=\d{4}-\d{2}$/);
  await expect(page.getByText("so far")).toHaveCount(0);
  expect(await span(page).innerText()).not.toBe(now);
  await page.getByRole("link", { name: "After" }).click();
  await expect(span(page)).toHaveText(now);

  const days = page.getByRole("form", { name: "Own days" });
  await days.getByLabel("From").fill(isoDay(20));
  await days.getByLabel("To").fill(isoDay(6));
  await days.getByRole("button", { name: "Show these days" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${isoDay(20)}&to=${isoDay(6)}$`));
  await expect(days.getByLabel("From")).toHaveValue(isoDay(20));
  const own = await downloaded(page, "CSV");
  expect(own.name).toBe(`glow-report-${isoDay(20)}-to-${isoDay(6)}.csv`);
  expect(own.body.toString()).toContain(`${isoDay(20)},${isoDay(6)},summary,sales`);

  for (const broken of [`?from=${isoDay(6)}&to=${isoDay(20)}`, `?from=${isoDay(6)}`]) {
    await page.goto(`${reports}${broken}`);
    await expect(span(page)).toHaveText(now);
  }
});

test("each chart stands beside its table, and the page, the CSV and the PDF say the same", async ({
  open,
}) => {
  const page = await open("owner@glow.test");
  await page.goto(reports);
  const charts = page.getByRole("figure");
  await expect(charts).toHaveCount(4);
  for (const chart of await charts.all()) {
    await expect(chart.getByRole("img")).toHaveAccessibleName(/\d/);
    const table = chart.getByRole("table");
    if (!(await table.isVisible())) await chart.getByText("Show as a table").click();
    await expect(table.getByRole("row")).not.toHaveCount(1);
    await expect(table.getByRole("cell").first()).toHaveText(/\d/);
  }
  const cost = page.getByRole("region", { name: "Kind" }).getByRole("row").last();
  const [issued, total] = (await cost.getByRole("cell").allInnerTexts()).slice(-2);
  const csv = await downloaded(page, "CSV");
  expect(csv.name).toMatch(/^glow-report-\d{4}-\d{2}\.csv$/);
  const plain = (text: string | undefined) => (text ?? "").replace(/[$,]/g, "");
  expect(csv.body.toString()).toContain(`summary,rewards_issued,,${plain(issued)},${plain(total)},USD`);
  const pdf = await downloaded(page, "PDF");
  expect(pdf.name).toMatch(/^glow-report-\d{4}-\d{2}\.pdf$/);
  expect(pdf.body.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.body.length).toBeGreaterThan(2_000);
});

test("an owner says who gets reports by mail; a manager finds it as it was left", async ({ open }) => {
  const page = await open("owner@glow.test");
  await page.goto(reports);
  const weekly = page.getByRole("checkbox", { name: "Weekly report for Dana Reyes" });
  const monthly = page.getByRole("checkbox", { name: "Monthly report for Ines Barros" });
  await weekly.check();
  await monthly.check();
  await page.getByRole("button", { name: "Save who gets them" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const manager = await open("manager@glow.test");
  await manager.goto(reports);
  await expect(manager.getByRole("checkbox", { name: "Weekly report for Dana Reyes" })).toBeChecked();
  await expect(manager.getByRole("checkbox", { name: "Weekly report for Ines Barros" })).not.toBeChecked();
  await expect(manager.getByRole("checkbox", { name: "Monthly report for Ines Barros" })).toBeChecked();
  await manager.getByRole("checkbox", { name: "Weekly report for Dana Reyes" }).uncheck();
  await manager.getByRole("checkbox", { name: "Monthly report for Ines Barros" }).uncheck();
  await manager.getByRole("button", { name: "Save who gets them" }).click();
  await expect(manager.getByText("Saved", { exact: true })).toBeVisible();
  const mails = await call<{ people: { weekly: boolean; monthly: boolean }[] }>(
    "/api/glow/loyalty/reports/mails",
    { as: await signIn("owner@glow.test") },
  );
  expect(mails.data.people.some((person) => person.weekly || person.monthly)).toBe(false);
});
