import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, one line a rule and element, so that a failure can be read. Night differs by day in colours alone. */
export async function violations(
  page: Page,
  only: "everything" | "colours" = "everything",
): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const found = await (only === "colours" ? axe.withRules(["color-contrast"]) : axe.withTags(tags)).analyze();
  return found.violations.flatMap((rule) =>
    rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.html.slice(0, 200)}`),
  );
}
