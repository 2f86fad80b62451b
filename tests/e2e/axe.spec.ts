import { violations } from "../support/axe";
import { desktop, expect, overflow, phone, problemsOf, test } from "../support/browser";
import {
  checkFile,
  creatorFor,
  importFile,
  ownBusiness,
  ownerOf,
  type OwnBusiness,
} from "../support/browser-business";
import { audienceOf, fill, pageRoutes } from "../support/pages";
import { demoRaffle } from "../support/raffles";
import { call, signIn, stackSql } from "../support/stack";

/*
 * Every page as the person it is for: axe, the console, the content policy, and room for 320 px. The owner and the
 * creator are of Glow Collective, whose pages are full; what only a file can show belongs to a business of its own.
 */
test.describe.configure({ mode: "parallel" });

const routes = pageRoutes();
const forOwner = (route: string) => /\/admin/.test(route);
const states = ["checked", "saved", "skipped"] as const;

let business: OwnBusiness;
let runs: Record<(typeof states)[number], string>;
let ids: Record<string, string>;

const header = "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold\n";
const rows = (from: number, sales: number) =>
  [1, 2, 3]
    .map(
      (n) =>
        `ada.posts,https://www.tiktok.com/@ada.posts/video/${from + n},Clip ${n},2026-11-0${n},900,40,3,${sales},1.2%,4`,
    )
    .join("\n");

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Ada Shore" });
  await creatorFor(business, "ada.posts");
  // Whoever is known in one place only is led there and never sees the choice.
  await stackSql(
    `insert into public.people (client_id, user_id, claimed_at, display_name, email)
     select k.id, p.user_id, now(), p.display_name, p.email from public.people p, public.clients k
      where p.client_id = $1 and p.email = $2 and k.slug = 'hearth'`,
    [business.id, business.email("creator")],
  );
  const owner = await ownerOf(business);
  const saved = await importFile(owner, business.slug, header + rows(7000, 120.5), "first.csv");
  const skipped = await checkFile(owner, business.slug, header + rows(7000, 120.5), "again.csv");
  const dirty = `${header}${rows(7000, 140)}\nnobody,https://www.tiktok.com/@nobody/video/1,New,2026-11-05,1,1,1,1,1%,1\nada.posts,not a link,Bad,2026-11-05,1,1,1,1,1%,1\n`;
  runs = { saved, skipped, checked: await checkFile(owner, business.slug, dirty, "dirty.csv") };
  const [creator] = await stackSql<{ id: string; person_id: string }>(
    "select c.id, c.person_id from public.loyalty_creators c join public.clients k on k.id = c.client_id where k.slug = 'glow' and c.handle = 'noorglows'",
  );
  const [mission] = await stackSql<{ id: string }>(
    "select m.id from public.loyalty_missions m join public.clients k on k.id = m.client_id where k.slug = 'glow' and m.kind <> 'raffle' and m.state = 'published' order by m.display_order, m.id limit 1",
  );
  const [reward] = await stackSql<{ id: string }>(
    "select r.id from public.loyalty_rewards r join public.clients k on k.id = r.client_id where k.slug = 'glow' and r.state = 'published' order by r.display_order, r.id limit 1",
  );
  const [batch] = await stackSql<{ id: string }>(
    "select b.id from public.loyalty_payout_batches b join public.clients k on k.id = b.client_id where k.slug = 'glow' order by b.created_at, b.id limit 1",
  );
  const [claim] = await stackSql<{ id: string }>(
    "select r.id from public.loyalty_redemptions r join public.clients k on k.id = r.client_id where k.slug = 'glow' and r.kind = 'physical_gift' and r.claimed_at is not null order by r.claimed_at limit 1",
  );
  const invited = await call<{ link: string }>("/api/glow/people/invitations", {
    as: await signIn("owner@glow.test"),
    body: { role: "creator", displayName: "Invited Person", email: `invited-${business.slug}@example.test` },
  });
  ids = {
    "[client]": "glow",
    "people/[id]": creator!.person_id,
    "creators/[id]": creator!.id,
    "redemptions/[id]": claim!.id,
    "missions/[id]": mission!.id,
    "rewards/[id]": reward!.id,
    "payouts/[id]": batch!.id,
    "raffles/[id]": await demoRaffle(),
    "invitation/[token]": invited.data.link.split("/").at(-1)!,
  };
});

// The board of components shows day and night side by side, so each of its names is there twice: one at a time.
const board = ["light", "dark"].map((theme) => ({
  name: `/dev/ui (${theme})`,
  path: () => `/dev/ui?theme=${theme}`,
  who: () => null,
}));
const addresses = routes
  .filter((route) => !["/[client]", "/dev/ui"].includes(route) && !route.includes("imports/[id]"))
  .map((route) => ({
    name: route,
    // All operations on one page are a minute's work for axe; those of one room are built the same.
    path: () => (route === "/api/docs" ? "/api/docs?q=invitations" : fill(route, ids)),
    who: () =>
      ["anyone"].includes(audienceOf(route))
        ? null
        : route === "/businesses"
          ? business.email("creator")
          : forOwner(route)
            ? "owner@glow.test"
            : "creator@glow.test",
  }));
const imports = states.map((state) => ({
  name: `/[client]/admin/loyalty/imports/[id] (${state})`,
  path: () => `/${business.slug}/admin/loyalty/imports/${runs[state]}`,
  who: () => business.email("owner"),
}));
const refused = [
  { name: "an address nobody has", path: () => "/glow/nowhere", who: () => "creator@glow.test" },
  {
    name: "a page the role does not include",
    path: () => "/glow/admin/audit",
    who: () => "creator@glow.test",
  },
];

for (const { name, path, who } of [...addresses, ...board, ...imports, ...refused]) {
  test(`${name} is clean by day and by night, wide and narrow`, async ({ open }) => {
    const page = await open(who());
    await page.goto(path());
    await expect(page.locator("main").first()).toBeVisible();
    const found: string[] = [];
    for (const width of [desktop.width, phone.width]) {
      // Tall, so that no bar lies over a target; what bars do while one scrolls is tried in hand-checks.spec.ts.
      await page.setViewportSize({ width, height: 2600 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const lines = await violations(page, colorScheme === "light" ? "everything" : "colours");
        for (const line of lines) found.push(`${width}, ${colorScheme}: ${line}`);
      }
    }
    for (const width of [375, 320]) {
      await page.setViewportSize({ width, height: 700 });
      const beyond = await overflow(page);
      if (beyond > 0) found.push(`${beyond} px too wide at ${width}`);
    }
    const isRefused = refused.some((one) => one.name === name);
    expect([
      ...found,
      ...problemsOf(page).filter((text) => !(isRefused && /status of 40[34]/.test(text))),
    ]).toEqual([]);
  });
}
