import type { Page } from "@playwright/test";
import { violations } from "../../support/axe";
import { desktop, expect, overflow, phone, test } from "../../support/browser";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { call, signIn, stackSql } from "../../support/stack";

/* From the owner's empty list to a parcel on its way: a reward is made, published, claimed, and seen from both sides. */
test.describe.configure({ mode: "serial" });

let business: OwnBusiness;
const admin = () => `/${business.slug}/admin/loyalty/rewards`;
const rewards = () => `/${business.slug}/loyalty/rewards`;

async function publish(draft: object): Promise<string> {
  const owner = await ownerOf(business);
  const made = await call<{ id: string }>(`/api/${business.slug}/loyalty/rewards`, {
    as: owner,
    body: draft,
  });
  expect(made.status, made.text).toBe(201);
  const step = await call(`/api/${business.slug}/loyalty/rewards/${made.data.id}/steps`, {
    as: owner,
    body: { step: "publish" },
  });
  expect(step.status, step.text).toBe(200);
  return made.data.id;
}

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", support: "Sam Help", creator: "Ada Shore" });
  const id = await creatorFor(business, "ada.posts");
  await stackSql("update public.loyalty_creators set total_videos = 2 where id = $1", [id]);
});

test("an owner makes a gift card from a template, sees it as creators will, and publishes it to one creator", async ({
  open,
}) => {
  const page = await open(business.email("owner"), { viewport: desktop });
  await page.goto(admin());
  await expect(page.getByRole("heading", { name: "No rewards yet" })).toBeVisible();
  await page.getByRole("link", { name: "New reward" }).first().click();
  await page.getByRole("button", { name: "Use $25 gift card" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("$25 gift card");
  const preview = page.getByRole("region", { name: "As creators see it" });
  await expect(preview.getByText("Gift card worth $25.")).toBeVisible();
  await page.getByLabel("Worth (USD)").fill("30");
  await page.getByLabel("Name").fill("$30 gift card");
  await expect(preview.getByText("Gift card worth $30.")).toBeVisible();
  await expect(page.getByText("One creator gets an offer the moment you publish.")).toBeVisible();
  // A budget without a cost is refused beside its field.
  await page.getByLabel("What one costs you (USD)").fill("");
  await page.getByLabel("Budget in all (USD)").fill("300");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Say what one costs you.")).toBeVisible();
  await page.getByLabel("What one costs you (USD)").fill("30");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "$30 gift card" })).toBeVisible();
  await page.getByRole("button", { name: "Publish" }).click();
  // By its name: the toast that says the draft was saved is a dialog, too.
  const dialog = page.getByRole("dialog", { name: "Publish $30 gift card" });
  await expect(
    dialog.getByText("If she comes back, the same offer opens again. Nobody gets it twice."),
  ).toBeVisible();
  await dialog.getByRole("button", { name: "Publish and make one offer" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Published", { exact: true }).first()).toBeVisible();
  await page.goto(admin());
  await expect(page.getByRole("row", { name: /\$30 gift card.*Published.*Every tier/ })).toBeVisible();
});

test("the creator claims it once, however often she presses, and is told when it comes", async ({ open }) => {
  const page = await open(business.email("creator"), { viewport: phone });
  await page.goto(rewards());
  await page.getByRole("button", { name: "Claim $30 gift card" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("You keep this claim and these terms")).toBeVisible();
  await expect(sheet.getByText(/We keep a copy of these terms, dated/)).toBeVisible();
  await sheet.getByRole("button", { name: "Claim $30 gift card" }).dblclick();
  await expect(sheet.getByRole("heading", { name: "It is yours" })).toBeVisible();
  await sheet.getByRole("button", { name: "Back to rewards" }).click();
  const claims = page.getByRole("region", { name: "Your claims" });
  await expect(claims.getByText(/Claimed .* You get it by/)).toBeVisible();
  const [{ n } = { n: "" }] = await stackSql<{ n: string }>(
    "select count(*) as n from public.loyalty_redemptions where client_id = $1 and state = 'claimed'",
    [business.id],
  );
  expect(n).toBe("1");
  await claims.getByText("Why can’t I claim it again?").click();
  await expect(claims.getByText(/The rule: Once a month/)).toBeVisible();
});

test("a lost answer does not make a second claim: the same press is sent again under its key", async ({
  open,
}) => {
  const id = await publish({ kind: "experience", name: "Call with our stylist" });
  const page = await open(business.email("creator"), { viewport: phone });
  await page.goto(rewards());
  let lost = 0;
  await page.route(`**/rewards/${id}/claim`, async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.getByRole("button", { name: "Claim Call with our stylist" }).click();
  const sheet = page.getByRole("dialog");
  const action = sheet.getByRole("button", { name: "Claim Call with our stylist" });
  await action.click();
  await expect(sheet.getByRole("alert")).toBeVisible();
  await action.click();
  await expect(sheet.getByRole("heading", { name: "It is yours" })).toBeVisible();
  const rows = await stackSql(
    "select id from public.loyalty_redemptions where reward_id = $1 and claimed_at is not null",
    [id],
  );
  expect(rows).toHaveLength(1);
});

test("a gift in her size goes to an address that can exist", async ({ open }) => {
  await publish({ kind: "physical_gift", name: "Glow hoodie", sizes: ["S", "M", "L"] });
  const page = await open(business.email("creator"), { viewport: phone });
  await page.goto(rewards());
  await page.getByRole("button", { name: "Claim Glow hoodie" }).click();
  const sheet = page.getByRole("dialog");
  const action = sheet.getByRole("button", { name: "Claim Glow hoodie" });
  await sheet.getByLabel("Full name").fill("Ada Shore");
  await sheet.getByLabel("Country").selectOption("US");
  await sheet.getByLabel("Street and number").fill("1 Quay Street");
  await sheet.getByLabel("Town").fill("Portsmouth");
  await sheet.getByLabel("Postal code").fill("SW1A 1AA");
  await action.click();
  await expect(sheet.getByText("This is not a postal code there. It looks like 10001.")).toBeVisible();
  await sheet.getByLabel("Postal code").fill("03801");
  await action.click();
  await expect(sheet.getByText("Choose a size.").first()).toBeVisible();
  await sheet.getByRole("radio", { name: "M" }).check({ force: true });
  await action.click();
  await expect(sheet.getByRole("heading", { name: "It is yours" })).toBeVisible();
  await sheet.getByRole("button", { name: "Back to rewards" }).click();
  await expect(page.getByText(/It is sent by .* to Portsmouth/)).toBeVisible();
  await expect(page.getByText("Size M")).toBeVisible();
});

test("a boost is planned for a weekday, told in both zones, and goes into the calendar", async ({ open }) => {
  await publish({ kind: "commission_boost", name: "5% boost, 30 days", boostBp: 500, boostDays: 30 });
  await stackSql(
    "update public.people set time_zone = 'America/Los_Angeles' where client_id = $1 and email = $2",
    [business.id, business.email("creator")],
  );
  const page = await open(business.email("creator"), { viewport: phone });
  await page.goto(rewards());
  await page.getByRole("button", { name: "Claim 5% boost, 30 days" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("Every sale pays 15% instead of 10%.")).toBeVisible();
  await expect(sheet.getByText(/: weekend\./)).toBeVisible();
  expect(await sheet.getByRole("radio", { disabled: true }).count()).toBeGreaterThan(0);
  await expect(sheet.getByRole("button", { name: "Choose a day" })).toBeDisabled();
  await sheet.getByRole("radio", { disabled: false }).last().check({ force: true });
  await expect(sheet.getByText("6:00 PM", { exact: true })).toBeVisible();
  await expect(sheet.getByText("3:00 PM where you are")).toBeVisible();
  await sheet.getByRole("button", { name: /Start boost on \w{3}, \w{3} \d+/ }).click();
  await expect(sheet.getByRole("heading", { name: "It is yours" })).toBeVisible();
  const download = page.waitForEvent("download");
  await sheet.getByRole("link", { name: "Add to calendar" }).click();
  expect((await download).suggestedFilename()).toBe(`${business.slug}-reward.ics`);
  await sheet.getByRole("button", { name: "Back to rewards" }).click();
  await expect(page.getByText(/Starts \w{3}, .*3:00 PM, ends/)).toBeVisible();
});

test("two tabs: the second to save is told, and overwrites nothing", async ({ open }) => {
  const [{ id } = { id: "" }] = await stackSql<{ id: string }>(
    "select id from public.loyalty_rewards where client_id = $1 and kind = 'gift_card'",
    [business.id],
  );
  const [first, second] = [await open(business.email("owner")), await open(business.email("owner"))];
  await first.goto(`${admin()}/${id}`);
  await second.goto(`${admin()}/${id}`);
  await first.getByLabel("One line about it").fill("From the first tab");
  await first.getByRole("button", { name: "Save changes" }).click();
  await expect(first.getByText("Saved", { exact: true })).toBeVisible();
  await second.getByLabel("One line about it").fill("From the second tab");
  await second.getByRole("button", { name: "Save changes" }).click();
  await expect(second.getByRole("alert").getByText(/changed meanwhile/)).toBeVisible();
  await expect(second.getByLabel("One line about it")).toHaveValue("From the second tab");
  // The form says whom a change does not touch.
  await expect(first.getByText("The one claim made so far keeps the terms it was made under.")).toBeVisible();
});

/** What axe finds in either theme. */
async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const lines = await violations(page, colorScheme === "light" ? "everything" : "colours");
    found.push(...lines.map((line) => `${page.url()}, ${colorScheme}: ${line}`));
  }
  return found;
}

test("her pages are clean by day and by night, with the claim sheet open", async ({ open }) => {
  test.setTimeout(180_000);
  await publish({
    kind: "discount",
    name: "20% off",
    discountPercent: 20,
    discountMinutes: 2880,
    couponCode: "TIDE20",
  });
  const page = await open(business.email("creator"), { viewport: phone });
  for (const path of [`${rewards()}/history`, `/${business.slug}/loyalty/tiers`, rewards()]) {
    await page.goto(path);
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  }
  await page.getByRole("button", { name: "Claim 20% off" }).click();
  await page.getByRole("dialog").getByRole("radio", { disabled: false }).last().check({ force: true });
  expect(await findings(page)).toEqual([]);
});

test("the owner's form and question are clean by day and by night", async ({ open }) => {
  test.setTimeout(180_000);
  const page = await open(business.email("owner"), { viewport: desktop });
  await page.goto(`${admin()}/new`);
  expect(await findings(page)).toEqual([]);
  await page.goto(admin());
  await page.getByRole("link", { name: /30 gift card/ }).click();
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test("support reads a reward and changes nothing; a creator and a stranger find no admin page", async ({
  open,
}) => {
  const support = await open(business.email("support"));
  await support.goto(admin());
  await expect(support.getByRole("link", { name: "New reward" })).toHaveCount(0);
  await support.getByRole("link", { name: /30 gift card/ }).click();
  await expect(support.getByText("Your role may read rewards and not change them.")).toBeVisible();
  await expect(support.getByRole("button", { name: "Archive" })).toHaveCount(0);
  const creator = await open(business.email("creator"));
  const refused = await creator.goto(admin());
  expect(refused?.status()).toBe(403);
  const stranger = await open(await signIn("owner@hearth.test"));
  const gone = await stranger.goto(admin());
  expect(gone?.status()).toBe(404);
});
