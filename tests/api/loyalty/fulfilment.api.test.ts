import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { call, signIn, stackSql, type SignedIn } from "../../support/stack";

interface Claim {
  id: string;
  state: string;
  code: string | null;
  gift: { trackingLink: string | null; line1: string } | null;
  history: { to: string; by: string; name: string | null }[];
}
interface Bulk {
  done: number;
  refused: number;
  outcomes: { id: string; isDone: boolean; message: string | null }[];
}

let business: OwnBusiness;
let owner: SignedIn;
let creator: string;
let other: string;
let claim: string;
const nobody = randomUUID();
const address = {
  recipient: "Cleo C",
  line1: "2 Mill Lane",
  city: "Exeter",
  postalCode: "03833",
  country: "US",
};

const step = (id: string, body: object, as: SignedIn | null = owner) =>
  knock<{ id: string; state: string }>(business.slug, { path: `/loyalty/redemptions/${id}/steps`, body }, as);
const read = async (id: string, as = owner) =>
  (await knock<Claim>(business.slug, { path: `/loyalty/redemptions/${id}` }, as)).data;

beforeAll(async () => {
  business = await ownBusiness({
    owner: "Olga Own",
    manager: "Max Man",
    support: "Sue Port",
    creator: "Cleo Create",
    customer: "Ona Other",
  });
  owner = await ownerOf(business);
  creator = await creatorFor(business, "cleo");
  other = await creatorFor(business, "ona", "customer");
  claim = await claimFor(business, creator);
}, 180_000);

/** What each person is answered, in this order: creator, support, another business's owner, signed out. */
const doors: [string, () => Door, [number, number, number, number]][] = [
  ["the work", () => ({ path: "/loyalty/work" }), [403, 200, 404, 401]],
  ["the claims", () => ({ path: "/loyalty/redemptions" }), [403, 200, 404, 401]],
  ["the export", () => ({ path: "/loyalty/redemptions/export" }), [403, 200, 404, 401]],
  ["her own claim", () => ({ path: `/loyalty/redemptions/${claim}` }), [200, 200, 404, 401]],
  ["a claim that is not there", () => ({ path: `/loyalty/redemptions/${nobody}` }), [404, 404, 404, 401]],
  [
    "a step",
    () => ({ path: `/loyalty/redemptions/${claim}/steps`, body: { step: "fulfil" } }),
    [403, 403, 404, 401],
  ],
  [
    "many steps",
    () => ({ path: "/loyalty/redemptions/steps", body: { step: "fulfil", items: [{ id: claim }] } }),
    [403, 403, 404, 401],
  ],
  [
    "an address of a claim without a gift",
    () => ({ method: "PUT", path: `/loyalty/redemptions/${claim}/address`, body: address }),
    [409, 404, 404, 401],
  ],
];
const askers: Asker[] = ["creator", "support", "stranger", "signed out"];

describe("who is answered what about claims", () => {
  it.each(doors)("%s", async (_name, door, statuses) => {
    const answers = await Promise.all(
      askers.map(async (who) => (await knock(business.slug, door(), await asker(who, business))).status),
    );
    expect(answers).toEqual(statuses);
  });

  it("hides another creator's claim from a creator", async () => {
    const theirs = await claimFor(business, other);
    const as = await signIn(business.email("creator"));
    expect((await knock(business.slug, { path: `/loyalty/redemptions/${theirs}` }, as)).status).toBe(404);
    const gift = await claimFor(business, other, { kind: "physical_gift" });
    const change = { method: "PUT", path: `/loyalty/redemptions/${gift}/address`, body: address };
    expect((await knock(business.slug, change, as)).status).toBe(404);
  });

  it("is nothing while the program is off", async () => {
    await whileOff(business, "loyalty", async () => {
      for (const [name, door] of doors)
        expect((await knock(business.slug, door(), owner)).status, name).toBe(404);
    });
  });
});

describe("a claim over the API", () => {
  it("is fulfilled with a code only its readers see, taken back, and refused once it moved", async () => {
    const id = await claimFor(business, creator);
    const done = await replays(
      business.slug,
      {
        path: `/loyalty/redemptions/${id}/steps`,
        body: { step: "fulfil", from: "claimed", code: "ABCD-1234", reference: "TX-1" },
      },
      owner,
    );
    expect(done.data).toEqual({ id, state: "fulfilled" });
    expect((await read(id)).code).toBe("ABCD-1234");
    expect((await read(id, await signIn(business.email("creator")))).code).toBe("ABCD-1234");
    expect((await read(id, await signIn(business.email("support")))).code).toBeNull();
    // At rest it is sealed, and nothing that keeps answers or changes has it.
    const kept = await stackSql<{ n: string }>(
      `select (select count(*) from public.loyalty_redemption_codes where envelope like '%ABCD%')
            + (select count(*) from public.core_audit_log where coalesce(after, '{}')::text like '%ABCD-1234%') as n`,
    );
    expect(kept[0]?.n).toBe("0");
    const late = await step(id, { step: "reject", from: "claimed", reason: "Too late" });
    expect([late.status, late.error?.code]).toEqual([409, "STALE"]);
    expect(late.error?.message).toContain("fulfilled now, by Olga Own");
    expect((await step(id, { step: "undo", from: "fulfilled" })).data.state).toBe("claimed");
    expect((await read(id)).code).toBeNull();
  });

  it("is shipped with a tracking link, its address until then", async () => {
    const id = await claimFor(business, creator, { kind: "physical_gift" });
    const as = await signIn(business.email("creator"));
    const path = `/loyalty/redemptions/${id}/address`;
    expect((await knock(business.slug, { method: "PUT", path, body: address }, as)).status).toBe(200);
    expect((await read(id)).gift?.line1).toBe("2 Mill Lane");
    expect(
      (await step(id, { step: "ship", carrier: "ups", trackingNumber: "1Z 999 AA1 01 2345 6784" })).status,
    ).toBe(200);
    expect((await read(id, as)).gift?.trackingLink).toBe(
      "https://www.ups.com/track?tracknum=1Z999AA10123456784",
    );
    expect((await knock(business.slug, { method: "PUT", path, body: address }, as)).status).toBe(409);
    expect((await step(id, { step: "deliver" })).data.state).toBe("concluded");
    expect((await read(id)).history.map(({ to, by }) => [to, by])).toEqual([
      ["claimed", "system"],
      ["fulfilled", "you"],
      ["concluded", "you"],
    ]);
  });

  it.each<[string, object, string[]]>([
    ["no step", { step: "dance" }, ["step"]],
    ["no reason", { step: "reject" }, ["reason"]],
    ["a short reason", { step: "reject", reason: " x " }, ["reason"]],
    ["no carrier", { step: "ship", trackingNumber: "1" }, ["carrier"]],
    [
      "another carrier's number",
      { step: "ship", carrier: "fedex", trackingNumber: "1Z999AA10123456784" },
      ["trackingNumber"],
    ],
    ["an unknown state", { step: "fulfil", from: "lost" }, ["from"]],
    ["a long code", { step: "fulfil", code: "x".repeat(201) }, ["code"]],
  ])("is refused with %s", async (_name, body, fields) => {
    const answer = await step(claim, body);
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, fields]);
  });

  it("waits for its hold, and a wrong id is no fault of ours", async () => {
    const held = await claimFor(business, creator, { isHeld: true });
    const answer = await step(held, { step: "fulfil" });
    expect([answer.status, answer.error?.code]).toEqual([409, "ON_HOLD"]);
    expect((await step(nobody, { step: "fulfil" })).status).toBe(404);
    expect((await step("not-an-id", { step: "fulfil" })).status).toBe(404);
  });
});

describe("many claims at once", () => {
  it("each has its own outcome", async () => {
    const [good, gift, held] = [
      await claimFor(business, creator),
      await claimFor(business, creator, { kind: "physical_gift" }),
      await claimFor(business, creator, { isHeld: true }),
    ];
    const body = { step: "fulfil", items: [good, gift, held, nobody].map((id) => ({ id, from: "claimed" })) };
    const answer = await knock<Bulk>(business.slug, { path: "/loyalty/redemptions/steps", body }, owner);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.data).toMatchObject({ done: 1, refused: 3 });
    const messages = new Map(answer.data.outcomes.map(({ id, message }) => [id, message]));
    expect(messages.get(good)).toBeNull();
    expect(messages.get(gift)).toBe("Ship this gift with its carrier instead.");
    expect(messages.get(held)).toContain("on hold");
    expect(messages.get(nobody)).toContain("could not find");
    expect((await read(gift)).state).toBe("claimed");
  });

  it.each<[string, object, string]>([
    ["none", { step: "fulfil", items: [] }, "items"],
    ["too many", { step: "fulfil", items: Array.from({ length: 201 }, () => ({ id: nobody })) }, "items"],
    ["a rejection without a reason", { step: "reject", items: [{ id: nobody }] }, "reason"],
    ["shipping", { step: "ship", items: [{ id: nobody }] }, "step"],
  ])("refuses %s", async (_name, body, field) => {
    const answer = await knock(business.slug, { path: "/loyalty/redemptions/steps", body }, owner);
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, [field]]);
  });
});

describe("the lists", () => {
  it("page the work by time left and filter it", async () => {
    const late = await claimFor(business, creator, { due: -3, name: "Late card" });
    const { data } = await knock<{ items: { id: string; urgency: string }[]; next: string | null }>(
      business.slug,
      { path: "/loyalty/work?limit=1" },
      owner,
    );
    expect(data.items).toMatchObject([{ id: late, urgency: "overdue" }]);
    const next = await knock<{ items: { id: string }[] }>(
      business.slug,
      { path: `/loyalty/work?limit=200&kinds=instant&cursor=${data.next}` },
      owner,
    );
    expect(next.data.items.map(({ id }) => id)).not.toContain(late);
    expect((await knock(business.slug, { path: "/loyalty/work?kinds=nonsense" }, owner)).status).toBe(422);
    expect((await knock(business.slug, { path: "/loyalty/work?cursor=zzz" }, owner)).status).toBe(422);
  });

  it("search claims, and leave as text that no spreadsheet runs", async () => {
    await claimFor(business, other, { name: "=2+3" });
    const found = await knock<{ items: { handle: string }[]; total: number }>(
      business.slug,
      { path: "/loyalty/redemptions?q=@ON&states=claimed&sources=tier" },
      owner,
    );
    expect(new Set(found.data.items.map(({ handle }) => handle))).toEqual(new Set(["ona"]));
    const file = await call(`/api/${business.slug}/loyalty/redemptions/export?q=ona`, { as: owner });
    expect(file.headers.get("content-disposition")).toContain(`${business.slug}-claims.csv`);
    expect(file.text).toContain("'=2+3");
    expect(file.text.trimEnd().split("\r\n")).toHaveLength(found.data.total + 1);
  });
});
