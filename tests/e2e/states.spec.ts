import { expect, phone, test } from "../support/browser";
import { ownBusiness, type OwnBusiness } from "../support/browser-business";

/* The screens people see when there is nothing, when it fails, when they may not, and without a connection. */

let business: OwnBusiness;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
});

test("a new business says what to do first, on every list", async ({ open }) => {
  const { slug } = business;
  const page = await open(business.email("owner"));
  await page.goto(`/${slug}/admin`);
  await expect(page.getByText("No file has arrived yet.", { exact: false })).toBeVisible();
  await page.goto(`/${slug}/admin/loyalty/imports`);
  await expect(page.getByText("No file has been imported yet")).toBeVisible();
  await page.goto(`/${slug}/admin/loyalty/creators`);
  await expect(page.getByText("No creators yet")).toBeVisible();
  await page.getByText("Import the first file").waitFor();
  await page.goto(`/${slug}/admin/loyalty/creators?q=nobody`);
  await expect(page.getByText("No creator matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page.getByText("No creators yet")).toBeVisible();
  await page.goto(`/${slug}/admin/loyalty/handle-claims`);
  await expect(page.getByText("No claim waits")).toBeVisible();
  const creator = await open(business.email("creator"), { viewport: phone });
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByText("You are not connected to a handle yet")).toBeVisible();
  await creator.goto(`/${slug}/notifications`);
  await expect(creator.getByText("Nothing new")).toBeVisible();
});

test("what fails on the way says so beside the button, keeps what was typed, and works the next time", async ({
  open,
}) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/settings`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Tide and Sons");
  const path = `**/api/${business.slug}/tenancy/settings`;
  await page.route(path, (route) =>
    route.fulfill({
      status: 500,
      json: {
        success: false,
        error: { code: "INTERNAL", message: "Something went wrong." },
        requestId: "req-test-1",
      },
    }),
  );
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(
    page
      .getByRole("alert")
      .filter({ hasText: /went wrong/ })
      .first(),
  ).toBeVisible();
  await expect(name).toHaveValue("Tide and Sons");
  await page.unroute(path);
  await page.route(path, (route) => route.abort("connectionrefused"));
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(
    page
      .getByRole("alert")
      .filter({ hasText: /could not reach/i })
      .first(),
  ).toBeVisible();
  await page.unroute(path);
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
});

test("a page that is not theirs and an address that is nothing each say so and lead on", async ({ open }) => {
  const page = await open(business.email("creator"), { viewport: phone });
  expect((await page.goto(`/${business.slug}/admin/audit`))?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "You cannot open this page" })).toBeVisible();
  await page.getByRole("link", { name: "Go to Home" }).click();
  await expect(page).toHaveURL(/\/home|\/businesses/);
  expect((await page.goto("/glow/home"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
});

test("without a connection a page once read is there with its date, and another says that there is no copy", async ({
  open,
}) => {
  const page = await open("creator@glow.test", { viewport: phone, serviceWorkers: "allow" });
  await page.goto("/glow/home");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
  await page.reload();
  const tier = await page.getByRole("heading", { level: 1 }).innerText();
  await expect
    .poll(() => page.evaluate(async () => Boolean(await caches.match("/glow/home", { ignoreVary: true }))))
    .toBe(true);
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: tier })).toBeVisible();
  await expect(page.getByText("You are offline")).toBeVisible();
  await expect(page.getByText(/This is the copy from/)).toBeVisible();
  await page.goto("/glow/loyalty/history");
  await expect(
    page.getByText("This page has not been opened on this device before", { exact: false }),
  ).toBeVisible();
  await page.context().setOffline(false);
  await page.goto("/glow/loyalty/history");
  await expect(page.getByRole("heading", { level: 1, name: "Tier history" })).toBeVisible();
});
