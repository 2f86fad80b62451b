import { expect, phone, test } from "../../support/browser";

test.use({ viewport: phone });

test("a creator reads her tier, why, its history and every sale on her phone", async ({ open }) => {
  // As on her own phone, with the worker that keeps pages: what she changes goes through it.
  const page = await open("creator@glow.test", { viewport: phone, serviceWorkers: "allow" });
  await page.goto("/glow");
  await expect(page).toHaveURL(/\/glow\/home$/);
  const tier = await page.getByRole("heading", { level: 1 }).innerText();
  expect(["Bronze", "Silver", "Gold", "Platinum"]).toContain(tier);
  await expect(page.getByText(/^Updated /)).toBeVisible();
  await expect(page.getByRole("list", { name: "Tiers" }).or(page.getByLabel("Tiers")).first()).toBeVisible();
  const why = page.getByText(`Why am I ${tier}?`);
  await why.click();
  await expect(page.getByText(/You sold \$[\d,.]+ since/)).toBeVisible();
  await page.getByText("Show as a table").first().click();
  await expect(page.getByRole("table").first()).toBeVisible();

  await page.getByRole("link", { name: "See how your tier changed" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tier history" })).toBeVisible();
  await expect(page.getByText(/Moved up from|Started in/).first()).toBeVisible();
  const tabs = page.getByRole("navigation", { name: "Main" });
  await tabs.getByRole("link", { name: "Home" }).click();
  await page.getByRole("link", { name: /^Every sale we counted/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Every sale we counted" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Changes made by hand" })).toBeVisible();
  await expect(page.getByText("Two orders came back damaged")).toBeVisible();
  await page
    .getByRole("banner")
    .getByRole("link", { name: /notification/i })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Notifications" })).toBeVisible();
  await page.getByRole("link", { name: "Choose what you are told" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notification settings" })).toBeVisible();
  const mail = page.getByRole("switch", { name: "Your tier changed, by e-mail" });
  const wasOn = await mail.isChecked();
  await mail.click();
  await expect(mail).toBeChecked({ checked: !wasOn });
  await expect(page.getByText("Saved").first()).toBeVisible();
  await page.reload();
  await expect(mail).toBeChecked({ checked: !wasOn });
  await mail.click();
  await expect(mail).toBeChecked({ checked: wasOn });
  await tabs.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
