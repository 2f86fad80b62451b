import { expect, test } from "../../support/browser";
import { importFile, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { call, signIn } from "../../support/stack";

let business: OwnBusiness;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund", support: "Sid Claimer" });
  const today = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await importFile(
    await ownerOf(business),
    business.slug,
    `handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold\nmaya.films,https://www.tiktok.com/@maya.films/video/1,One,${today},10,1,1,900,1%,3`,
  );
});

test("typing a handle gives nothing; the owner refuses one claim with a reason and approves the next", async ({
  open,
}) => {
  const creator = await open(business.email("creator"));
  const { slug } = business;
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByText("You are not connected to a handle yet")).toBeVisible();
  await creator.getByRole("link", { name: "Connect my handle" }).click();
  const ask = async (words: string) => {
    await creator.getByRole("textbox", { name: "Handle" }).fill("maya.films");
    await creator.getByLabel("Or in words").fill(words);
    await creator.getByRole("button", { name: "Ask for this handle" }).click();
    await expect(creator.getByText(`Waiting for ${business.name}`)).toBeVisible();
  };
  await ask("It is mine, believe me.");
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByText("You are not connected to a handle yet")).toBeVisible();

  const owner = await open(business.email("owner"));
  const claims = `/${slug}/admin/loyalty/handle-claims`;
  await owner.goto(claims);
  const row = owner.getByRole("row", { name: /@maya\.films/ });
  await expect(row).toContainText("$900.00");
  await row.getByRole("button", { name: "Reject" }).click();
  await owner
    .getByRole("dialog")
    .getByLabel(/^Reason/)
    .fill("Post a story with the word lighthouse.");
  await owner.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await expect(owner.getByText("Claim rejected")).toBeVisible();
  await creator.goto(`/${slug}/loyalty/claim-handle`);
  await expect(creator.getByText("Post a story with the word lighthouse.")).toBeVisible();
  await ask("The story is up, with the word lighthouse.");

  await owner.goto(claims);
  await owner
    .getByRole("row", { name: /lighthouse/ })
    .getByRole("button", { name: "Approve" })
    .click();
  await owner.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(owner.getByText("@maya.films belongs to Maya Lund now")).toBeVisible();
  await creator.goto(`/${slug}/home`);
  await expect(creator.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await expect(creator.getByText("$900.00").first()).toBeVisible();

  await owner.goto(`/${slug}/admin/audit`);
  await expect(
    owner.getByRole("row").filter({ hasText: "Wendy Tidewell" }).filter({ hasText: "Handle claim" }).first(),
  ).toBeVisible();
});

test("support cannot decide a claim, by page or by API", async ({ open }) => {
  const page = await open(business.email("support"));
  await page.goto(`/${business.slug}/admin/loyalty/handle-claims`);
  await expect(page.getByRole("heading", { name: "You cannot open this page" })).toBeVisible();
  const answer = await call(`/api/${business.slug}/loyalty/handle-claims`, {
    as: await signIn(business.email("support")),
  });
  expect(answer.status).toBe(403);
});
