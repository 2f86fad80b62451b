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
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Olga Ferris", creator: "Nia Ferris" });
  await creatorFor(business, "nia.ferris");
  const file = [
    "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold",
    `nia.ferris,https://www.tiktok.com/@nia.ferris/video/1001,Light,${day(3)},1200,90,4,300.00,1.1%,10`,
  ].join("\n");
  await importFile(await ownerOf(business), business.slug, file, "first.csv");
});

test("figures older than a day say so on every screen that shows them, and fresh ones say nothing", async ({
  open,
}) => {
  test.setTimeout(120_000);
  const { slug } = business;
  const member = ["home", "loyalty/missions", "loyalty/tiers", "loyalty/videos", "loyalty/history"];
  member.push("loyalty/leaderboard", "loyalty/payouts");
  const admin = ["", "/loyalty/creators", "/loyalty/missions", "/loyalty/tiers", "/loyalty/reports"];
  const creator = await open(business.email("creator"), { viewport: phone });
  const owner = await open(business.email("owner"));
  await creator.goto(`/${slug}/loyalty/leaderboard`);
  await expect(creator.getByText("nia.ferris").first()).toBeVisible();
  await expect(creator.getByText("These figures are older than a day")).toHaveCount(0);

  await stackSql(
    "update public.loyalty_sync_runs set saved_at = saved_at - interval '25 hours' where client_id = $1 and state = 'saved'",
    [business.id],
  );
  await stackSql(
    "update public.loyalty_nights set figures_at = figures_at - interval '25 hours' where client_id = $1",
    [business.id],
  );
  for (const path of member) {
    await creator.goto(`/${slug}/${path}`);
    await expect(creator.getByText("These figures are older than a day"), path).toBeVisible();
  }
  for (const path of admin) {
    await owner.goto(`/${slug}/admin${path}`);
    await expect(owner.getByText("The figures are older than a day"), path).toBeVisible();
  }
});
