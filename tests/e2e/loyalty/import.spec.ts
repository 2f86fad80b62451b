import type { Download, Page } from "@playwright/test";
import { expect, phone, test } from "../../support/browser";
import {
  creatorFor,
  importFile,
  ownBusiness,
  ownerOf,
  type OwnBusiness,
} from "../../support/browser-business";
import { stackSql } from "../../support/stack";

let business: OwnBusiness;

/** Days before today, as a spreadsheet of the sender writes them. */
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const german = (ago: number) => day(ago).split("-").reverse().join(".");

const first = [
  "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold",
  `maya.films,https://www.tiktok.com/@maya.films/video/1001,Morning light,${day(9)},1200,90,4,300.00,1.1%,10`,
  `maya.films,https://www.tiktok.com/@maya.films/video/1002,Two cups,${day(8)},800,40,2,200.00,0.9%,6`,
].join("\n");

/** As an office suite saves it: BOM, semicolons, German amounts, a quoted line break, and dirt. */
const dirty =
  "\uFEFF" +
  [
    "Creator handle;Video link;Title;Post date;Views;Likes;Comments;GMV;CTR;Units sold",
    `maya.films;https://www.tiktok.com/@maya.films/video/1001;"Morning light,\nagain";${german(9)};15.300;1.204;31;$1.834,50;1,4%;61`,
    `maya.films;https://www.tiktok.com/@maya.films/video/1002;Two cups;${german(8)};800;40;2;200,00;0,9%;6`,
    `maya.films;https://www.tiktok.com/@maya.films/video/1003;=1+1;${german(2)};950;12;1;100,00;0,4%;3`,
    `maya.films;https://www.tiktok.com/@maya.films/video/1003;Three;${german(2)};990;14;1;110,25;0,4%;3`,
    `new.face;https://www.tiktok.com/@new.face/video/1;Hello;${german(1)};50;2;0;9,90;0,1%;1`,
    `maya.films;https://www.tiktok.com/@maya.films/video/1004;Bad amount;${german(2)};10;1;0;12O,00;0,1%;1`,
    `maya.films;https://www.tiktok.com/@maya.films/video/1005;Bad day;31.02.2026;10;1;0;5,00;0,1%;1`,
    ";;;;;;;;;",
  ].join("\r\n");

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  await creatorFor(business, "maya.films");
  await importFile(await ownerOf(business), business.slug, first, "first.csv");
});

test("an owner drops a dirty file, reads what it would do, saves it, and the creator sees her new tier; undo brings the old one back", async ({
  open,
}) => {
  test.setTimeout(120_000);
  const { slug } = business;
  const creator = await open(business.email("creator"), { viewport: phone });
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await expect(creator.getByText("$500.00").first()).toBeVisible();

  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/loyalty/imports`);
  await drop(owner, "november.csv", dirty);
  await owner.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  await expect(owner.getByRole("heading", { name: "Nothing is saved yet" })).toBeVisible({ timeout: 20_000 });
  const outcomes = owner.getByRole("navigation", { name: "Rows by outcome" });
  for (const [name, count] of Object.entries({ New: 1, Changed: 1, Unchanged: 1, Unmatched: 1, Rejected: 2 }))
    await expect(outcomes).toContainText(new RegExp(`${name}\\s*${count}(?!\\d)`));
  const changes = owner
    .getByRole("region", { name: "What changes" })
    .or(owner.locator("#shown-rows").locator("xpath=../.."));
  await expect(changes.getByRole("row", { name: /Sales.*\$300\.00.*\$1,834\.50/ })).toBeVisible();
  await expect(owner.getByText("Not a number: letter O")).toBeVisible();
  await expect(owner.getByText("There is no such day")).toBeVisible();

  await outcomes.getByRole("link", { name: /New/ }).click();
  await expect(changes.getByRole("row", { name: /Three.*\$110\.25/ })).toBeVisible();
  const [file] = await Promise.all([
    owner.waitForEvent("download"),
    owner.getByRole("link", { name: "Get as CSV" }).first().click(),
  ]);
  const aside = await text(file);
  expect(aside).toContain("12O,00");
  expect(aside).toContain("31.02.2026");
  expect(aside).toContain("new.face");
  expect(aside, "a formula stays text in a spreadsheet").not.toMatch(/(^|[,;\n"])=1\+1/);

  const before = await figures();
  expect(before, "a dry run changes nothing").toEqual({ tier: "Bronze", sales: "50000", creators: 1 });
  const switchOn = owner.getByRole("switch", { name: /Add 1 creator we have not seen/ });
  if (!(await switchOn.isChecked())) await switchOn.click();
  await owner.getByRole("button", { name: "Save 3 rows" }).click();
  await expect(owner.getByRole("heading", { name: "3 rows saved" })).toBeVisible({ timeout: 30_000 });
  await expect(owner.getByText("What it did to tiers")).toBeVisible();

  await creator.reload();
  await expect(creator.getByRole("heading", { level: 1, name: "Silver" })).toBeVisible();
  await expect(creator.getByText("Why am I Silver?")).toBeVisible();
  await creator
    .getByText("See how your tier changed")
    .or(creator.getByText("Why am I Silver?"))
    .first()
    .click();
  await creator.getByRole("link", { name: "See how your tier changed" }).click();
  await expect(creator.getByText(/Moved up from Bronze to Silver/)).toBeVisible();
  expect(await figures()).toEqual({ tier: "Silver", sales: "214475", creators: 2 });

  await owner.getByRole("button", { name: "Undo this import" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Undo this import" }).click();
  await expect(owner.getByRole("heading", { name: /^Undone/ })).toBeVisible({ timeout: 30_000 });
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await expect(creator.getByText("$500.00").first()).toBeVisible();
  expect(await figures()).toEqual(before);
});

test("a file that was saved before says that it does nothing", async ({ open }) => {
  const owner = await open(business.email("owner"));
  await owner.goto(`/${business.slug}/admin/loyalty/imports`);
  await drop(owner, "first-again.csv", first);
  await expect(
    owner.getByRole("heading", { name: "This file was saved before, so nothing was done" }),
  ).toBeVisible({
    timeout: 20_000,
  });
  await owner.getByRole("link", { name: "See the earlier run" }).click();
  await expect(owner.getByRole("heading", { name: "first.csv" })).toBeVisible();
});

test("a file whose columns drifted is refused whole, with the columns named", async ({ open }) => {
  const owner = await open(business.email("owner"));
  await owner.goto(`/${business.slug}/admin/loyalty/imports`);
  await drop(owner, "drifted.csv", first.replace("post_date", "uploaded_by").replace("gmv", "gross"));
  await expect(owner.getByRole("heading", { name: "Nothing of this file was saved" })).toBeVisible({
    timeout: 20_000,
  });
  await expect(owner.getByText("post_date").first()).toBeVisible();
  await expect(owner.getByText("uploaded_by").first()).toBeVisible();
});

async function drop(page: Page, name: string, content: string) {
  const transfer = await page.evaluateHandle(
    ([fileName, body]) => {
      const data = new DataTransfer();
      data.items.add(new File([body ?? ""], fileName ?? "", { type: "text/csv" }));
      return data;
    },
    [name, content] as const,
  );
  await page.locator(".filedrop").dispatchEvent("drop", { dataTransfer: transfer });
}

async function text(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function figures() {
  const [row] = await stackSql<{ tier: string; sales: string; creators: number }>(
    `select t.name as tier, c.total_sales::text as sales,
            (select count(*)::integer from public.loyalty_creators o where o.client_id = c.client_id and o.state = 'active') as creators
       from public.loyalty_creators c join public.loyalty_tiers t on t.id = c.tier_id
      where c.client_id = $1 and c.handle = 'maya.films'`,
    [business.id],
  );
  return row;
}
