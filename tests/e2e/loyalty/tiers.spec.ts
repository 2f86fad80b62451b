import { expect, test } from "../../support/browser";
import {
  creatorFor,
  importFile,
  ownBusiness,
  ownerOf,
  type OwnBusiness,
} from "../../support/browser-business";
import { stackSql } from "../../support/stack";

let business: OwnBusiness;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  await creatorFor(business, "maya.films");
  const today = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await importFile(
    await ownerOf(business),
    business.slug,
    `handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold\nmaya.films,https://www.tiktok.com/@maya.films/video/1,One,${today},10,1,1,900,1%,3`,
  );
});

const tier = async () =>
  (
    await stackSql<{ name: string }>(
      "select t.name from public.loyalty_creators c join public.loyalty_tiers t on t.id = c.tier_id where c.client_id = $1 and c.handle = 'maya.films'",
      [business.id],
    )
  )[0]!.name;

test("a threshold is tried on tonight's figures before it is saved", async ({ open }) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/tiers`);
  const silver = page.getByRole("region", { name: "Silver" });
  await silver.getByLabel("Starts at, USD").fill("800");
  await page.getByRole("button", { name: "See what would change" }).click();
  const whatIf = page.getByRole("region", { name: "What would change" }).first();
  await expect(whatIf.getByRole("heading", { name: "1 creator would rise" })).toBeVisible();
  await expect(whatIf.getByText("Maya Lund")).toBeVisible();
  await expect(whatIf.getByRole("row", { name: /Silver\s+0\s+1\s+\+1/ })).toBeVisible();
  expect(await tier(), "looking changes nothing").toBe("Bronze");
  await page.reload();
  await expect(silver.getByLabel("Starts at, USD")).toHaveValue(/^1,?500(\.00)?$/);

  await silver.getByLabel("Starts at, USD").fill("800");
  await page.getByRole("button", { name: "Save tiers" }).click();
  await expect(whatIf).toBeVisible();
  await page.getByRole("button", { name: "Save tiers" }).click();
  await expect(page.getByText("Tiers saved")).toBeVisible();
  await page.reload();
  await expect(silver.getByLabel("Starts at, USD")).toHaveValue(/^800(\.00)?$/);
});

test("a ladder out of order is refused in words, and nothing is saved", async ({ open }) => {
  const page = await open(business.email("owner"));
  await page.goto(`/${business.slug}/admin/loyalty/tiers`);
  await page.getByRole("region", { name: "Silver" }).getByLabel("Starts at, USD").fill("900000");
  await page.getByRole("button", { name: "See what would change" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /./ }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "What would change" })).toBeHidden();
});
