import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, whileOff, type Asker, type Door } from "../../support/doors";
import { type SignedIn } from "../../support/stack";

let business: OwnBusiness;
let owner: SignedIn;
let creator: string;
let other: string;
const nobody = randomUUID();

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
}, 120_000);

const adjustment = { kind: "bonus", amount: 100, effectiveOn: "2026-11-01", reason: "A good week" };
const tiers = [0, 100_000, 200_000].map((threshold, at) => ({
  name: `Step ${at}`,
  color: "#123456",
  threshold,
  commissionBp: 1000,
}));

/** What each person is answered, in this order: creator, support, another business's owner, signed out. */
const table: [string, () => Door, [number, number, number, number]][] = [
  ["the creator's home", () => ({ path: "/loyalty/home" }), [200, 200, 404, 401]],
  ["the owner's overview", () => ({ path: "/loyalty/home/admin" }), [403, 200, 404, 401]],
  ["the tiers", () => ({ path: "/loyalty/tiers" }), [200, 200, 404, 401]],
  ["saving tiers", () => ({ method: "PUT", path: "/loyalty/tiers", body: { tiers } }), [403, 403, 404, 401]],
  ["the preview", () => ({ path: "/loyalty/tiers/preview", body: { tiers } }), [403, 403, 404, 401]],
  ["the creators", () => ({ path: "/loyalty/creators" }), [403, 200, 404, 401]],
  ["adding a creator", () => ({ path: "/loyalty/creators", body: { handle: "x" } }), [403, 403, 404, 401]],
  ["the export", () => ({ path: "/loyalty/creators/export" }), [403, 200, 404, 401]],
  ["oneself", () => ({ path: `/loyalty/creators/${creator}` }), [200, 200, 404, 401]],
  ["another creator", () => ({ path: `/loyalty/creators/${other}` }), [404, 200, 404, 401]],
  ["a creator who is not there", () => ({ path: `/loyalty/creators/${nobody}` }), [404, 404, 404, 401]],
  ["own videos", () => ({ path: `/loyalty/creators/${creator}/videos` }), [200, 200, 404, 401]],
  ["another's videos", () => ({ path: `/loyalty/creators/${other}/videos` }), [404, 200, 404, 401]],
  ["own decisions", () => ({ path: `/loyalty/creators/${creator}/decisions` }), [200, 200, 404, 401]],
  ["another's decisions", () => ({ path: `/loyalty/creators/${other}/decisions` }), [404, 200, 404, 401]],
  ["own adjustments", () => ({ path: `/loyalty/creators/${creator}/adjustments` }), [200, 200, 404, 401]],
  ["another's adjustments", () => ({ path: `/loyalty/creators/${other}/adjustments` }), [404, 200, 404, 401]],
  [
    "adjusting",
    () => ({ path: `/loyalty/creators/${creator}/adjustments`, body: adjustment }),
    [403, 403, 404, 401],
  ],
  [
    "taking an adjustment back",
    () => ({
      path: `/loyalty/creators/${creator}/adjustments/${nobody}/reverse`,
      body: { reason: "Typed twice" },
    }),
    [403, 403, 404, 401],
  ],
  [
    "a step with a creator",
    () => ({ path: `/loyalty/creators/${creator}/steps`, body: { step: "archive" } }),
    [403, 403, 404, 401],
  ],
  ["the settings", () => ({ path: "/loyalty/settings" }), [403, 403, 404, 401]],
  [
    "changing settings",
    () => ({ method: "PATCH", path: "/loyalty/settings", body: { fallGuardPercent: 30 } }),
    [403, 403, 404, 401],
  ],
  ["the requests for a handle", () => ({ path: "/loyalty/handle-claims" }), [403, 403, 404, 401]],
  [
    "deciding about one",
    () => ({ path: `/loyalty/handle-claims/${nobody}/decide`, body: { decision: "approve" } }),
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

  it("does not adjust a creator who is not there", async () => {
    const path = `/loyalty/creators/${nobody}/adjustments`;
    expect((await knock(business.slug, { path, body: adjustment }, owner)).status).toBe(404);
  });

  it("is the same for a business whose program is off as for one that is not there", async () => {
    await whileOff(business, "loyalty", async () => {
      for (const [name, door] of table)
        expect((await knock(business.slug, door(), owner)).status, name).toBe(404);
    });
    expect((await knock(business.slug, { path: "/loyalty/home" }, owner)).status).toBe(200);
  });
});

describe("what does not fit", () => {
  it.each<[string, () => Door, string[]]>([
    ["two tiers", () => ({ path: "/loyalty/tiers/preview", body: { tiers: tiers.slice(1) } }), ["tiers"]],
    [
      "a tier without a name",
      () => ({
        method: "PUT",
        path: "/loyalty/tiers",
        body: { tiers: [{ ...tiers[0], name: " " }, ...tiers.slice(1)] },
      }),
      ["tiers.0.name"],
    ],
    ["an order nobody offers", () => ({ path: "/loyalty/creators?sort=luck" }), ["sort"]],
    ["a page of a thousand", () => ({ path: "/loyalty/creators?limit=1000" }), ["limit"]],
    [
      "a handle with a space",
      () => ({ path: "/loyalty/creators", body: { handle: "two words" } }),
      ["handle"],
    ],
    ["a handle that is taken", () => ({ path: "/loyalty/creators", body: { handle: "CLEO" } }), ["handle"]],
    ["a day that is none", () => ({ path: `/loyalty/creators/${creator}/videos?from=2026-02-31` }), ["from"]],
    [
      "a fixed tier without a reason",
      () => ({
        path: `/loyalty/creators/${creator}/steps`,
        body: { step: "pin", tierId: nobody, reason: "" },
      }),
      ["reason"],
    ],
    [
      "an hour that is none",
      () => ({ method: "PATCH", path: "/loyalty/settings", body: { syncTime: "25:00" } }),
      ["syncTime"],
    ],
    [
      "a rejection without a reason",
      () => ({ path: `/loyalty/handle-claims/${nobody}/decide`, body: { decision: "reject", reason: "" } }),
      ["reason"],
    ],
    [
      "a request without evidence",
      () => ({ path: "/loyalty/handle-claims", body: { handle: "cleo" } }),
      ["evidenceText"],
    ],
    [
      "evidence without https",
      () => ({
        path: "/loyalty/handle-claims",
        body: { handle: "cleo", evidenceUrl: "javascript:alert(1)" },
      }),
      ["evidenceUrl"],
    ],
  ])("%s is refused, and the field named", async (_name, door, fields) => {
    const answer = await knock(business.slug, door(), owner);
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, fields]);
  });

  it.each(["rubbish", "eyJhIjoxfQ"])("a cursor nobody gave out (%s) is refused", async (cursor) => {
    expect(
      (await knock(business.slug, { path: `/loyalty/creators?cursor=${cursor}` }, owner)).status,
    ).toBeGreaterThanOrEqual(400);
  });
});
