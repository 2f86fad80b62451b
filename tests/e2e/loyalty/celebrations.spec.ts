import { violations } from "../../support/axe";
import { expect, overflow, phone, test } from "../../support/browser";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { appUrl, call, signIn, stackSql } from "../../support/stack";

let business: OwnBusiness;
let maya: string;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  maya = await creatorFor(business, "maya.films");
});

async function fulfilled(name: string): Promise<string> {
  const id = await claimFor(business, maya, { kind: "experience", name });
  const { status, text } = await call(`/api/${business.slug}/loyalty/redemptions/${id}/steps`, {
    as: await ownerOf(business),
    body: { step: "fulfil" },
  });
  expect(status, text).toBe(200);
  return id;
}
const unseen = async () =>
  (
    await stackSql<{ id: string }>(
      "select id from public.loyalty_redemptions where creator_id = $1 and seen_at is null order by claimed_at",
      [maya],
    )
  ).map(({ id }) => id);

test("what was fulfilled is said once: it stays until she has seen it, and reading alone takes nothing away", async ({
  open,
}) => {
  const home = `/${business.slug}/home`;
  const acknowledge = `/api/${business.slug}/loyalty/celebrations/acknowledge`;
  const first = await fulfilled("Studio day");
  const page = await open(business.email("creator"), { viewport: phone });
  await page.goto(home);
  const band = page.getByRole("region", { name: "Studio day is yours" });
  await expect(band.getByText(`${business.name} has fulfilled it.`)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);

  // A second look, a prefetch and a GET of the address that acknowledges leave it as it is.
  const her = await signIn(business.email("creator"));
  const quietReads: Record<string, string>[] = [
    { purpose: "prefetch", "sec-purpose": "prefetch" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1" },
  ];
  for (const headers of quietReads) {
    const read = await fetch(new URL(home, appUrl), { headers: { cookie: her.cookie, ...headers } });
    expect(read.status).toBe(200);
  }
  expect((await call(acknowledge, { as: her })).status).toBe(405);
  await page.reload();
  await expect(band).toBeVisible();
  expect(await unseen()).toEqual([first]);

  // What comes after the page was drawn is not put away with it.
  const second = await fulfilled("Dinner with the team");
  const posted = page.waitForRequest((request) => request.url().endsWith("/celebrations/acknowledge"));
  await band.getByRole("button", { name: "I have seen it" }).click();
  expect((await posted).method()).toBe("POST");
  await expect(page.getByText("Put away")).toBeVisible();
  await expect(page.getByRole("region", { name: "Dinner with the team is yours" })).toBeVisible();
  await expect(band).toHaveCount(0);
  expect(await unseen()).toEqual([second]);

  await fulfilled("Call with a stylist");
  await page.reload();
  const both = page.getByRole("region", { name: "2 things went well" });
  await expect(both.getByRole("listitem")).toHaveText([
    "Call with a stylist, fulfilled",
    "Dinner with the team, fulfilled",
  ]);
  await both.getByRole("button", { name: "I have seen it" }).click();
  await expect(both).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await expect(page.getByRole("button", { name: "I have seen it" })).toHaveCount(0);
  expect(await unseen()).toEqual([]);
});

test("a fulfilment that was taken back is not celebrated", async ({ open }) => {
  const id = await fulfilled("Harbour tour");
  await call(`/api/${business.slug}/loyalty/redemptions/${id}/steps`, {
    as: await ownerOf(business),
    body: { step: "undo" },
  });
  const page = await open(business.email("creator"), { viewport: phone });
  await page.goto(`/${business.slug}/home`);
  await expect(page.getByRole("heading", { level: 1, name: "Bronze" })).toBeVisible();
  await expect(page.getByText("Harbour tour is yours")).toHaveCount(0);
});
