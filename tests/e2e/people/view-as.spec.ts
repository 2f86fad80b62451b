import { expect, test } from "../../support/browser";
import { stackSql } from "../../support/stack";

test("an owner looks at the app as a creator, changes nothing, and stops", async ({ open }) => {
  const [noor] = await stackSql<{ id: string }>(
    "select c.id from public.loyalty_creators c join public.clients k on k.id = c.client_id where k.slug = 'glow' and c.handle = 'noorglows'",
  );
  const page = await open("owner@glow.test");
  await page.goto(`/glow/admin/loyalty/creators/${noor!.id}`);
  await page.getByRole("button", { name: "View as" }).click();
  await page.getByLabel("Reason").fill("She asked about her tier");
  await page.getByRole("button", { name: "Look as Noor Haddad" }).click();
  await page.waitForURL("**/glow/home");
  await expect(page.getByText("You are looking as Noor Haddad")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Bronze|Silver|Gold|Platinum/);

  const before = await claims();
  await page.goto("/glow/loyalty/missions");
  const enter = page.getByRole("button", { name: /^Enter/ }).first();
  await enter.click();
  await expect(page.getByText("You are looking as someone else.").first()).toBeVisible();
  expect(await claims()).toEqual(before);

  // The admin stays one's own.
  await page.goto("/glow/admin");
  await expect(page.getByText("You are looking as Noor Haddad")).toHaveCount(0);
  await page.goto("/glow/home");
  await page.getByRole("button", { name: "Stop looking" }).click();
  await page.waitForURL("**/glow/admin");
  await page.goto("/glow/home");
  await expect(page.getByText("You are looking as Noor Haddad")).toHaveCount(0);
  const [logged] = await stackSql<{ views: number }>(
    "select count(*)::integer as views from public.people_views where reason = 'She asked about her tier' and ended_at is not null",
  );
  expect(logged!.views).toBeGreaterThan(0);
});

const claims = () =>
  stackSql(
    `select (select count(*) from public.loyalty_redemptions where state <> 'claimable') as claims,
            (select count(*) from public.loyalty_raffle_entries where state = 'entered') as entries`,
  );
