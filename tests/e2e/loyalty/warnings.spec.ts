import { violations } from "../../support/axe";
import { expect, overflow, phone, test } from "../../support/browser";
import {
  creatorFor,
  importFile,
  ownBusiness,
  ownerOf,
  type OwnBusiness,
} from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { stackSql } from "../../support/stack";

let business: OwnBusiness;
let maya: string;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  maya = await creatorFor(business, "maya.films");
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await importFile(
    await ownerOf(business),
    business.slug,
    `handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold\nmaya.films,https://www.tiktok.com/@maya.films/video/1,Clip,${day},900,40,3,912.50,1.2%,4\n`,
  );
  // Claiming it made this a reward of hers; at Silver it is one she would lose.
  await claimFor(business, maya, { name: "Silver studio day" });
  await stackSql(
    `update public.loyalty_rewards set tier_id = (select id from public.loyalty_tiers where client_id = $1 and rank = 2)
      where client_id = $1 and name = 'Silver studio day'`,
    [business.id],
  );
});

/** As if she were Silver, her check so many days after the night the figures are of. */
async function stands(daysLeft: number, sales: number, periodDays = 90): Promise<string> {
  const [row] = await stackSql<{ on: string }>(
    `update public.loyalty_creators c
        set tier_id = t.id, period_sales = $3, anchor_on = n.last_business_date - 400, period_start = n.last_business_date + $2::integer - $4::integer,
            next_check_on = n.last_business_date + $2::integer
       from public.loyalty_tiers t, public.loyalty_nights n
      where c.id = $1 and t.client_id = c.client_id and t.rank = 2 and n.client_id = c.client_id
      returning to_char(c.next_check_on, 'FMMonth FMDD') as on`,
    [maya, daysLeft, sales, periodDays],
  );
  return row!.on;
}

test("a creator who would fall reads on home what is missing, by when, and what she would lose", async ({
  open,
}) => {
  const page = await open(business.email("creator"), { viewport: phone });
  for (const [daysLeft, sales, missing] of [
    [30, 91_250, "$587.50"],
    [7, 149_999, "$0.01"],
    [3, 0, "$1,500.00"],
    [1, 100_000, "$500.00"],
  ] as const) {
    const checkOn = await stands(daysLeft, sales);
    await page.goto(`/${business.slug}/home`);
    const title = `${missing} more keeps Silver at the check on ${checkOn}`;
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expect(page.getByText(daysLeft === 1 ? "1 day left" : `${daysLeft} days left`)).toBeVisible();
    await expect(
      page.getByText("Without it you move to Bronze: commission 10% instead of 12%."),
    ).toBeVisible();
    await expect(
      page.getByText("You would also lose: Silver studio day. What you have claimed stays yours."),
    ).toBeVisible();
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.reload();
    expect(await violations(page)).toEqual([]);
  }
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});

test("who is safe, whose check is far away, or whose period is short reads no warning", async ({ open }) => {
  const page = await open(business.email("creator"), { viewport: phone });
  for (const [daysLeft, sales, periodDays] of [
    [7, 150_000, 90],
    [31, 0, 90],
    [20, 0, 30],
  ] as const) {
    await stands(daysLeft, sales, periodDays);
    await page.goto(`/${business.slug}/home`);
    await expect(page.getByRole("heading", { level: 1, name: "Silver" })).toBeVisible();
    await expect(page.getByRole("heading", { name: /more keeps Silver/ })).toHaveCount(0);
  }
});
