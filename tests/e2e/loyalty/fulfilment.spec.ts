import { violations } from "../../support/axe";
import { expect, overflow, phone, test } from "../../support/browser";
import { creatorFor, ownBusiness, type OwnBusiness } from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { stackSql } from "../../support/stack";

let business: OwnBusiness;
let maya: string;

const stateOf = async (id: string) =>
  (await stackSql<{ state: string }>("select state from public.loyalty_redemptions where id = $1", [id]))[0]
    ?.state;
const work = () => `/${business.slug}/admin/loyalty/work`;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund", support: "Sue Port" });
  maya = await creatorFor(business, "maya.films");
});

test("an owner works the queue: a code is sent, taken back and sent again, and the creator reads it", async ({
  open,
}) => {
  const card = await claimFor(business, maya, { name: "Harbour card", due: -3 });
  const page = await open(business.email("owner"));
  await page.goto(work());
  const row = page.locator("tbody tr").filter({ hasText: "Harbour card" });
  await expect(row).toContainText("3 h late");
  expect(await violations(page)).toEqual([]);
  await row.getByRole("button", { name: "Send the code" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Code", { exact: true }).fill("TIDE-4411");
  await dialog.getByLabel("Reference").fill("TX-77");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Mark fulfilled" }).click();
  await expect(page.getByText("Fulfilled. Maya Lund is told in two minutes")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => stateOf(card)).toBe("claimed");
  await expect(row).toBeVisible();

  await row.getByRole("link", { name: /Send Maya Lund a gift card/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Harbour card, Maya Lund" })).toBeVisible();
  await expect(page.getByText("Taken back: to do again")).toBeVisible();
  await page.getByRole("button", { name: "Send the code" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill("TIDE-9000");
  await dialog.getByRole("button", { name: "Mark fulfilled" }).click();
  await expect(page.getByText("TIDE-9000")).toBeVisible();
  await expect(page.getByRole("button", { name: "Take back" })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const her = await open(business.email("creator"), { viewport: phone });
  await her.goto(`/${business.slug}/loyalty/rewards/history`);
  await expect(her.getByText("Harbour card").first()).toBeVisible();
  expect(await her.content()).not.toContain("TIDE-9000");
  await her
    .getByRole("button", { name: /^Show the code/ })
    .first()
    .click();
  await expect(her.getByText("TIDE-9000")).toBeVisible();
  expect(await overflow(her)).toBe(0);
});

test("a gift is shipped with its tracking number, the creator follows it, and it is delivered", async ({
  open,
}) => {
  const gift = await claimFor(business, maya, { kind: "physical_gift", name: "Harbour tote" });
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/redemptions/${gift}`);
  await page.getByRole("button", { name: "Change address" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Street and number").fill("9 Beacon Road");
  await dialog.getByLabel("Country").selectOption({ label: "Canada" });
  await dialog.getByRole("button", { name: "Save address" }).click();
  await expect(dialog.getByText("This is not a postal code of that country.").first()).toBeVisible();
  await dialog.getByLabel("Postal code").fill("K1A 0B1");
  await dialog.getByRole("button", { name: "Save address" }).click();
  await expect(page.getByText("9 Beacon Road")).toBeVisible();
  await expect(page.locator("address")).toContainText("Canada");
  await page.getByRole("button", { name: "Ship", exact: true }).click();
  await dialog.getByLabel("Carrier").selectOption("ups");
  await dialog.getByLabel("Tracking number").fill("12");
  await dialog.getByRole("button", { name: "Mark shipped" }).click();
  await expect(dialog.getByText("This is not a tracking number of this carrier.").first()).toBeVisible();
  await dialog.getByLabel("Tracking number").fill("1Z 999 AA1 01 2345 6784");
  await dialog.getByRole("button", { name: "Mark shipped" }).click();
  await expect(page.getByRole("link", { name: "1Z999AA10123456784" })).toHaveAttribute(
    "href",
    /^https:\/\/www\.ups\.com\//,
  );
  await expect(page.getByRole("button", { name: "Change address" })).toBeHidden();

  const her = await open(business.email("creator"), { viewport: phone });
  await her.goto(`/${business.slug}/loyalty/rewards`);
  await expect(her.getByText("Harbour tote").first()).toBeVisible();
  await expect(her.locator('a[href*="1Z999AA10123456784"]').first()).toBeVisible();

  await page.getByRole("button", { name: "Mark delivered" }).click();
  await expect.poll(() => stateOf(gift)).toBe("concluded");
});

test("many are fulfilled at once, and what is refused is named with its reason", async ({ open }) => {
  const names = ["Card one", "Card two", "Card three"];
  const ids = [];
  for (const name of names) ids.push(await claimFor(business, maya, { kind: "experience", name }));
  const page = await open(business.email("owner"));
  await page.goto(`${work()}?kind=instant`);
  for (const name of names)
    await page.locator("tbody tr").filter({ hasText: name }).locator("input[data-row]").check();
  // Somebody else takes care of one in the meantime.
  await stackSql(
    "update public.loyalty_redemptions set state = 'fulfilled', fulfilled_at = now() where id = $1",
    [ids[1]],
  );
  await page.getByRole("button", { name: "Mark 3 fulfilled" }).click();
  const dialog = page.getByRole("dialog", { name: "One claim was left as it is" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("This claim is fulfilled now");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  expect(await Promise.all(ids.map(stateOf))).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
});

test("claims are searched and filtered, rejected with a reason, and the filters are in the address", async ({
  open,
}) => {
  const id = await claimFor(business, maya, { kind: "ads_credit", name: "Harbour credit" });
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/redemptions`);
  await page.keyboard.press("/");
  await page.keyboard.type("maya");
  await expect(page).toHaveURL(/q=maya/);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByRole("link", { name: "Ad credit", exact: true }).click();
  await expect(page).toHaveURL(/kind=ads_credit/);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  await page.locator("tbody [data-row-link]").click();
  await page.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByLabel("Why")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Why").fill("The ad account is closed");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(page.getByText("The ad account is closed")).toBeVisible();
  expect(await stateOf(id)).toBe("rejected");
});

test("support looks and changes nothing; the queue fits a phone, by day and night", async ({ open }) => {
  await claimFor(business, maya, { name: "Waiting card" });
  const support = await open(business.email("support"));
  await support.goto(work());
  await expect(support.getByText("Waiting card")).toBeVisible();
  await expect(support.getByRole("button", { name: "Send the code" })).toBeHidden();
  await expect(support.locator("input[data-row]")).toHaveCount(0);
  const page = await open(business.email("owner"), { viewport: phone, colorScheme: "dark" });
  await page.goto(work());
  await expect(page.getByText("Waiting card")).toBeVisible();
  expect(await overflow(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("a discount is moved with a reason the creator reads, and her calendar file follows", async ({
  open,
}) => {
  const id = await claimFor(business, maya, { kind: "discount", name: "Harbour week", startsIn: 3 });
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/redemptions/${id}`);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Move Harbour week" });
  const days = dialog.getByLabel("Day");
  const day = await days.locator("option:not([disabled])").last().getAttribute("value");
  await days.selectOption(day);
  const time = await dialog
    .getByLabel("Start")
    .locator("option:not([disabled])")
    .last()
    .getAttribute("value");
  await dialog.getByLabel("Start").selectOption(time);
  await dialog.getByRole("button", { name: "Move it" }).click();
  await expect(dialog.getByText("Say why, in a sentence the creator will read.").first()).toBeVisible();
  await dialog.getByLabel("Why").fill("The harbour is closed that day");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Move it" }).click();
  await expect(page.getByText("Moved. Maya Lund is told")).toBeVisible();
  await expect(page.getByText("The harbour is closed that day")).toBeVisible();
  const her = await open(business.email("creator"), { viewport: phone });
  const file = await her.request.get(`/api/${business.slug}/loyalty/redemptions/${id}/calendar.ics`);
  expect(await file.text()).toContain("SEQUENCE:1");
});

test("a rejection is taken back from its page", async ({ open }) => {
  const id = await claimFor(business, maya, { name: "Harbour voucher" });
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/redemptions/${id}`);
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Reject Harbour voucher" });
  await dialog.getByLabel("Why").fill("Sent by mistake");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(page.getByText("Rejected. Maya Lund is told in two minutes")).toBeVisible();
  await page.getByRole("button", { name: "Take back" }).click();
  await expect.poll(() => stateOf(id)).toBe("claimed");
  await expect(page.getByText("Taken back: claimed again")).toBeVisible();
});

test("many gifts are shipped from a pasted column; a wrong line is named, the good ones are saved and taken back", async ({
  open,
}) => {
  const names = ["Crate one", "Crate two", "Crate three"];
  const ids: string[] = [];
  for (const name of names) ids.push(await claimFor(business, maya, { kind: "physical_gift", name }));
  const page = await open(business.email("owner"));
  await page.goto(`${work()}?kind=gift_ship`);
  for (const name of names)
    await page.locator("tbody tr").filter({ hasText: name }).locator("input[data-row]").check();
  const list = page.waitForEvent("download");
  await page.getByRole("link", { name: "Packing list of 3" }).click();
  expect((await list).suggestedFilename()).toBe(`${business.slug}-packing-list.csv`);
  await page.getByRole("button", { name: "Ship 3" }).click();
  const dialog = page.getByRole("dialog", { name: "Ship 3 gifts" });
  await dialog
    .getByRole("textbox", { name: "Tracking numbers" })
    .fill("1Z999AA10123456784\n1Z 999 AA1 01 2345 6784\n123456789012");
  await expect(dialog.getByText("This number is on two lines.").first()).toBeVisible();
  await dialog
    .getByRole("textbox", { name: "Tracking numbers" })
    .fill("1Z999AA10123456784\nBIKE\n123456789012");
  await expect(dialog.getByText("No carrier we know has such numbers. Choose one.")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Mark the 2 good ones shipped" }).click();
  await expect(page.getByText("2 gifts shipped.")).toBeVisible();
  const left = page.getByRole("dialog", { name: "Ship 1 gift" });
  await left.getByRole("combobox", { name: /^Carrier for/ }).selectOption("other");
  await left.getByRole("button", { name: "Mark it shipped" }).click();
  await expect(left).toBeHidden();
  const claimed = async () =>
    (await Promise.all(ids.map(stateOf))).filter((state) => state === "claimed").length;
  await expect.poll(claimed).toBe(0);
  // Both savings can be taken back, each from its own word.
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect.poll(claimed).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect.poll(claimed).toBe(3);
});
