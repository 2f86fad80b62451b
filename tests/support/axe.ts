import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Words that still fade in have half of their contrast, and half of a page may still be in the other theme's colours. */
async function stands(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/\S/);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    const ending = document
      .getAnimations()
      .filter((one) => one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

/** What axe finds, one line a rule and element, so that a failure can be read. Night differs by day in colours alone. */
export async function violations(
  page: Page,
  only: "everything" | "colours" = "everything",
): Promise<string[]> {
  const found = await look(page, only);
  // What is drawn between two themes is right a moment later; a colour that is wrong stays wrong.
  return found.some((line) => line.startsWith("color-contrast")) ? look(page, only) : found;
}

async function look(page: Page, only: "everything" | "colours"): Promise<string[]> {
  await stands(page);
  const axe = new AxeBuilder({ page });
  const found = await (only === "colours" ? axe.withRules(["color-contrast"]) : axe.withTags(tags)).analyze();
  return found.violations.flatMap((rule) =>
    rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.html.slice(0, 200)}`),
  );
}
