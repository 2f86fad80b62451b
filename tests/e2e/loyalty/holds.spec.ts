import type { Page } from "@playwright/test";
import { violations } from "../../support/axe";
import { expect, overflow, phone, test } from "../../support/browser";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { owedBoost } from "../../support/owed-boost";
import { call, signIn, stackSql } from "../../support/stack";

/* Two creators give one account, are held, looked at, and let go; later they share an address, and one is turned down. */
test.describe.configure({ mode: "serial" });

let business: OwnBusiness;
let maya: string;
let mila: string;
const holds = () => `/${business.slug}/admin/loyalty/holds`;
const rowOf = (page: Page) => page.locator("tbody tr").filter({ hasText: "@mila.films" });

test.beforeAll(async () => {
  // The second creator came with another role and holds both.
  business = await ownBusiness({
    owner: "Wendy Tidewell",
    support: "Sue Port",
    creator: "Maya Lund",
    family: "Mila Lund",
  });
  await stackSql(
    "insert into public.person_roles (client_id, person_id, role_id) select client_id, id, 'creator' from public.people where client_id = $1 and email = $2",
    [business.id, business.email("family")],
  );
  maya = await creatorFor(business, "maya.films");
  mila = await creatorFor(business, "mila.films", "family");
  await owedBoost(business, maya, 5_120, "Ten more");
  await claimFor(business, maya, { name: "Harbour card" });
  await claimFor(business, mila, { name: "Harbour dinner", kind: "experience" });
});

const giveAccount = async (role: string, account: string) => {
  const { status, text } = await call(`/api/${business.slug}/loyalty/payout-accounts`, {
    method: "PUT",
    as: await signIn(business.email(role)),
    body: { method: "paypal", account, accountAgain: account },
  });
  expect(status, text).toBe(200);
};

test("one payout account given twice holds both creators: the owner reads why, and nothing is fulfilled or paid", async ({
  open,
}) => {
  await giveAccount("creator", "lund@mail.test");
  const owner = await open(business.email("owner"));
  await owner.goto(holds());
  await expect(owner.getByText("Nothing is on hold")).toBeVisible();
  // Spelt another way, and still the same account.
  await giveAccount("family", "Lund@Mail.test");
  await owner.reload();
  const row = rowOf(owner);
  await expect(row).toContainText("Same payout account. Both gave the same payout account.");
  await expect(row).toContainText("@maya.films");
  await expect(row).toContainText("3 claims");
  expect(await owner.content()).not.toContain("lund@mail.test");
  expect(await violations(owner)).toEqual([]);
  await owner.setViewportSize(phone);
  expect(await overflow(owner)).toBeLessThanOrEqual(0);
  await owner.setViewportSize({ width: 1280, height: 800 });
  await expect(row.getByRole("link", { name: "@maya.films" })).toHaveAttribute(
    "href",
    `/${business.slug}/admin/loyalty/creators/${maya}`,
  );

  await owner.goto(`/${business.slug}/admin/loyalty/payouts`);
  await expect(owner.getByText("Nothing to pay now")).toBeVisible();
  await owner.goto(`/${business.slug}/admin/loyalty/payouts?view=waiting`);
  await expect(owner.getByRole("row", { name: /Maya Lund/ })).toContainText(
    "On hold: a claim is being looked at",
  );
  const batch = await call(`/api/${business.slug}/loyalty/payout-batches`, {
    as: await ownerOf(business),
    body: { method: "paypal", creators: [maya] },
  });
  expect(batch.status, batch.text).toBe(409);
  const [card] = await stackSql<{ id: string }>(
    "select id from public.loyalty_redemptions where creator_id = $1 and kind = 'gift_card'",
    [maya],
  );
  await owner.goto(`/${business.slug}/admin/loyalty/redemptions/${card!.id}`);
  await expect(owner.getByText("This claim is on hold")).toBeVisible();
  await expect(owner.getByRole("button", { name: "Send the code" })).toHaveCount(0);

  const creator = await open(business.email("creator"), { viewport: phone });
  await creator.goto(`/${business.slug}/loyalty/rewards`);
  await expect(
    creator.getByText(`${business.name} is checking this claim. Nothing is lost.`).first(),
  ).toBeVisible();
  await creator.goto(`/${business.slug}/loyalty/payouts`);
  await expect(creator.getByText("It is being checked before it is sent. Nothing is lost.")).toBeVisible();
  await expect(creator.getByText("It is sent with the next payouts", { exact: false })).toHaveCount(0);
  // She is told that something is checked, never what or with whom.
  expect(await creator.content()).not.toContain("mila.films");
});

test("released with a reason: claims go on, money can be sent, and the two are not held for it again", async ({
  open,
}) => {
  const owner = await open(business.email("owner"));
  await owner.goto(holds());
  await rowOf(owner).getByRole("button", { name: "Release the hold" }).click();
  const dialog = owner.getByRole("dialog", { name: "Release this hold" });
  await dialog.getByRole("button", { name: "Release the hold" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Reason").fill("Sisters who share one account.");
  expect(await violations(owner)).toEqual([]);
  await dialog.getByRole("button", { name: "Release the hold" }).click();
  await expect(owner.getByText("Hold released")).toBeVisible();
  await expect(owner.getByText("Nothing is on hold")).toBeVisible();
  await owner.getByRole("link", { name: "Released" }).click();
  await expect(rowOf(owner)).toContainText("Sisters who share one account.");
  await expect(rowOf(owner)).toContainText("Wendy Tidewell");

  const creator = await open(business.email("creator"), { viewport: phone });
  await creator.goto(`/${business.slug}/loyalty/rewards`);
  await expect(creator.getByText("Harbour card").first()).toBeVisible();
  await expect(creator.getByText(/is checking this claim/)).toHaveCount(0);
  await creator.goto(`/${business.slug}/loyalty/payouts`);
  await expect(creator.getByText("Cleared. It is sent with the next payouts.")).toBeVisible();

  await giveAccount("family", "elsewhere@mail.test");
  await giveAccount("family", "lund@mail.test");
  await owner.goto(holds());
  await expect(owner.getByText("Nothing is on hold")).toBeVisible();
});

test("kept: the owner turns down one creator's open claims, and she reads the reason; the other's go on", async ({
  open,
}) => {
  await claimFor(business, maya, { name: "Maya's tote", kind: "physical_gift" });
  const tote = await claimFor(business, mila, { name: "Mila's tote", kind: "physical_gift" });
  await stackSql(
    `update public.loyalty_gifts g set line1 = upper(o.line1) || '.' from public.loyalty_gifts o
      where g.redemption_id = $1 and o.client_id = g.client_id and o.creator_id = $2`,
    [tote, maya],
  );
  const owner = await open(business.email("owner"));
  await owner.goto(holds());
  await expect(rowOf(owner)).toContainText("Same address. Both had gifts sent to the same address.");
  await rowOf(owner).getByRole("button", { name: "Reject claims" }).click();
  const dialog = owner.getByRole("dialog", { name: "Reject open claims" });
  const reject = dialog.getByRole("button", { name: "Reject claims" });
  await dialog.getByLabel("Reason, which the creator reads").fill("One person, two accounts.");
  await reject.click();
  await expect(dialog.getByText("Choose whose claims are rejected.").first()).toBeVisible();
  expect(await violations(owner)).toEqual([]);
  await dialog.getByRole("checkbox", { name: "@mila.films" }).check();
  await reject.click();
  await expect(owner.getByText("Claims rejected")).toBeVisible();
  await expect(owner.getByText("Nothing is on hold")).toBeVisible();
  await owner.getByRole("link", { name: "Upheld" }).click();
  await expect(rowOf(owner)).toContainText("One person, two accounts.");

  const second = await open(business.email("family"), { viewport: phone });
  await second.goto(`/${business.slug}/loyalty/rewards/history`);
  await expect(second.getByText("Mila's tote").first()).toBeVisible();
  await expect(second.getByText("One person, two accounts.").first()).toBeVisible();
  const states = await stackSql<{ name: string; state: string; held: boolean }>(
    `select terms ->> 'name' as name, state, is_held as held from public.loyalty_redemptions
      where client_id = $1 and kind <> 'commission_boost' order by 1`,
    [business.id],
  );
  expect(states).toEqual([
    { name: "Harbour card", state: "claimed", held: false },
    { name: "Harbour dinner", state: "rejected", held: false },
    { name: "Maya's tote", state: "claimed", held: false },
    { name: "Mila's tote", state: "rejected", held: false },
  ]);
});

test("support and creators find no page of holds", async ({ open }) => {
  for (const role of ["support", "creator"]) {
    const page = await open(business.email(role));
    expect((await page.goto(holds()))?.status()).toBe(403);
  }
});
