import { expect, test } from "../../support/browser";
import {
  creatorFor,
  importFile,
  ownBusiness,
  ownerOf,
  type OwnBusiness,
} from "../../support/browser-business";
import { codeIn, signIn, stackSql, waitForMail } from "../../support/stack";

const list = "/glow/admin/loyalty/creators";
let business: OwnBusiness;
let id: string;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  id = await creatorFor(business, "maya.films");
  const header = "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold";
  const today = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await importFile(
    await ownerOf(business),
    business.slug,
    [
      header,
      `maya.films,https://www.tiktok.com/@maya.films/video/1,One,${today},10,1,1,300,1%,3`,
      `noor.new,https://www.tiktok.com/@noor.new/video/1,Two,${today},10,1,1,80,1%,1`,
    ].join("\n"),
  );
});

test("creators are searched, filtered, sorted and paged, and every step is in the address", async ({
  open,
}) => {
  const page = await open("owner@glow.test");
  await page.goto(list);
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(50);
  const names = () => page.locator("tbody [data-row-link]").allInnerTexts();
  const first = await names();
  await page.getByRole("link", { name: "Next 50" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect.poll(async () => (await names()).some((name) => first.includes(name))).toBe(false);
  const second = await names();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Back" }).click();
  await expect(page).toHaveURL(/before=/);
  await expect.poll(names).toEqual(first);
  expect(second).not.toEqual(first);

  await page.goto(list);
  await page.getByRole("link", { name: "In all" }).click();
  await expect(page).toHaveURL(/sort=/);
  const totals = await page.locator('tbody td[data-label="In all"]').allInnerTexts();
  const amounts = totals.map((text) => Number(text.replace(/[^\d.]/g, "")));
  expect(amounts).toEqual([...amounts].sort((a, b) => b - a));

  await page.keyboard.press("/");
  await page.keyboard.type("noorglows");
  await expect(page).toHaveURL(/q=noorglows/);
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox").fill("");
  await expect(rows).toHaveCount(50);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByRole("link", { name: "Gold", exact: true }).click();
  await expect(page).toHaveURL(/tier=/);
  await expect(page.locator(".chip").filter({ hasText: "Tier is" })).toContainText("Gold");
  const tiers = await page.locator('tbody td[data-label="Tier"]').allInnerTexts();
  expect(new Set(tiers.map((tier) => tier.trim()))).toEqual(new Set(["Gold"]));
  await page.reload();
  await expect(page.locator(".chip").filter({ hasText: "Tier is" })).toContainText("Gold");
});

test("the keyboard walks the rows, opens one beside the list and closes it", async ({ open }) => {
  const page = await open("owner@glow.test");
  await page.goto(list);
  const links = page.locator("[data-row-link]");
  await links.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(links.nth(1)).toBeFocused();
  const name = (await links.nth(1).locator("b").innerText()).trim();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name });
  await expect(panel).toBeVisible();
  await expect(panel.getByRole("heading", { name: "This period" })).toBeVisible();
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/open=/);
});

test("the list and the ticked rows leave as a file", async ({ open }) => {
  const page = await open("owner@glow.test");
  await page.goto(`${list}?q=noorglows`);
  const take = async (press: () => Promise<void>) => {
    const [file] = await Promise.all([page.waitForEvent("download"), press()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8").trim().split(/\r?\n/);
  };
  const all = await take(() => page.getByRole("link", { name: "Export CSV" }).click());
  expect(all).toHaveLength(2);
  expect(all[1]).toContain("noorglows");
  await page.goto(list);
  await page.locator("input[data-row]").nth(0).check();
  await page.locator("input[data-row]").nth(2).check();
  await expect(page.getByText("2 selected")).toBeVisible();
  const ticked = await take(() => page.getByRole("button", { name: "Export selected" }).click());
  expect(ticked).toHaveLength(3);
  await page.getByRole("button", { name: "Clear selection" }).click();
  await expect(page.getByText("2 selected")).toBeHidden();
});

test("an adjustment moves the figures once it is counted, and taking it back moves them again", async ({
  open,
}) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/creators/${id}`);
  const sales = () =>
    stackSql<{ s: string }>("select period_sales::text as s from public.loyalty_creators where id = $1", [
      id,
    ]);
  expect((await sales())[0]!.s).toBe("30000");
  await page.getByRole("button", { name: "New adjustment" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Kind").selectOption("refund");
  await dialog.getByLabel("Amount in USD").fill("-64.50");
  await dialog.getByLabel("Reason").fill("Two orders came back");
  await dialog.getByRole("button", { name: "Save adjustment" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Two orders came back")).toBeVisible();
  await expect.poll(async () => (await sales())[0]!.s, { timeout: 20_000 }).toBe("23550");
  await page.reload();
  await expect(page.getByText("$235.50").first()).toBeVisible();

  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("Entered for the wrong person");
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("Entered for the wrong person")).toBeVisible();
  await expect.poll(async () => (await sales())[0]!.s, { timeout: 20_000 }).toBe("30000");
});

test("what is no amount is refused beside its field", async ({ open }) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/creators/${id}`);
  await page.getByRole("button", { name: "New adjustment" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Amount in USD").fill("a lot");
  await dialog.getByLabel("Reason").fill("Trying");
  await dialog.getByRole("button", { name: "Save adjustment" }).click();
  await expect(dialog.getByLabel("Amount in USD")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog).toBeVisible();
});

test("a tier is fixed by hand and given back to the count, and a handle is changed", async ({ open }) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/creators/${id}`);
  await page.getByRole("button", { name: "Fix tier by hand" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Tier", { exact: true }).selectOption({ label: "Gold" });
  await dialog.getByLabel("Why this tier").fill("Ambassador");
  await dialog.getByRole("button", { name: "Fix tier by hand" }).click();
  await expect(page.getByText("By hand", { exact: true })).toBeVisible();
  const creator = await open(business.email("creator"));
  await creator.goto(`/${business.slug}/home`);
  await expect(creator.getByRole("heading", { level: 1, name: "Gold" })).toBeVisible();
  await expect(creator.getByText(/set your tier by hand/)).toBeVisible();
  await page.getByRole("button", { name: "Let the count decide" }).click();
  await expect(page.getByText("By hand", { exact: true })).toBeHidden();

  await page.getByRole("button", { name: "Change handle" }).click();
  await dialog.getByLabel("Handle").fill("maya.moves");
  await dialog.getByRole("button", { name: "Change handle" }).click();
  await expect(page.getByRole("heading", { name: "@maya.moves" })).toBeVisible();
  await expect(page.getByText("@maya.films")).toBeVisible();
});

test("a creator from a file signs up with the owner's link in another browser and lands as that creator", async ({
  open,
}) => {
  const [unclaimed] = await stackSql<{ id: string }>(
    "select id from public.loyalty_creators where client_id = $1 and handle = 'noor.new'",
    [business.id],
  );
  const owner = await open(business.email("owner"));
  await owner.goto(`/${business.slug}/admin/loyalty/creators/${unclaimed!.id}`);
  await owner.getByRole("button", { name: "Invite" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Make a link" }).click();
  const link = await owner.getByLabel("Invitation link").inputValue();
  expect(link).toContain("/invitation/");

  const page = await open(null);
  const email = `noor-${business.slug}@example.test`;
  await page.goto(link);
  await expect(page.getByRole("heading", { name: `${business.name} invites you` })).toBeVisible();
  await page.getByRole("link", { name: "Make a login" }).click();
  await page.getByLabel("Your name").fill("Noor New");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill("Quiet-harbour-7");
  await page.getByLabel("I accept the terms").check();
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByLabel("Six-digit code")).toBeVisible();
  await page.getByLabel("Six-digit code").fill(codeIn(await waitForMail(email)));
  await page.getByRole("button", { name: "Open my account" }).click();
  await page.getByRole("button", { name: `Join ${business.name}` }).click();
  await expect(page).toHaveURL(new RegExp(`/${business.slug}/home`));
  await expect(page.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await expect(page.getByText("$80.00").first()).toBeVisible();

  const again = await open(await signIn(business.email("creator")));
  await again.goto(link);
  await expect(again.getByText("This invitation was used already.")).toBeVisible();
});
