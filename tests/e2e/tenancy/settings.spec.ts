import { expect, test } from "../../support/browser";
import { creatorFor, ownBusiness, type OwnBusiness } from "../../support/browser-business";
import { call, signIn } from "../../support/stack";

let business: OwnBusiness;
let creatorId: string;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  creatorId = await creatorFor(business, "maya.films");
});

const brand = () => getComputedStyle(document.documentElement).getPropertyValue("--brand").trim();

test("the owner's colour is on every page of the business", async ({ open }) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/settings`);
  expect(await page.evaluate(brand)).toBe("#1d6a58");
  await page.locator("input[name=brandColor]").fill("#6b2fb3");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  const creator = await open(business.email("creator"));
  await creator.goto(`/${business.slug}/home`);
  expect(await creator.evaluate(brand)).toBe("#6b2fb3");
  const visitor = await open(null);
  await visitor.goto(`/sign-in?business=${business.slug}`);
  expect(await visitor.evaluate(brand)).toBe("#6b2fb3");
});

test("the owner's logo is on her people's pages and at the door, and goes when she removes it", async ({
  open,
}) => {
  const { slug } = business;
  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/settings`);
  await expect(owner.getByText("There is no logo yet.")).toBeVisible();
  const buffer = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  );
  await owner
    .getByLabel("Choose a picture")
    .setInputFiles({ name: "logo.png", mimeType: "image/png", buffer });
  const logo = owner.getByAltText(`Logo of ${business.name}`);
  await expect(logo).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => logo.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(1);
  const visitor = await open(null);
  await visitor.goto(`/sign-in?business=${slug}`);
  const door = visitor.locator(`img[src^="/api/${slug}/tenancy/logo/"]`);
  await expect(door).toHaveCount(1);
  await owner.getByRole("button", { name: "Remove logo" }).click();
  await expect(owner.getByText("There is no logo yet.")).toBeVisible();
  await visitor.reload();
  await expect(door).toHaveCount(0);
});

test("a program that is off is gone for everyone at once, and is back as it was", async ({ open }) => {
  const { slug } = business;
  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/settings`);
  const row = owner.getByRole("listitem").filter({ hasText: "Creators, tiers and nightly figures" });
  await row.getByRole("button", { name: "Turn off" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
  await expect(row.getByText("Off", { exact: true })).toBeVisible();

  const creator = await open(business.email("creator"));
  const rooms = [
    "history",
    "videos",
    "claim-handle",
    "missions",
    "rewards",
    "tiers",
    "payouts",
    "leaderboard",
  ];
  // Asked for without being drawn: twenty pages are a minute's work for a slow browser.
  for (const room of rooms)
    expect((await creator.request.get(`/${slug}/loyalty/${room}`)).status(), room).toBe(404);
  const work = ["work", "missions", "rewards", "redemptions", "raffles", "payouts", "holds", "reports"];
  for (const path of [
    "creators",
    `creators/${creatorId}`,
    "imports",
    "tiers",
    "settings",
    "handle-claims",
    ...work,
  ])
    expect((await owner.request.get(`/${slug}/admin/loyalty/${path}`)).status(), path).toBe(404);
  const session = await signIn(business.email("owner"));
  for (const path of ["creators", `creators/${creatorId}`, "home/admin", "tiers", "settings", "sync-runs"])
    expect((await call(`/api/${slug}/loyalty/${path}`, { as: session })).status, path).toBe(404);
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByText("Nothing is waiting for you")).toBeVisible();
  await expect(
    creator.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Missions" }),
  ).toBeHidden();

  await owner.goto(`/${slug}/admin/settings`);
  await row.getByRole("button", { name: "Turn on" }).click();
  await expect(row.getByText("On", { exact: true })).toBeVisible();
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await owner.goto(`/${slug}/admin/audit`);
  await expect(
    owner.getByRole("row").filter({ hasText: "Wendy Tidewell" }).filter({ hasText: "Programs" }).first(),
  ).toBeVisible();
});
