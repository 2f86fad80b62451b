import { randomUUID } from "node:crypto";
import { type APIRequestContext, request } from "@playwright/test";
import { signUp } from "../../scripts/seed";
import { stackConfig, testEnv } from "../../scripts/stack/config";
import { expect, test } from "../support/browser";
import { checkFile } from "../support/browser-business";
import { audienceOf, audiences, fill, pageRoutes, type Audience } from "../support/pages";
import { demoRaffle } from "../support/raffles";
import { appUrl, call, freshSignIn, password, signIn, stackSql, type SignedIn } from "../support/stack";

type Answer = "page" | "sign-in" | "forbidden" | "nothing";

interface World {
  ids: Record<string, string>;
  /** Names, addresses, handles and amounts of Glow Collective. */
  secrets: string[];
  /** Of these, the names of people. */
  people: string[];
  /** Where a parcel goes: for whoever sends it, and for nobody else. */
  street: string;
  own: Record<string, string[]>;
}

let world: World;
let gone: SignedIn;

const routes = pageRoutes().filter((route) => !route.startsWith("/dev/"));
const inBusiness = routes.filter((route) => route.startsWith("/[client]"));

test.beforeAll(async () => {
  const owner = await signIn("owner@glow.test");
  const run = await checkFile(
    owner,
    "glow",
    "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold\n" +
      `passer_by,https://videos.example/${randomUUID()},Passing by,2026-11-01,1,0,0,0,0,0\n`,
  );
  await call(`/api/glow/loyalty/sync-runs/${run}/cancel`, { as: owner, body: {} });
  world = await readWorld(run);
  gone = await someoneDeactivated();
});

test("each page is named in the list of who may see it, and the list names no page that is gone", () => {
  expect(pageRoutes()).toEqual(Object.keys(audiences).sort());
});

const visitors: Record<string, () => Promise<SignedIn> | null> = {
  "signed out": () => null,
  "owner@hearth.test": () => signIn("owner@hearth.test"),
  "a deactivated creator": () => Promise.resolve(gone),
  "creator@glow.test": () => signIn("creator@glow.test"),
  "support@glow.test": () => signIn("support@glow.test"),
  "manager@glow.test": () => signIn("manager@glow.test"),
};

for (const [who, visit] of Object.entries(visitors)) {
  test(`${who} opens every page and sees only what is meant for them`, async () => {
    test.setTimeout(120_000);
    const session = await visit();
    const as = await request.newContext({
      baseURL: appUrl,
      extraHTTPHeaders: { accept: "text/html", ...(session ? { cookie: session.cookie } : {}) },
    });
    const wrong: string[] = [];
    for (const route of inBusiness) {
      const audience = audienceOf(route);
      const wanted = expected(who, audience);
      const answer = await open(as, fill(route, world.ids));
      if (answer.kind !== wanted)
        wrong.push(`${route}: ${answer.kind} (${answer.status}) instead of ${wanted}`);
      if (answer.text.includes(world.street) && !sendsParcels(who)) wrong.push(`${route} shows an address`);
      if (wanted === "page" && seesOthers(who, audience)) continue;
      const mine = world.own[who] ?? [];
      const searched = namesHandles.includes(route) ? world.people : world.secrets;
      const leaked = searched.filter((secret) => !mine.includes(secret) && answer.text.includes(secret));
      if (leaked.length > 0) wrong.push(`${route} shows ${leaked.join(", ")}`);
    }
    await as.dispose();
    expect(wrong).toEqual([]);
  });
}

test("the owner does see what the others must not, so that the search for it means something", async () => {
  const owner = await signIn("owner@glow.test");
  const as = await request.newContext({ baseURL: appUrl, extraHTTPHeaders: { cookie: owner.cookie } });
  const { text } = await open(as, `/glow/admin/loyalty/creators`);
  expect(world.secrets.filter((secret) => text.includes(secret)).length).toBeGreaterThan(20);
  const parcel = await open(as, `/glow/admin/loyalty/redemptions/${world.ids["redemptions/[id]"]}`);
  expect(parcel.text).toContain(world.street);
  await as.dispose();
});

test("an id of another business is no address in one's own", async () => {
  const hearth = await signIn("owner@hearth.test");
  const as = await request.newContext({ baseURL: appUrl, extraHTTPHeaders: { cookie: hearth.cookie } });
  const answer = await open(as, `/hearth/admin/people/${world.ids["people/[id]"]}`);
  expect([answer.kind, answer.status]).toEqual(["nothing", 404]);
  await as.dispose();
});

test("a person who is deactivated is out with the next click", async ({ open: openAs }) => {
  const session = await someoneDeactivated({ still: true });
  const page = await openAs(session);
  await page.goto("/glow/home");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await stackSql("update public.people set state = 'deactivated', deactivated_at = now() where email = $1", [
    session.email,
  ]);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
});

function expected(who: string, audience: Audience): Answer {
  if (audience === "anyone") return "page";
  if (who === "signed out") return "sign-in";
  if (audience === "signed-in") return "page";
  if (who === "owner@hearth.test" || who === "a deactivated creator") return "nothing";
  if (audience === "known") return "page";
  if (audience === "staff") return who.startsWith("creator") ? "forbidden" : "page";
  return (permissions[who] ?? []).includes(audience) ? "page" : "forbidden";
}

/** What the roles hold, said a second time on purpose: the tables are not asked about themselves. */
const permissions: Record<string, string[]> = {
  "creator@glow.test": ["loyalty.app.use"],
  // Whoever answers creators looks up what they claimed and what a reward promises, and changes neither.
  "support@glow.test": [
    "people.people.read",
    "loyalty.creators.read",
    "loyalty.missions.read",
    "loyalty.rewards.read",
    "loyalty.redemptions.read",
  ],
  "manager@glow.test": [
    "tenancy.settings.read",
    "people.people.read",
    "loyalty.creators.read",
    "loyalty.missions.read",
    "loyalty.missions.write",
    "loyalty.raffles.draw",
    "loyalty.rewards.read",
    "loyalty.rewards.write",
    "loyalty.claims.decide",
    "loyalty.settings.read",
    "loyalty.imports.read",
    "loyalty.redemptions.read",
    "loyalty.redemptions.fulfil",
    "loyalty.reports.read",
  ],
};

/** Where creators see each other's handle and figure, and still no name and no address. */
const namesHandles = ["/[client]/loyalty/leaderboard"];

const sendsParcels = (who: string) => (permissions[who] ?? []).includes("loyalty.redemptions.fulfil");

const seesOthers = (who: string, audience: Audience) =>
  (permissions[who] ?? []).includes(audience) ? who !== "creator@glow.test" : audience === "staff";

async function open(as: APIRequestContext, path: string) {
  const answer = await as.get(path, { maxRedirects: 0 });
  const status = answer.status();
  const text = await answer.text();
  const to = answer.headers()["location"] ?? "";
  const kind: Answer | `redirect to ${string}` =
    status === 404
      ? "nothing"
      : status === 403
        ? "forbidden"
        : to.includes("/sign-in?")
          ? "sign-in"
          : status === 200 || /^(https?:\/\/[^/]+)?\/glow\/(home|admin)$/.test(to)
            ? "page"
            : `redirect to ${to}`;
  return { kind, status, text };
}

async function readWorld(run: string): Promise<World> {
  const creators = await stackSql<{
    id: string;
    person_id: string;
    handle: string;
    name: string;
    total: string;
  }>(
    `select c.id, c.person_id, c.handle, p.display_name as name, trim(to_char(c.total_sales / 100.0, '999,999,990.00')) as total
       from public.loyalty_creators c join public.people p on p.id = c.person_id join public.clients k on k.id = c.client_id
      where k.slug = 'glow' order by c.total_sales desc`,
  );
  const staff = await stackSql<{ name: string; email: string }>(
    "select p.display_name as name, p.email from public.people p join public.clients k on k.id = p.client_id where k.slug = 'glow' and p.email like '%@glow.test'",
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
  const [claim] = await stackSql<{ id: string; street: string }>(
    `select r.id, g.line1 as street from public.loyalty_redemptions r
       join public.loyalty_gifts g on g.client_id = r.client_id and g.redemption_id = r.id
       join public.loyalty_creators c on c.client_id = r.client_id and c.id = r.creator_id
       join public.clients k on k.id = r.client_id
      where k.slug = 'glow' and c.handle <> 'noorglows' and r.claimed_at is not null order by r.claimed_at, r.id limit 1`,
  );
  const noor = creators.find((creator) => creator.handle === "noorglows")!;
  const top = creators.filter((creator) => creator.total.length >= 8).slice(0, 60);
  return {
    ids: {
      "[client]": "glow",
      "people/[id]": creators[0]!.person_id,
      "creators/[id]": creators[0]!.id,
      "imports/[id]": run,
      "redemptions/[id]": claim!.id,
      "missions/[id]": mission!.id,
      "rewards/[id]": reward!.id,
      "payouts/[id]": batch!.id,
      "raffles/[id]": await demoRaffle(),
    },
    street: claim!.street,
    people: [...top, ...staff].map(({ name }) => name).filter((text) => text.length > 5),
    secrets: [
      ...new Set([
        ...top.flatMap(({ handle, name, total }) => [handle, name, total]),
        ...staff.flatMap(({ name, email }) => [name, email]),
      ]),
    ].filter((text) => text.length > 5),
    own: {
      "creator@glow.test": [noor.handle, noor.name, noor.total, "creator@glow.test"],
      "support@glow.test": ["Caleb Osei", "support@glow.test"],
      "manager@glow.test": ["Ines Barros", "manager@glow.test"],
    },
  };
}

async function someoneDeactivated({ still = false } = {}): Promise<SignedIn> {
  const email = `gone-${randomUUID().slice(0, 8)}@example.test`;
  await signUp(stackConfig(testEnv()), email, password);
  await stackSql(
    `with person as (
       insert into public.people (client_id, user_id, claimed_at, display_name, email)
       select k.id, u.id, now(), 'Formerly Here', u.email from public.clients k, auth.users u where k.slug = 'glow' and u.email = $1
       returning client_id, id)
     insert into public.person_roles (client_id, person_id, role_id) select client_id, id, 'creator' from person`,
    [email],
  );
  const session = await freshSignIn(email);
  if (!still)
    await stackSql(
      "update public.people set state = 'deactivated', deactivated_at = now() where email = $1",
      [email],
    );
  const me = await call("/api/me", { as: session });
  expect(me.status).toBe(200);
  return session;
}
