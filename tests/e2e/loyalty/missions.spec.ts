import { expect, phone, test } from "../../support/browser";
import {
  creatorFor,
  importFile,
  ownBusiness,
  ownerOf,
  type OwnBusiness,
} from "../../support/browser-business";
import { call, signIn, type SignedIn } from "../../support/stack";

let business: OwnBusiness;
let owner: SignedIn;
const admin = () => `/${business.slug}/admin/loyalty/missions`;
const api = (path: string) => `/api/${business.slug}/loyalty/${path}`;

const header = "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold";
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** Maya has two videos with 2,400 views in her open period. */
test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  await creatorFor(business, "maya.films");
  owner = await ownerOf(business);
  await importFile(
    owner,
    business.slug,
    [
      header,
      `maya.films,https://www.tiktok.com/@maya.films/video/1,One,${day(4)},1400,10,1,30,1%,3`,
      `maya.films,https://www.tiktok.com/@maya.films/video/2,Two,${day(3)},1000,12,1,20,1%,2`,
    ].join("\n"),
  );
  const reward = await call<{ id: string; revision: number }>(api("rewards"), {
    as: owner,
    body: {
      offer: "mission",
      kind: "gift_card",
      name: "$25 gift card",
      frequency: "unlimited",
      quantity: null,
      valueAmount: 2500,
    },
  });
  expect(reward.status, reward.text).toBeLessThan(300);
  const step = await call(api(`rewards/${reward.data.id}/steps`), { as: owner, body: { step: "publish" } });
  expect(step.status, step.text).toBe(200);
});

const rewardId = async (): Promise<string> => {
  const { data } = await call<{ items: { id: string; name: string }[] }>(api("rewards?offer=mission"), {
    as: owner,
  });
  return data.items.find(({ name }) => name === "$25 gift card")!.id;
};
async function missionFor(patch: Record<string, unknown>): Promise<string> {
  const made = await call<{ id: string }>(api("missions"), {
    as: owner,
    body: { rewardId: await rewardId(), ...patch },
  });
  expect(made.status, made.text).toBeLessThan(300);
  return made.data.id;
}
async function publish(id: string): Promise<void> {
  const step = await call(api(`missions/${id}/steps`), { as: owner, body: { step: "publish" } });
  expect(step.status, step.text).toBe(200);
}

test("an owner makes and publishes a mission, and the creator who had done it claims its gift card", async ({
  open,
}) => {
  test.setTimeout(120_000);
  const page = await open(owner);
  await page.goto(admin());
  await page.getByRole("link", { name: "New mission" }).first().click();
  await page.getByRole("link", { name: /Lights, Camera/ }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Lights, Camera");
  const example = page.getByRole("region", { name: "As a creator sees it" });
  await expect(example).toContainText("4 of 10 videos");
  await page.getByLabel("Goal, in videos").fill("2");
  await expect(example).toContainText("0 of 2 videos");
  await page.getByLabel("It pays").selectOption({ label: "$25 gift card" });
  await expect(example).toContainText("$25 gift card");
  await page.getByRole("radio", { name: /From the start of her open period/ }).check();
  const reach = page.getByRole("region", { name: "Whom it reaches" });
  await expect(reach).toContainText("1 creator today");
  await expect(reach).toContainText("1 of them would complete it at once");

  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(/missions\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Draft", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Publish mission" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish Lights, Camera?" });
  await expect(dialog).toContainText("1 creator gets it now.");
  await dialog.getByRole("button", { name: "Publish mission" }).click();
  await expect(page.getByText("Published", { exact: true })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: /^1$/ }).first()).toBeVisible();
  // What creators were promised is fixed from here on.
  await expect(page.getByLabel("It pays")).toBeDisabled();
  await expect(page.getByLabel("Name", { exact: true })).toBeEnabled();

  const maya = await open(business.email("creator"), { viewport: phone });
  await maya.goto(`/${business.slug}/loyalty/missions`);
  await expect(maya.getByText("Done, ready to claim")).toBeVisible();
  await maya.getByRole("button", { name: "Claim $25 gift card" }).click();
  const sheet = maya.getByRole("dialog");
  await sheet.getByRole("button", { name: "Claim $25 gift card" }).click();
  await expect(sheet.getByRole("status")).toBeVisible();
  await sheet.getByRole("button").last().click();
  const underway = maya.getByRole("region", { name: "On its way" });
  await expect(underway).toContainText("From Lights, Camera. Claimed, and being prepared.");
  await expect(maya.getByText("Done, ready to claim")).toHaveCount(0);

  await page.goto(admin());
  const row = page.getByRole("row").filter({ hasText: "Lights, Camera" });
  await expect(row).toContainText("Published");
});

test("a mission shows its creator exact figures, the deadline and how it is counted", async ({ open }) => {
  await publish(
    await missionFor({
      kind: "views",
      name: "Road to Viral",
      target: 10_000,
      countsFrom: "checkpoint",
      daysToFinish: 60,
    }),
  );
  const maya = await open(business.email("creator"), { viewport: phone });
  await maya.goto(`/${business.slug}/loyalty/missions`);
  const part = maya.getByRole("region", { name: "In progress" });
  await expect(part).toContainText("2,400 of 10,000 views");
  await expect(part).toContainText("7,600 to go");
  await expect(part).toContainText(/Until [A-Z][a-z]+ \d+/);
  await expect(part.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "24");
  await part.getByText("How it is counted").click();
  await expect(part).toContainText("New views of all your videos count, not only of new ones.");
  await expect(part).toContainText("It stays yours if your tier changes.");

  await maya.goto(`/${business.slug}/home`);
  await expect(maya.getByRole("region", { name: "Missions" })).toContainText(
    "7,600 views to go for $25 gift card",
  );
});

test("a mission that ended is told in the history, by how much it was missed", async ({ open }) => {
  const id = await missionFor({ kind: "likes", name: "Fan Favorite", target: 500, countsFrom: "checkpoint" });
  await publish(id);
  const page = await open(owner);
  await page.goto(`${admin()}/${id}`);
  await page.getByRole("button", { name: "End mission" }).click();
  const dialog = page.getByRole("dialog", { name: "End Fan Favorite for everybody?" });
  await expect(dialog).toContainText("1 round in progress is closed as missed.");
  await dialog.getByRole("button", { name: "End mission" }).click();
  await expect(page.getByText("This mission is over and can no longer be changed")).toBeVisible();

  const maya = await open(business.email("creator"), { viewport: phone });
  await maya.goto(`/${business.slug}/loyalty/missions`);
  await maya.getByRole("link", { name: /Finished/ }).click();
  const entry = maya.getByRole("listitem").filter({ hasText: "Fan Favorite" });
  await expect(entry).toContainText("Missed");
  await expect(entry).toContainText("You came to 22 of 500 likes");
  await expect(entry).toContainText("You lacked 478 likes.");
});

test("the second of two tabs learns that the mission was saved meanwhile, and keeps what it typed", async ({
  open,
}) => {
  const id = await missionFor({ kind: "videos", name: "Two tabs", target: 90 });
  const [first, second] = [await open(owner), await open(owner)];
  for (const page of [first, second]) await page.goto(`${admin()}/${id}`);
  await first.getByLabel("Name", { exact: true }).fill("First tab");
  await first.getByRole("button", { name: "Save changes" }).click();
  await expect(first.getByRole("heading", { name: "First tab", level: 1 })).toBeVisible();

  await second.getByLabel("Name", { exact: true }).fill("Second tab");
  await second.getByRole("button", { name: "Save changes" }).click();
  await expect(second.getByText("Somebody saved this mission while you were typing")).toBeVisible();
  await expect(second.getByLabel("Name", { exact: true })).toHaveValue("Second tab");
  await second.getByRole("button", { name: "Load the saved one" }).click();
  await expect(second.getByLabel("Name", { exact: true })).toHaveValue("First tab");
});

test("unsaved work is not lost to a click beside it, and an empty goal is said beside its field", async ({
  open,
}) => {
  const page = await open(owner);
  await page.goto(`${admin()}/new?template=none`);
  await page.getByLabel("Name", { exact: true }).fill("Half a mission");
  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole("link", { name: "Missions", exact: true }).first().click();
  expect(asked).not.toBe("");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half a mission");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Choose what it pays.")).toBeVisible();
  await page.getByLabel("It pays").selectOption({ label: "$25 gift card" });
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Set a goal above zero.")).toBeVisible();
  await expect(page.getByLabel("Goal, in videos")).toHaveAttribute("aria-invalid", "true");
});

test("tags are given and taken on the creator's page", async ({ open }) => {
  const { data } = await call<{ items: { id: string; handle: string }[] }>(api("creators?q=maya"), {
    as: owner,
  });
  const page = await open(owner);
  await page.goto(`/${business.slug}/admin/loyalty/creators/${data.items[0]!.id}`);
  await page.getByLabel("New tag").fill("Skincare");
  await page.getByRole("button", { name: "Add tag" }).click();
  const tags = page.getByRole("region", { name: "Tags" });
  await expect(tags.getByText("skincare", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove the tag skincare" }).click();
  await expect(tags).toContainText("No tags.");
});

test("a creator no video was seen of looks at everything and takes part in nothing", async ({ open }) => {
  const page = await open("newcomer@glow.test", { viewport: phone });
  await page.goto("/glow/loyalty/missions");
  await expect(page.getByText("You are looking around")).toBeVisible();
  await expect(page.getByText("Waiting for your first video")).toBeVisible();
  await expect(page.getByRole("button", { name: /Claim|Enter/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /^Enter/ })).toHaveCount(0);
  await page.goto("/glow/home");
  await expect(page.getByText("You are looking around")).toBeVisible();

  const nia = await signIn("newcomer@glow.test");
  const { data } = await call<{
    items: { id: string; kind: string; status: string; reward: { id: string } }[];
  }>("/api/glow/loyalty/missions", { as: nia });
  expect(data.items.length).toBeGreaterThan(0);
  expect(data.items.filter(({ status }) => !["locked", "unrecognised", "paused"].includes(status))).toEqual(
    [],
  );
  for (const { id, kind } of data.items) {
    const claim = await call(`/api/glow/loyalty/missions/${id}/claim`, { as: nia, body: {} });
    expect([404, 409], claim.text).toContain(claim.status);
    if (kind !== "raffle") continue;
    const entry = await call(`/api/glow/loyalty/missions/${id}/participate`, { as: nia, body: {} });
    expect(entry.status, entry.text).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(500);
  }
});

test("nobody reads or writes missions that are not hers", async () => {
  const id = await missionFor({ kind: "videos", name: "Secret plan", target: 77 });
  const [maya, noor, stranger] = [
    await signIn(business.email("creator")),
    await signIn("creator@glow.test"),
    await signIn("owner@hearth.test"),
  ];
  const draft = { kind: "videos", name: "Mine now", target: 1, rewardId: await rewardId() };
  const tries = (as: SignedIn) => [
    call(api("missions/all"), { as }),
    call(api(`missions/${id}`), { as }),
    call(api(`missions/${id}`), { as, method: "PUT", body: draft }),
    call(api(`missions/${id}/steps`), { as, body: { step: "publish" } }),
    call(api("missions/preview"), { as, body: draft }),
    call(api("missions"), { as, body: draft }),
  ];
  for (const answer of await Promise.all(tries(maya))) {
    expect(answer.status, answer.text).toBe(403);
    expect(answer.text).not.toContain("Secret plan");
  }
  for (const who of [noor, stranger])
    for (const answer of await Promise.all([
      ...tries(who),
      call(api("missions"), { as: who }),
      call(api("missions/history"), { as: who }),
    ])) {
      expect(answer.status, answer.text).toBe(404);
    }
  const seen = await call(api("missions"), { as: maya });
  expect(seen.text).not.toContain("Secret plan");
  const claim = await call(api(`missions/${id}/claim`), { as: maya, body: {} });
  expect(claim.status, claim.text).toBe(404);
});
