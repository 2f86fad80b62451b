import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { signIn, stackSql, type SignedIn } from "../../support/stack";

interface Reward {
  id: string;
  name: string;
  state: string;
  revision: number;
  openOffers: number;
  limits: { stockTotal: number | null; reservedCount: number };
}
interface Mine {
  rewards: { id: string; status: string }[];
  redemptions: { id: string; name: string }[];
}

let business: OwnBusiness;
let owner: SignedIn;
let creator: SignedIn;
let creatorId: string;

const card = { kind: "gift_card", name: "$25 gift card", valueAmount: 2500, unitCost: 2500 };
const path = "/loyalty/rewards";
const make = async (draft: object = {}) => {
  const answer = await knock<Reward>(business.slug, { path, body: { ...card, ...draft } }, owner);
  expect(answer.status, answer.text).toBe(201);
  return answer.data;
};
const step = (id: string, name: string, revision?: number, as = owner) =>
  knock<Reward>(business.slug, { path: `${path}/${id}/steps`, body: { step: name, revision } }, as);
const published = async (draft: object = {}) => {
  const { id } = await make(draft);
  expect((await step(id, "publish")).status).toBe(200);
  return id;
};
const mine = async (as = creator) => (await knock<Mine>(business.slug, { path: `${path}/mine` }, as)).data;

beforeAll(async () => {
  business = await ownBusiness({ owner: "Olga Own", support: "Sam Help", creator: "Cleo Create" });
  owner = await ownerOf(business);
  creator = await signIn(business.email("creator"));
  creatorId = await creatorFor(business, "cleo");
  await stackSql("update public.loyalty_creators set total_videos = 3 where id = $1", [creatorId]);
}, 120_000);

describe("a reward", () => {
  it("is made once a key, read, changed, copied and published", async () => {
    const made = (await replays(business.slug, { path, body: card }, owner)).data as Reward;
    expect(made).toMatchObject({ state: "draft", revision: expect.any(Number) });
    const edit = { revision: made.revision, draft: { ...card, name: "$30 gift card" } };
    const changed = await knock<Reward>(
      business.slug,
      { method: "PUT", path: `${path}/${made.id}`, body: edit },
      owner,
    );
    expect(changed.data).toMatchObject({ name: "$30 gift card" });
    const late = await knock(business.slug, { method: "PUT", path: `${path}/${made.id}`, body: edit }, owner);
    expect([late.status, late.error?.code]).toEqual([409, "STALE"]);
    expect(late.error?.message).toMatch(/changed meanwhile/);
    expect((await step(made.id, "publish", made.revision)).status).toBe(409);
    expect((await step(made.id, "publish", changed.data.revision)).data).toMatchObject({
      state: "published",
      openOffers: 1,
    });
    const copy = await knock<Reward>(
      business.slug,
      { path: `${path}/${made.id}/duplicate`, body: {} },
      owner,
    );
    expect([copy.status, copy.data.name, copy.data.state]).toEqual([201, "$30 gift card (copy)", "draft"]);
    expect((await mine()).rewards).toMatchObject([{ id: made.id, status: "available" }]);
    await step(made.id, "archive");
    expect((await mine()).rewards).toEqual([]);
  });

  it("keeps its stock above what is claimed, and says so beside the field", async () => {
    const id = await published({ stockTotal: 5 });
    const claimed = await knock(business.slug, { path: `${path}/${id}/claim`, body: {} }, creator);
    expect(claimed.status, claimed.text).toBe(200);
    const { data } = await knock<Reward>(business.slug, { path: `${path}/${id}` }, owner);
    expect(data.limits.reservedCount).toBe(1);
    const lower = await knock(
      business.slug,
      {
        method: "PUT",
        path: `${path}/${id}`,
        body: { revision: data.revision, draft: { ...card, stockTotal: 0 } },
      },
      owner,
    );
    expect([lower.status, fieldsOf(lower)]).toEqual([422, ["stockTotal"]]);
    expect(lower.error?.message).toBe(
      "1 are claimed already (1 waiting, 0 fulfilled): the stock cannot be lower than that.",
    );
    await stackSql(
      "update public.loyalty_redemptions set state = 'rejected', rejected_at = now(), rejection_reason = 'Sent twice' where reward_id = $1",
      [id],
    );
    const history = await knock<{ items: { outcome: string; text: string[] }[]; next: string | null }>(
      business.slug,
      { path: `${path}/history` },
      creator,
    );
    expect(history.data.items[0]).toMatchObject({
      outcome: "rejected",
      text: expect.arrayContaining(["The reason: Sent twice"]),
    });
    await step(id, "archive");
  });

  it.each([
    [{ kind: "voucher" }, ["kind"]],
    [{ name: "" }, ["name"]],
    [{ valueAmount: -1 }, ["valueAmount"]],
    [{ valueAmount: "ten" }, ["valueAmount"]],
    [{ quantity: 99 }, ["quantity"]],
    [
      { kind: "discount", discountPercent: 20, discountMinutes: 60, valueAmount: 0, couponCode: "glow 20" },
      ["couponCode"],
    ],
    [{ tierId: randomUUID() }, ["tierId"]],
    [{ sizes: ["M"] }, ["sizes"]],
    [{ tag: "Not A Tag" }, ["tag"]],
    [{ stockTotal: 1e12 }, ["stockTotal"]],
    [{ description: "x".repeat(501) }, ["description"]],
  ])("with %j is refused at the field", async (patch, expected) => {
    const answer = await knock(business.slug, { path, body: { ...card, ...patch } }, owner);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, expected]);
  });

  it("is listed by pages that hold each once, filtered by state and kind", async () => {
    for (const name of ["One", "Two", "Three"])
      await make({ name: `${name} of a page`, kind: "experience", valueAmount: 0 });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `?kind=experience&state=draft&limit=2${cursor ? `&cursor=${cursor}` : ""}`;
      const { data } = await knock<{ items: Reward[]; next: string | null; total: number }>(
        business.slug,
        { path: path + query },
        owner,
      );
      expect(data.total).toBe(3);
      seen.push(...data.items.map(({ name }) => name));
      cursor = data.next;
    } while (cursor);
    expect(seen.sort()).toEqual(["One of a page", "Three of a page", "Two of a page"]);
    const wrong = await knock(business.slug, { path: `${path}?cursor=nonsense` }, owner);
    expect([wrong.status, wrong.error?.code]).toEqual([422, "INVALID_CURSOR"]);
  });

  it("counts whom it would reach", async () => {
    const { data } = await knock<{ reached: number }>(business.slug, { path: `${path}/reach` }, owner);
    expect(data.reached).toBe(1);
    const tagged = await knock<{ reached: number }>(business.slug, { path: `${path}/reach?tag=vip` }, owner);
    expect(tagged.data.reached).toBe(0);
  });
});

describe("the calendar file of a claim", () => {
  it("is the creator's and her business's, keeps its name, and takes the event out once it is turned down", async () => {
    const id = await published({
      kind: "commission_boost",
      name: "5% boost",
      valueAmount: 0,
      unitCost: 0,
      boostBp: 500,
      boostDays: 7,
    });
    const slots = await knock<{
      days: { date: string; reason: string | null; slots: { startsAt: string }[] }[];
    }>(business.slug, { path: `${path}/slots?kind=commission_boost` }, creator);
    const day = slots.data.days.find(({ reason }) => reason === null)!;
    const claim = await knock<{ id: string }>(
      business.slug,
      { path: `${path}/${id}/claim`, body: { schedule: { date: day.date } } },
      creator,
    );
    const door = { path: `/loyalty/redemptions/${claim.data.id}/calendar.ics` };
    const file = await knock(business.slug, door, creator);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    const start = new Date(day.slots[0]!.startsAt).toISOString().replace(/[-:]|\.\d{3}/g, "");
    expect(file.text).toContain(`DTSTART:${start}\r\n`);
    expect(file.text).toContain(`UID:loyalty-redemption-${claim.data.id}@portico\r\nSEQUENCE:0\r\n`);
    expect((await knock(business.slug, door, owner)).status).toBe(200);
    const rejected = await knock(
      business.slug,
      {
        path: `/loyalty/redemptions/${claim.data.id}/steps`,
        body: { step: "reject", reason: "Another day" },
      },
      owner,
    );
    expect(rejected.status, rejected.text).toBe(200);
    const gone = await knock(business.slug, door, creator);
    expect(gone.text).toMatch(/METHOD:CANCEL\r\n/);
    expect(gone.text).toContain(`UID:loyalty-redemption-${claim.data.id}@portico\r\nSEQUENCE:1\r\n`);
    const card = await published();
    const plain = await knock<{ id: string }>(
      business.slug,
      { path: `${path}/${card}/claim`, body: {} },
      creator,
    );
    expect(
      (await knock(business.slug, { path: `/loyalty/redemptions/${plain.data.id}/calendar.ics` }, creator))
        .status,
    ).toBe(404);
  });
});

describe("the doors of rewards", () => {
  const nobody = randomUUID();
  /** Status by who asks; the owner's answers are above. */
  const doors: [Door, Record<Asker, number>][] = [
    [{ path }, { creator: 403, support: 200, stranger: 404, "signed out": 401 }],
    [
      { path, body: card },
      { creator: 403, support: 403, stranger: 404, "signed out": 401 },
    ],
    [{ path: `${path}/${nobody}` }, { creator: 403, support: 404, stranger: 404, "signed out": 401 }],
    [
      { method: "PUT", path: `${path}/${nobody}`, body: { revision: 1, draft: card } },
      { creator: 403, support: 403, stranger: 404, "signed out": 401 },
    ],
    [
      { path: `${path}/${nobody}/steps`, body: { step: "publish" } },
      { creator: 403, support: 403, stranger: 404, "signed out": 401 },
    ],
    [
      { path: `${path}/${nobody}/duplicate`, body: {} },
      { creator: 403, support: 403, stranger: 404, "signed out": 401 },
    ],
    [{ path: `${path}/reach` }, { creator: 403, support: 403, stranger: 404, "signed out": 401 }],
    [{ path: `${path}/mine` }, { creator: 200, support: 403, stranger: 404, "signed out": 401 }],
    [{ path: `${path}/history` }, { creator: 200, support: 403, stranger: 404, "signed out": 401 }],
    [{ path: `${path}/tiers` }, { creator: 200, support: 403, stranger: 404, "signed out": 401 }],
    [
      { path: `/loyalty/redemptions/${nobody}/calendar.ics` },
      { creator: 404, support: 404, stranger: 404, "signed out": 401 },
    ],
  ];
  const name = ({ method, path: at, body }: Door) =>
    `${method ?? (body ? "POST" : "GET")} ${at.replace(nobody, "[id]")}`;

  it.each(doors.map(([door, expected]) => [name(door), door, expected] as const))(
    "%s",
    async (_name, door, expected) => {
      for (const who of Object.keys(expected) as Asker[]) {
        const answer = await knock(business.slug, door, await asker(who, business));
        expect(`${who} ${answer.status}`).toBe(`${who} ${expected[who]}`);
      }
    },
  );

  it("open to nobody while the program is off", async () => {
    await whileOff(business, "loyalty", async () => {
      expect((await knock(business.slug, { path }, owner)).status).toBe(404);
      expect((await knock(business.slug, { path: `${path}/mine` }, creator)).status).toBe(404);
    });
  });

  it("lead into no other business: an id of there is nothing here", async () => {
    const [other] = await stackSql<{ id: string }>(
      "select r.id from public.loyalty_rewards r join public.clients c on c.id = r.client_id where c.slug = 'glow' limit 1",
    );
    expect((await knock(business.slug, { path: `${path}/${other!.id}` }, owner)).status).toBe(404);
    expect((await step(other!.id, "pause")).status).toBe(404);
    const edit = { revision: 1, draft: card };
    expect(
      (await knock(business.slug, { method: "PUT", path: `${path}/${other!.id}`, body: edit }, owner)).status,
    ).toBe(404);
    const [theirs] = await stackSql<{ id: string }>(
      "select t.id from public.loyalty_tiers t join public.clients c on c.id = t.client_id where c.slug = 'glow' limit 1",
    );
    const borrowed = await knock(business.slug, { path, body: { ...card, tierId: theirs!.id } }, owner);
    expect([borrowed.status, fieldsOf(borrowed)]).toEqual([422, ["tierId"]]);
  });
});
