import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { fieldsOf, knock, replays } from "../../support/doors";
import { signIn, stackSql, type SignedIn } from "../../support/stack";

interface Tier {
  id: string;
  name: string;
  threshold: number;
  commissionBp: number;
  color: string;
}
interface Claim {
  id: string;
  handle: string;
  state: string;
  rejectReason: string | null;
}

let business: OwnBusiness;
let owner: SignedIn;
let manager: SignedIn;
/** A login of another business, which may ask for a handle here as anybody may. */
let stranger: SignedIn;

const ask = (handle: string, as: SignedIn | null = stranger) =>
  knock<{ id: string }>(
    business.slug,
    { path: "/loyalty/handle-claims", body: { handle, evidenceText: "It is on my profile, see there." } },
    as,
  );
const decide = (id: string, body: object, as = owner) =>
  knock<{ creatorId: string | null }>(
    business.slug,
    { path: `/loyalty/handle-claims/${id}/decide`, body },
    as,
  );
const mine = async (as: SignedIn | null = stranger) => {
  const answer = await knock<{ items: Claim[] }>(business.slug, { path: "/loyalty/handle-claims/mine" }, as);
  expect(answer.status, answer.text).toBe(200);
  return answer.data.items;
};

beforeAll(async () => {
  business = await ownBusiness({ owner: "Olga Own", manager: "Max Man", creator: "Cleo Create" });
  owner = await ownerOf(business);
  manager = await signIn(business.email("manager"));
  stranger = await signIn("owner@hearth.test");
  await creatorFor(business, "cleo");
}, 120_000);

describe("the tiers", () => {
  const path = "/loyalty/tiers";
  const ladder = async () =>
    (await knock<{ tiers: Tier[]; metric: string }>(business.slug, { path }, owner)).data;
  const draft = ({ id, name, color, threshold, commissionBp }: Tier) => ({
    id,
    name,
    color,
    threshold,
    commissionBp,
  });

  it("are previewed without being saved", async () => {
    const { tiers } = await ladder();
    const changed = tiers.map((tier, at) => ({ ...draft(tier), threshold: tier.threshold + at * 100 }));
    const preview = await knock(business.slug, { path: `${path}/preview`, body: { tiers: changed } }, owner);
    expect(preview.data).toMatchObject({ creators: 1, rises: 0, falls: 0 });
    expect((await ladder()).tiers).toEqual(tiers);
  });

  it("are saved by the owner, once a key, and not by a manager", async () => {
    const { tiers } = await ladder();
    const body = { tiers: tiers.map((tier, at) => ({ ...draft(tier), name: `Step ${at}` })) };
    expect((await knock(business.slug, { method: "PUT", path, body }, manager)).status).toBe(403);
    await replays(business.slug, { method: "PUT", path, body }, owner);
    expect((await ladder()).tiers.map(({ name }) => name)).toEqual(body.tiers.map(({ name }) => name));
  });

  it("climb: a threshold that is not above the one before is refused", async () => {
    const { tiers } = await ladder();
    const body = { tiers: tiers.map((tier) => ({ ...draft(tier), threshold: 0 })) };
    expect((await knock(business.slug, { method: "PUT", path, body }, owner)).status).toBe(422);
  });
});

describe("the settings", () => {
  const path = "/loyalty/settings";
  const patch = (body: object, as = owner) => knock(business.slug, { method: "PATCH", path, body }, as);

  it("change one by one, by the owner alone", async () => {
    expect((await patch({ fallGuardPercent: 30 })).data).toMatchObject({ fallGuardPercent: 30 });
    expect((await knock(business.slug, { path }, owner)).data).toMatchObject({ fallGuardPercent: 30 });
    expect((await patch({ fallGuardPercent: 40 }, manager)).status).toBe(403);
  });

  it("take no zone that is none", async () => {
    expect(fieldsOf(await patch({ syncTimeZone: "Atlantis/Centre" }))).toEqual(["syncTimeZone"]);
  });

  it("keep the metric once there are figures", async () => {
    const [creator] = await stackSql<{ id: string }>(
      "select id from public.loyalty_creators where client_id = $1",
      [business.id],
    );
    const body = { kind: "bonus", amount: 500, effectiveOn: "2026-11-01", reason: "A good week" };
    const added = await knock(
      business.slug,
      { path: `/loyalty/creators/${creator?.id}/adjustments`, body },
      owner,
    );
    expect(added.status, added.text).toBe(200);
    expect((await knock(business.slug, { path }, owner)).data).toMatchObject({
      metric: "sales",
      isMetricFixed: true,
    });
    expect([409, 422]).toContain((await patch({ metric: "units" })).status);
    expect((await knock(business.slug, { path }, owner)).data).toMatchObject({ metric: "sales" });
  });
});

describe("asking for a handle", () => {
  it("needs a login, and one that is there for the business", async () => {
    expect((await ask("anything", null)).status).toBe(401);
    const elsewhere = await knock(
      "no-such-business",
      { path: "/loyalty/handle-claims", body: { handle: "x", evidenceText: "It is on my profile." } },
      stranger,
    );
    expect(elsewhere.status).toBe(404);
  });

  it("is answered alike for a known and an unknown handle, replaces the request before, and is taken back once", async () => {
    const [known, unknown] = [await ask("cleo"), await ask("nobody.sells.so")];
    expect([known.status, unknown.status], known.text + unknown.text).toEqual([200, 200]);
    expect(Object.keys(known.data)).toEqual(Object.keys(unknown.data));
    expect((await mine()).map(({ handle, state }) => `${handle} ${state}`)).toEqual(
      expect.arrayContaining(["cleo withdrawn", "nobody.sells.so pending"]),
    );
    expect(await mine(await signIn(business.email("creator")))).toEqual([]);
    const withdraw = (id: string, as: SignedIn) =>
      knock(business.slug, { method: "POST", path: `/loyalty/handle-claims/${id}/withdraw` }, as);
    expect((await withdraw(unknown.data.id, owner)).status).toBe(404);
    expect((await withdraw(unknown.data.id, stranger)).status).toBe(200);
    expect((await withdraw(unknown.data.id, stranger)).status).toBe(404);
    expect((await decide(unknown.data.id, { decision: "approve" })).status).toBe(409);
  });

  it("is rejected once, with a reason the person reads", async () => {
    const { data } = await ask("not.yours");
    const body = { decision: "reject", reason: "The profile names someone else." };
    expect((await decide(data.id, body)).data).toEqual({ creatorId: null });
    expect((await decide(data.id, body)).status).toBe(409);
    expect((await decide(data.id, { decision: "approve" })).status).toBe(409);
    expect(await mine()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: data.id, state: "rejected", rejectReason: body.reason }),
      ]),
    );
  });

  it("is approved once a key, and lets the person in", async () => {
    const { data } = await ask("brand.new");
    const inside = () =>
      knock<{ creator: { handle: string } | null }>(business.slug, { path: "/loyalty/home" }, stranger);
    expect((await inside()).status).toBe(404);
    const door = { path: `/loyalty/handle-claims/${data.id}/decide`, body: { decision: "approve" } };
    await replays(business.slug, door, manager);
    expect((await decide(data.id, { decision: "approve" })).status).toBe(409);
    expect((await inside()).data.creator?.handle).toBe("brand.new");
  });

  it("is nothing one decides for oneself, nor anything that is not there", async () => {
    const own = await ask("managers.own", manager);
    expect((await decide(own.data.id, { decision: "approve" }, manager)).status).toBe(403);
    expect((await decide(randomUUID(), { decision: "approve" })).status).toBe(404);
  });
});
