import type { Page } from "@playwright/test";
import { desktop, expect, phone, test } from "../support/browser";

/* What axe cannot see: bars that lie over the focus, targets for thumbs, pasting, and the way out of a dialog. */

const member = [
  "/glow/home",
  "/glow/loyalty/history",
  "/glow/loyalty/videos",
  "/glow/notifications",
  "/glow/settings",
  "/glow/settings/notifications",
];
const admin = [
  "/glow/admin",
  "/glow/admin/loyalty/creators",
  "/glow/admin/people",
  "/glow/admin/loyalty/tiers",
  "/glow/admin/settings",
];

/** Tabs through a page; names what holds the focus while something else lies over the whole of it. */
async function obscured(page: Page, steps: number): Promise<string[]> {
  const found: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return "end";
      const box = at.getBoundingClientRect();
      if (box.width === 0 || at.closest(".skip")) return "fine";
      const points = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y] as const),
      );
      const isSeen = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return (
          top !== null &&
          (at.contains(top) || top.contains(at) || (at as HTMLInputElement).labels?.[0]?.contains(top))
        );
      });
      return isSeen
        ? "fine"
        : `${at.tagName} “${(at.textContent || at.getAttribute("aria-label") || at.getAttribute("name") || "").trim().slice(0, 40)}”`;
    });
    if (state === "end") return found;
    if (state !== "fine") found.push(state);
  }
  return found;
}

for (const [who, paths, viewport] of [
  ["creator@glow.test", member, { width: 375, height: 600 }],
  ["owner@glow.test", admin, { width: 1280, height: 600 }],
] as const) {
  test(`nothing lies over what has the focus, for ${who}`, async ({ open }) => {
    const page = await open(who, { viewport });
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      for (const line of await obscured(page, 45)) found.push(`${path}: ${line}`);
    }
    expect(found).toEqual([]);
  });
}

test("in the member app each target is at least 44 px in its shorter direction, links in a line of text aside", async ({
  open,
}) => {
  const page = await open("creator@glow.test", { viewport: phone });
  const small: string[] = [];
  for (const path of member) {
    await page.goto(path);
    const lines = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          "a[href], button, select, summary, input:not([type=hidden])",
        ),
      ]
        .filter(
          (target) => target.offsetParent !== null && !target.closest(".skip, .vh") && !target.matches(".vh"),
        )
        .filter((target) => !(target.matches("a") && target.closest("p, td, dd, li > p")))
        .map((target) => {
          // A box or a switch is pressed by its label as well.
          const label = target instanceof HTMLInputElement ? target.labels?.[0] : null;
          // A row's link covers the row.
          const row =
            getComputedStyle(target, "::after").position === "absolute" ? target.closest("tr") : null;
          const boxes = [target, ...(label ? [label] : []), ...(row ? [row] : [])].map((one) =>
            one.getBoundingClientRect(),
          );
          const width = Math.max(...boxes.map((box) => box.width));
          const height = Math.max(...boxes.map((box) => box.height));
          return {
            name: (
              target.textContent ||
              target.getAttribute("aria-label") ||
              target.getAttribute("name") ||
              ""
            )
              .trim()
              .slice(0, 40),
            width,
            height,
          };
        })
        .filter(({ width, height }) => Math.min(width, height) < 43.5)
        .map(({ name, width, height }) => `${name}: ${Math.round(width)} × ${Math.round(height)}`),
    );
    small.push(...lines.map((line) => `${path}: ${line}`));
  }
  expect(small).toEqual([]);
});

test("a page of the member app fills one button at most", async ({ open }) => {
  const page = await open("creator@glow.test", { viewport: phone });
  const filled: string[] = [];
  for (const path of [...member, "missions", "rewards", "tiers", "payouts"]) {
    await page.goto(path.startsWith("/") ? path : `/glow/loyalty/${path}`);
    const names = await page.locator("main .btn.primary:visible").allTextContents();
    if (names.length > 1) filled.push(`${path}: ${names.join(", ")}`);
  }
  expect(filled).toEqual([]);
});

test("a password and a code can be pasted", async ({ open }) => {
  const page = await open(null);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const paste = async (into: ReturnType<Page["locator"]>, words: string) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), words);
    await into.focus();
    await page.keyboard.press("Control+V");
  };
  await page.goto("/sign-in");
  const password = page.getByLabel("Password", { exact: true });
  await paste(password, "From-a-keeper-9");
  await expect(password).toHaveValue("From-a-keeper-9");
  await expect(password).toHaveAttribute("autocomplete", "current-password");
  await page.goto("/forgot");
  await page.getByLabel("E-mail", { exact: true }).fill("nobody-here@example.test");
  await page.getByRole("button", { name: "Mail me a code" }).click();
  const code = page.getByLabel("Six-digit code");
  await paste(code, " 123 456 ");
  await expect(code).toHaveValue(/123\s?456/);
});

for (const [who, path] of [
  ["creator@glow.test", "/glow/home"],
  ["owner@glow.test", "/glow/admin/loyalty/creators"],
] as const) {
  test(`the first Tab on ${path} is the way past the navigation`, async ({ open }) => {
    const page = await open(who, { viewport: desktop });
    await page.goto(path);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.querySelector("#main")?.contains(document.activeElement))).toBe(
      true,
    );
  });
}

test("Esc closes a dialog and gives the focus back to what opened it; Tab stays inside meanwhile", async ({
  open,
}) => {
  const page = await open("owner@glow.test");
  await page.goto("/glow/admin/people");
  const opener = page.getByRole("button", { name: "Invite someone" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    expect(
      await page.evaluate(
        () =>
          Boolean(document.activeElement?.closest("[role=dialog]")) ||
          document.activeElement?.hasAttribute("data-base-ui-focus-guard"),
      ),
    ).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});
