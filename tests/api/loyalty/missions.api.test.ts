import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { signIn, stackSql, type SignedIn } from "../../support/stack";

interface Mission {
  id: string;
  name: string;
  state: string;
  version: number;
  target: number;
  active: number;
  endsLocal: string | null;
}
interface Page {
  creator: { isRecognised: boolean } | null;
  items: { id: string; name: string; status: string; value: number; redemptionId: string | null }[];
}
interface Rounds {
  items: { missionId: string; state: string; value: number; redemptionState: string | null }[];
}

let business: OwnBusiness;
let owner: SignedIn;
let member: SignedIn;
let creator: string;
let gift: string;
const nobody = randomUUID();

const draft = (more: object = {}) => ({
  kind: "sales_amount",
  name: "Sales Sprint",
  target: 10_000,
  rewardId: gift,
  ...more,
});
const make = (more: object = {}) =>
  knock<Mission>(business.slug, { path: "/loyalty/missions", body: draft(more) }, owner);
const step = (id: string, name: string) =>
  knock<Mission>(business.slug, { path: `/loyalty/missions/${id}/steps`, body: { step: name } }, owner);
const published = async (more: object = {}): Promise<string> => {
  const made = await make(more);
  expect(made.status, made.text).toBe(200);
  const answer = await step(made.data.id, "publish");
  expect(answer.status, answer.text).toBe(200);
  return made.data.id;
};
const page = async (): Promise<Page> => {
  const answer = await knock<Page>(business.slug, { path: "/loyalty/missions" }, member);
  expect(answer.status, answer.text).toBe(200);
  return answer.data;
};
const statusOf = async (id: string) => (await page()).items.find((item) => item.id === id)?.status;

/** A file of today and its night, for one creator. */
async function sell(amount: number): Promise<void> {
  await stackSql(
    `with today as (select private.local_date(now(), k.time_zone) as day from public.clients k where k.id = $1),
     v as (insert into public.loyalty_videos (client_id, creator_id, url, url_key, posted_on, first_seen_on, gmv)
           select $1, $2, $4, $4, day, day, $3 from today returning id)
     insert into public.loyalty_video_snapshots (client_id, video_id, business_date, creator_id, views, likes, comments, gmv, units,
       views_delta, likes_delta, comments_delta, gmv_delta, units_delta)
     select $1, v.id, today.day, $2, 0, 0, 0, $3, 1, 0, 0, 0, $3, 1 from v, today`,
    [business.id, creator, amount, randomUUID()],
  );
  await night();
}
const night = () =>
  stackSql(
    `select private.loyalty_mark_dirty(k.id, array[$2::uuid], d.day), private.loyalty_run_stages(k.id, d.day, null)
       from public.clients k cross join lateral (select private.local_date(now(), k.time_zone) as day) d where k.id = $1`,
    [business.id, creator],
  );

beforeAll(async () => {
  business = await ownBusiness({
    owner: "Olga Own",
    manager: "Max Man",
    support: "Sue Port",
    creator: "Cleo Create",
    customer: "Ona Other",
  });
  owner = await ownerOf(business);
  member = await signIn(business.email("creator"));
  creator = await creatorFor(business, "cleo");
  const [reward] = await stackSql<{ id: string }>(
    `insert into public.loyalty_rewards (client_id, offer, kind, name, value_amount, frequency, quantity)
     values ($1, 'mission', 'gift_card', '$25 gift card', 2500, 'unlimited', null) returning id`,
    [business.id],
  );
  gift = reward?.id ?? "";
  await stackSql(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [gift],
  );
  await sell(1);
}, 120_000);

/** What each person is answered, in this order: creator, support, another business's owner, signed out. */
const table: [string, () => Door, [number, number, number, number]][] = [
  ["my missions", () => ({ path: "/loyalty/missions" }), [200, 403, 404, 401]],
  ["all missions", () => ({ path: "/loyalty/missions/all" }), [403, 200, 404, 401]],
  ["making one", () => ({ path: "/loyalty/missions", body: draft() }), [403, 403, 404, 401]],
  ["a mission that is not there", () => ({ path: `/loyalty/missions/${nobody}` }), [403, 404, 404, 401]],
  [
    "changing one",
    () => ({ method: "PUT", path: `/loyalty/missions/${nobody}`, body: draft() }),
    [403, 403, 404, 401],
  ],
  [
    "a step with one",
    () => ({ path: `/loyalty/missions/${nobody}/steps`, body: { step: "publish" } }),
    [403, 403, 404, 401],
  ],
  ["claiming one", () => ({ path: `/loyalty/missions/${nobody}/claim`, body: {} }), [404, 403, 404, 401]],
  ["a creator's rounds", () => ({ path: `/loyalty/creators/${creator}/missions` }), [403, 200, 404, 401]],
  ["nobody's rounds", () => ({ path: `/loyalty/creators/${nobody}/missions` }), [403, 404, 404, 401]],
  ["tags", () => ({ path: "/loyalty/tags" }), [403, 200, 404, 401]],
  ["a creator's tags", () => ({ path: `/loyalty/creators/${creator}/tags` }), [403, 200, 404, 401]],
  ["nobody's tags", () => ({ path: `/loyalty/creators/${nobody}/tags` }), [403, 404, 404, 401]],
  [
    "giving tags",
    () => ({ path: `/loyalty/creators/${creator}/tags`, body: { tags: ["vip"] } }),
    [403, 403, 404, 401],
  ],
];
const askers: Asker[] = ["creator", "support", "stranger", "signed out"];

describe("who is answered what", () => {
  it.each(table)("%s", async (_name, door, statuses) => {
    const answers = await Promise.all(
      askers.map(async (who) => (await knock(business.slug, door(), await asker(who, business))).status),
    );
    expect(Object.fromEntries(askers.map((who, at) => [who, answers[at]]))).toEqual(
      Object.fromEntries(askers.map((who, at) => [who, statuses[at]])),
    );
  });

  it("is 404 while the program is off", async () => {
    await whileOff(business, "loyalty", async () => {
      for (const [name, door] of table)
        expect((await knock(business.slug, door(), owner)).status, name).toBe(404);
    });
  });
});

describe("what does not fit", () => {
  it.each<[string, object, string[]]>([
    ["no goal", { target: 0 }, ["target"]],
    ["a goal of half a cent", { target: 0.5 }, ["target"]],
    ["a kind nobody knows", { kind: "steps" }, ["kind"]],
    ["a kind the business does not count", { kind: "sales_units" }, ["kind"]],
    ["no name", { name: " " }, ["name"]],
    ["an end that is no moment", { ends: "soon" }, ["ends"]],
    ["an end on no day", { ends: "2027-02-30T10:00" }, ["ends"]],
    ["an end that has passed", { ends: "2020-01-01T10:00" }, ["ends"]],
    ["rounds though it happens once", { maxCycles: 3 }, ["isRecurring"]],
    ["winners though it is no raffle", { winnersCount: 3 }, ["kind"]],
    ["a raffle without an end", { kind: "raffle", target: 0, winnersCount: 1, claimDays: 7 }, ["ends"]],
    ["a tier of nobody", { tierId: nobody }, ["tierId"]],
    ["a reward of nobody", { rewardId: nobody }, ["rewardId"]],
    ["an early showing without a tier", { previewFromTierId: nobody }, ["previewFromTierId"]],
  ])("is %s", async (_name, more, fields) => {
    const answer = await make(more);
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, fields]);
  });

  it("are tags with blanks", async () => {
    const answer = await knock(
      business.slug,
      { path: `/loyalty/creators/${creator}/tags`, body: { tags: ["no blanks"] } },
      owner,
    );
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, ["tags.0"]]);
  });
});

describe("a mission", () => {
  it("is made once a key, changed by versions, and read by its owner", async () => {
    const first = await replays(
      business.slug,
      { path: "/loyalty/missions", body: draft({ name: "Once", ends: "2030-03-14T18:30" }) },
      owner,
    );
    const { id } = first.data as Mission;
    const put = (body: object) =>
      knock<Mission>(business.slug, { method: "PUT", path: `/loyalty/missions/${id}`, body }, owner);
    const changed = await put(draft({ name: "Twice", version: 1 }));
    expect(changed.data).toMatchObject({ name: "Twice", version: 2, endsLocal: null, state: "draft" });
    const stale = await put(draft({ version: 1 }));
    expect([stale.status, stale.error?.code]).toEqual([409, "STALE"]);
    const read = await knock<Mission>(business.slug, { path: `/loyalty/missions/${id}` }, owner);
    expect(read.data).toMatchObject({ id, name: "Twice" });
  });

  it("is published, worked on, done, claimed and told of", async () => {
    const id = await published();
    expect(await statusOf(id)).toBe("in_progress");
    const claim: Door = { path: `/loyalty/missions/${id}/claim`, body: {} };
    const early = await knock(business.slug, claim, member);
    expect([early.status, early.error?.code]).toEqual([409, "NOT_AVAILABLE"]);
    await sell(10_000);
    expect(await statusOf(id)).toBe("claimable");
    const claimed = await replays(business.slug, claim, member);
    expect(claimed.data).toMatchObject({ state: "claimed", source: "mission", name: "$25 gift card" });
    const again = await knock<{ id: string; isRepeat: boolean }>(business.slug, claim, member);
    expect(again.data).toMatchObject({ id: (claimed.data as { id: string }).id, isRepeat: true });
    expect(await statusOf(id)).toBe("claimed");
    const rounds = await knock<Rounds>(
      business.slug,
      { path: `/loyalty/creators/${creator}/missions` },
      owner,
    );
    expect(rounds.data.items.find((round) => round.missionId === id)).toMatchObject({
      state: "completed",
      // A sale of an earlier test of the same day may be in it.
      value: expect.closeTo(10_000, -2) as number,
      redemptionState: "claimed",
    });
  });

  it("keeps what it promised once it is published, and its steps in order", async () => {
    const id = await published({ name: "Kept", kind: "views", target: 100 });
    const put = (body: object) =>
      knock<Mission>(business.slug, { method: "PUT", path: `/loyalty/missions/${id}`, body }, owner);
    const kept = draft({ name: "Kept", kind: "views", target: 100 });
    const fixed = await put({ ...kept, countsFrom: "joining" });
    expect([fixed.status, fieldsOf(fixed)], fixed.text).toEqual([422, ["countsFrom"]]);
    expect((await put({ ...kept, name: "Renamed" })).data).toMatchObject({ name: "Renamed", active: 1 });
    const twice = await step(id, "publish");
    expect([twice.status, twice.error?.code]).toEqual([409, "ALREADY_DONE"]);
    expect((await step(id, "pause")).data.state).toBe("paused");
    expect((await step(id, "resume")).data.state).toBe("published");
    expect((await step(id, "end")).data.state).toBe("ended");
    const back = await step(id, "resume");
    expect([back.status, back.error?.code]).toEqual([409, "ILLEGAL_STEP"]);
    expect((await step(id, "archive")).data.state).toBe("archived");
  });

  it("for a tag starts when the tag is given", async () => {
    const id = await published({ name: "For the crew", kind: "likes", target: 10, tag: "crew" });
    expect(await statusOf(id)).toBeUndefined();
    const given = await knock<{ tags: string[] }>(
      business.slug,
      { path: `/loyalty/creators/${creator}/tags`, body: { tags: ["Crew"] } },
      owner,
    );
    expect(given.data.tags).toEqual(["crew"]);
    expect(await statusOf(id)).toBe("in_progress");
    const tags = await knock<{ items: unknown[] }>(business.slug, { path: "/loyalty/tags" }, owner);
    expect(tags.data.items).toEqual([{ tag: "crew", creators: 1 }]);
  });

  it("shows a creator of whom no video was seen what there is, and starts nothing", async () => {
    await creatorFor(business, "ona", "customer");
    const open = await published({ name: "Open to all", kind: "videos", target: 5 });
    await stackSql(
      "insert into public.person_roles (client_id, person_id, role_id) select client_id, id, 'creator' from public.people where client_id = $1 and email = $2",
      [business.id, business.email("customer")],
    );
    const ona = await signIn(business.email("customer"));
    const seen = await knock<Page>(business.slug, { path: "/loyalty/missions" }, ona);
    expect(seen.data.creator?.isRecognised).toBe(false);
    expect(seen.data.items.find((item) => item.id === open)?.status).toBe("unrecognised");
  });
});

describe("the list of missions", () => {
  interface List {
    items: Mission[];
    next: string | null;
    previous: string | null;
    total: number;
  }
  const list = (query = "") => knock<List>(business.slug, { path: `/loyalty/missions/all${query}` }, owner);

  it("is read page by page there and back, and found by name, state and tier", async () => {
    for (const name of ["Paged apple", "Paged pear", "Paged plum"]) await make({ name });
    const first = (await list("?q=PAGED&limit=2")).data;
    expect(first).toMatchObject({ total: 3, previous: null });
    expect(first.items.map(({ name }) => name)).toEqual(["Paged apple", "Paged pear"]);
    const second = (await list(`?q=paged&limit=2&cursor=${first.next}`)).data;
    expect([second.items.map(({ name }) => name), second.next]).toEqual([["Paged plum"], null]);
    const back = (await list(`?q=paged&limit=2&cursor=${second.previous}`)).data;
    expect([back.items.map(({ name }) => name), back.previous]).toEqual([
      ["Paged apple", "Paged pear"],
      null,
    ]);
    expect((await list("?q=paged&state=published")).data.total).toBe(0);
    expect((await list("?q=paged&state=published&state=draft&tier=every")).data.total).toBe(3);
    expect((await list(`?q=paged&tier=${nobody}`)).data.total).toBe(0);
  });

  it("refuses what is no filter and no page", async () => {
    expect(fieldsOf(await list("?state=unheard"))).toEqual(["state"]);
    expect(fieldsOf(await list("?tier=gold"))).toEqual(["tier"]);
    expect(fieldsOf(await list("?limit=0"))).toEqual(["limit"]);
    const forged = Buffer.from('{"rank":"x"}').toString("base64url");
    for (const cursor of ["nonsense", forged])
      expect([cursor, (await list(`?cursor=${cursor}`)).status]).toEqual([cursor, 422]);
  });
});
