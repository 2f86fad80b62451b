import type { Page } from "@playwright/test";
import { violations } from "../../support/axe";
import { expect, overflow, phone, test } from "../../support/browser";
import { creatorFor, ownBusiness, type OwnBusiness } from "../../support/browser-business";
import { endRaffle, isSealed, raffleIn, recognise } from "../../support/raffles";
import { stackSql } from "../../support/stack";

/* One raffle, from entering to the place drawn again: each test goes on where the one before it ended. */
test.describe.configure({ mode: "serial" });

let business: OwnBusiness;
let raffle: string;
let maya: string;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  maya = await creatorFor(business, "maya.films");
  await recognise(maya);
  raffle = await raffleIn(business, { name: "Harbour raffle", winners: 1, alternates: 2 });
});

/** Tall, so that no bar and no toast lies over a target. */
async function clean(page: Page): Promise<string[]> {
  const size = page.viewportSize() ?? phone;
  await page.setViewportSize({ width: size.width, height: 2600 });
  const found = await violations(page);
  await page.setViewportSize(size);
  return found;
}

test("a creator enters, the owner draws, and the creator proves the draw on her own device", async ({
  open,
}) => {
  test.setTimeout(180_000);
  const her = await open(business.email("creator"), { viewport: phone });
  const page = `/${business.slug}/loyalty/raffles/${raffle}`;
  await her.goto(page);
  await her.getByRole("button", { name: "Enter the raffle" }).click();
  await expect(her.getByRole("heading", { name: "You are in" })).toBeVisible();
  await her.getByRole("button", { name: "Leave the raffle" }).click();
  await expect(her.getByRole("heading", { name: "You can enter" })).toBeVisible();
  await her.getByRole("button", { name: "Enter the raffle" }).click();
  await expect(her.getByRole("heading", { name: "You are in" })).toBeVisible();
  expect(await clean(her)).toEqual([]);
  expect(await overflow(her)).toBe(0);

  await endRaffle(raffle);
  const owner = await open(business.email("owner"));
  await owner.goto(`/${business.slug}/admin/loyalty/raffles`);
  // Nobody presses anything: the job of the minute it ends seals the list.
  await expect.poll(() => isSealed(raffle), { timeout: 30_000 }).toBe(true);
  await owner.reload();
  await owner.getByRole("link", { name: "Harbour raffle" }).click();
  await expect(owner.getByText("Ready to draw")).toBeVisible();
  expect(await clean(owner)).toEqual([]);
  await owner.getByRole("button", { name: "Draw 1 winner" }).click();
  const dialog = owner.getByRole("dialog", { name: "Draw this raffle" });
  await dialog.getByRole("button", { name: "Not yet" }).click();
  await expect(owner.getByText("Ready to draw")).toBeVisible();
  await owner.getByRole("button", { name: "Draw 1 winner" }).click();
  await dialog.getByRole("button", { name: "Draw 1 winner" }).click();
  await expect(owner.getByRole("row", { name: /Maya Lund/ })).toContainText("Winner");
  expect(await clean(owner)).toEqual([]);

  await her.goto(page);
  await expect(her.getByRole("heading", { name: "You won Weekend card" })).toBeVisible();
  await her.getByRole("button", { name: "Compute the draw on this device" }).click();
  await expect(her.getByText("It agrees")).toBeVisible();
  await expect(her.getByText("Winners and alternates come out the same.")).toBeVisible();
  await her.getByText("Compute it yourself, step by step").click();
  await her.getByText("The sealed list, 1 entry").click();
  expect(await clean(her)).toEqual([]);
  expect(await overflow(her)).toBe(0);

  // The word to her goes through the queue.
  await expect
    .poll(() => stackSql("select from public.core_notifications where client_id = $1", [business.id]), {
      timeout: 30_000,
    })
    .not.toEqual([]);
  await her.goto(`/${business.slug}/notifications`);
  await expect(her.getByText("You won Weekend card")).toBeVisible();
});

test("a list that was tampered with is told", async ({ open }) => {
  const her = await open(business.email("creator"), { viewport: phone });
  await her.route(`**/raffles/${raffle}/list`, (route) =>
    route.fulfill({ contentType: "text/plain", body: "1 00000000-0000-4000-8000-000000000000\n" }),
  );
  await her.goto(`/${business.slug}/loyalty/raffles/${raffle}`);
  await her.getByRole("button", { name: "Compute the draw on this device" }).click();
  await expect(her.getByText("It does not agree")).toBeVisible();
  await expect(her.getByText("The list is not the one that was sealed.")).toBeVisible();
});

test("the owner draws a place again with a reason, which the creator does not read", async ({ open }) => {
  const owner = await open(business.email("owner"));
  await owner.goto(`/${business.slug}/admin/loyalty/raffles/${raffle}`);
  await owner.getByRole("button", { name: "Pass the prize on" }).click();
  const dialog = owner.getByRole("dialog", { name: /Pass on the prize of @maya.films/ });
  await dialog.getByLabel("Reason").fill("Works for the brand now");
  await dialog.getByRole("button", { name: "Take the prize back" }).click();
  await expect(owner.getByText("Passed on: Works for the brand now")).toBeVisible();
  const her = await open(business.email("creator"), { viewport: phone });
  await her.goto(`/${business.slug}/loyalty/raffles/${raffle}`);
  await expect(her.getByRole("heading", { name: "The prize went to the next creator" })).toBeVisible();
  await expect(her.getByText("Works for the brand now")).toBeHidden();
  // How and when is public; why in words is not.
  await expect(her.getByText(/The place was drawn again/)).toBeVisible();
});

test("a creator finds herself on the leaderboard and can hide", async ({ open }) => {
  await stackSql("update public.loyalty_creators set period_sales = 90000 where id = $1", [maya]);
  const her = await open(business.email("creator"), { viewport: phone });
  await her.goto(`/${business.slug}/loyalty/leaderboard`);
  await expect(her.getByText("Place 1", { exact: true })).toBeVisible();
  expect(await clean(her)).toEqual([]);
  expect(await overflow(her)).toBe(0);
  await her.getByRole("switch", { name: /Show me to other creators/ }).click();
  await expect(her.getByText("Others no longer see you here")).toBeVisible();
  await her.reload();
  await expect(her.getByRole("switch", { name: /Show me to other creators/ })).not.toBeChecked();
  await expect(her.getByText("Place 1", { exact: true })).toBeVisible();
});
