import type { Page } from "@playwright/test";
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

  // Whatever she could press says why nothing happens, and nothing does.
  const before = await hers(noor!.id);
  await page.getByRole("button", { name: "I have seen it" }).click();
  await refused(page);
  await page.goto("/glow/loyalty/rewards");
  await claim(page);
  await page.goto("/glow/loyalty/missions");
  await claim(page);
  await page.goto("/glow/loyalty/missions");
  await page.getByRole("link", { name: "Enter the raffle Autumn raffle" }).click();
  await page.getByRole("button", { name: "Enter the raffle" }).click();
  await refused(page);
  // A script that asks on its own meets the server, where she is the owner and no creator.
  const answers = await page.evaluate(async () => {
    const post = async (path: string) => {
      const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      return (await fetch(`/api/glow/loyalty/${path}`, { method: "POST", headers, body: '{"ids":[]}' })).status;
    };
    const raffle = location.pathname.split("/").at(-1);
    return [await post(`missions/${raffle}/participate`), await post("celebrations/acknowledge")];
  });
  expect(answers.every((status) => status >= 400 && status < 500)).toBe(true);
  expect(await hers(noor!.id)).toEqual(before);

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

const refused = (page: Page) =>
  expect(page.getByText("You are looking as someone else.").first()).toBeVisible();

async function claim(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^Claim \$25 gift card/ })
    .first()
    .click();
  const sheet = page.getByRole("dialog", { name: /\$25 gift card/ });
  await sheet.getByRole("button", { name: /^Claim/ }).click();
  await refused(page);
}

/** What of this creator a press could have changed. */
const hers = (id: string) =>
  stackSql(
    `select (select json_agg(row (r.id, r.state, r.seen_at) order by r.id) from public.loyalty_redemptions r where r.creator_id = $1) as claims,
            (select json_agg(row (e.id, e.state, e.seen_at) order by e.id) from public.loyalty_raffle_entries e where e.creator_id = $1) as entries`,
    [id],
  );
