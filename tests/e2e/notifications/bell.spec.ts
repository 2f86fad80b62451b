import { randomUUID } from "node:crypto";
import { expect, phone, test } from "../../support/browser";
import { stackSql } from "../../support/stack";

// Somebody about whom nothing happens on the side.
const who = "newcomer@glow.test";

/** Unread news of hers and nothing else, the last of it the newest. */
async function news(...tiers: string[]): Promise<void> {
  await expect
    .poll(
      () => stackSql("select from graphile_worker.jobs where task_identifier = 'notifications.deliver'"),
      {
        timeout: 30_000,
      },
    )
    .toEqual([]);
  await stackSql(
    `update public.core_notifications n set read_at = now() from public.people p
     where p.client_id = n.client_id and p.id = n.person_id and p.email = $1 and n.read_at is null`,
    [who],
  );
  for (const [at, toTier] of tiers.entries())
    await stackSql(
      `insert into public.core_notifications (client_id, person_id, type, dedupe_key, data, created_at)
       select p.client_id, p.id, 'loyalty.tier-changed', $2, $3, now() - make_interval(mins => $4)
       from public.people p join public.clients c on c.id = p.client_id where c.slug = 'glow' and p.email = $1`,
      [
        who,
        randomUUID(),
        JSON.stringify({ decisionId: randomUUID(), fromTier: "Bronze", toTier, isRise: true }),
        tiers.length - at,
      ],
    );
}

test("beside the bell stand the newest unread ones, to be read one by one or all at once", async ({
  open,
}) => {
  await news("Silver", "Gold", "Platinum");
  const page = await open(who);
  await page.goto("/glow/home");
  const bell = page.getByRole("link", { name: "Notifications, 3 new" });
  await expect(bell).toHaveAttribute("aria-expanded", "false");
  await bell.focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("dialog", { name: "Unread" });
  await expect(box).toBeFocused();
  await expect(box.getByRole("listitem")).toHaveCount(3);
  await expect(box.getByRole("listitem").first()).toContainText("You are now Platinum");

  await box.getByRole("button", { name: "Mark as read: You are now Platinum" }).click();
  await expect(page.getByRole("link", { name: "Notifications, 2 new" })).toBeVisible();
  await expect(box.getByRole("button", { name: "Mark as read: You are now Platinum" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(box).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Notifications, 2 new" })).toBeFocused();

  await page.keyboard.press("Enter");
  // The bell shows it at once; the page read anew shows what the server knows by then.
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/notifications/read-all"));
  await box.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
  await page.mouse.click(20, 700);
  await expect(box).toHaveCount(0);
  expect((await saved).status()).toBe(200);
  await page.reload();
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
});

test("the keyboard walks through the box and back to the bell, and a row leads to what it tells", async ({
  open,
}) => {
  await news("Gold");
  const page = await open(who);
  await page.goto("/glow/home");
  const bell = page.getByRole("link", { name: "Notifications, 1 new" });
  await bell.click();
  const box = page.getByRole("dialog", { name: "Unread" });
  await expect(box.getByRole("listitem")).toHaveCount(1);
  for (let stop = 0; stop < 4; stop += 1) await page.keyboard.press("Tab");
  await expect(box.getByRole("link", { name: "All notifications" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(box).toHaveCount(0);
  await expect(bell).toBeFocused();

  await bell.click();
  await box.getByRole("link", { name: /You are now Gold/ }).click();
  await page.waitForURL("**/glow/loyalty/history");
  await expect(box).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
});

test("the bell counts anew on the way to another page", async ({ open }) => {
  await news();
  const page = await open(who);
  await page.goto("/glow/home");
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
  await news("Silver", "Gold");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Tiers" }).click();
  await expect(page.getByRole("link", { name: "Notifications, 2 new" })).toBeVisible();
});

test("on a phone the bell leads straight to the list", async ({ open }) => {
  await news("Gold");
  const page = await open(who, { viewport: phone });
  await page.goto("/glow/home");
  const bell = page.getByRole("link", { name: "Notifications, 1 new" });
  await expect(bell).not.toHaveAttribute("aria-expanded");
  await bell.click();
  await page.waitForURL("**/glow/notifications");
});

test("in the admin the box opens from the rail", async ({ open }) => {
  const page = await open("owner@glow.test");
  await page.goto("/glow/admin");
  await page
    .getByRole("complementary", { name: "Admin" })
    .getByRole("link", { name: /^Notifications/ })
    .click();
  const box = page.getByRole("dialog", { name: "Unread" });
  await expect(box).toBeInViewport({ ratio: 1 });
  await box.getByRole("link", { name: "All notifications" }).click();
  await page.waitForURL("**/glow/notifications");
});
