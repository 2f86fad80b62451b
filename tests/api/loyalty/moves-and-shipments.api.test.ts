import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { call, signIn, stackSql, type SignedIn } from "../../support/stack";

interface Slots {
  days: { date: string; slots: { time: string; startsAt: string; reason: string | null }[] }[];
}
interface Moved {
  id: string;
  scheduledAt: string;
}
interface Shipped {
  done: number;
  refused: number;
  outcomes: { id: string; isDone: boolean; field: string | null; message: string | null }[];
}

let business: OwnBusiness;
let owner: SignedIn;
let her: SignedIn;
let creator: string;
let planned: string;
const nobody = randomUUID();
const ups = (no: number) => `1Z999AA1012345${String(6000 + no)}`;
const why = "The shop is closed that day";

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
  her = await signIn(business.email("creator"));
  planned = await claimFor(business, creator, { kind: "discount", startsIn: 2, name: "Autumn discount" });
}, 180_000);

const schedule = (id: string) => `/loyalty/redemptions/${id}/schedule`;
const move = (id: string, body: object, as: SignedIn = owner) =>
  knock<Moved>(business.slug, { method: "PUT", path: schedule(id), body }, as);
const free = async (id: string, skip = 0) => {
  const { data } = await knock<Slots>(business.slug, { path: schedule(id) }, owner);
  return data.days
    .flatMap(({ date, slots }) => slots.map((slot) => ({ date, ...slot })))
    .filter(({ reason }) => reason === null)
    .at(-1 - skip)!;
};

/** What each person is answered, in this order: creator, support, another business's owner, signed out. */
const doors: [string, () => Door, [number, number, number, number]][] = [
  ["where it may be moved to", () => ({ path: schedule(planned) }), [403, 403, 404, 401]],
  [
    "a move",
    () => ({
      method: "PUT",
      path: schedule(planned),
      body: { schedule: { date: "2026-01-01" }, reason: why },
    }),
    [403, 403, 404, 401],
  ],
  ["the packing list", () => ({ path: "/loyalty/redemptions/packing-list" }), [403, 403, 404, 401]],
  [
    "a shipment",
    () => ({
      path: "/loyalty/redemptions/shipments",
      body: { items: [{ id: nobody, trackingNumber: ups(1) }] },
    }),
    [403, 403, 404, 401],
  ],
];
const askers: Asker[] = ["creator", "support", "stranger", "signed out"];

describe("who is answered what about schedules and shipments", () => {
  it.each(doors)("%s", async (_name, door, statuses) => {
    const answers = await Promise.all(
      askers.map(async (who) => (await knock(business.slug, door(), await asker(who, business))).status),
    );
    expect(answers).toEqual(statuses);
  });

  it("is nothing while the program is off", async () => {
    await whileOff(business, "loyalty", async () => {
      for (const [name, door] of doors)
        expect((await knock(business.slug, door(), owner)).status, name).toBe(404);
    });
  });
});

describe("a schedule that is moved", () => {
  it("has a new time in the app and in the calendar file, once however often it is sent", async () => {
    const slot = await free(planned);
    const before = await call(`/api/${business.slug}/loyalty/redemptions/${planned}/calendar.ics`, {
      as: her,
    });
    const body = { schedule: { date: slot.date, time: slot.time }, reason: why };
    const moved = await replays(business.slug, { method: "PUT", path: schedule(planned), body }, owner);
    expect(new Date((moved.data as Moved).scheduledAt).getTime()).toBe(new Date(slot.startsAt).getTime());
    const after = await call(`/api/${business.slug}/loyalty/redemptions/${planned}/calendar.ics`, {
      as: her,
    });
    expect([before.text.match(/SEQUENCE:(\d+)/)?.[1], after.text.match(/SEQUENCE:(\d+)/)?.[1]]).toEqual([
      "0",
      "1",
    ]);
    expect(after.text.match(/UID:.*/)?.[0]).toBe(before.text.match(/UID:.*/)?.[0]);
    const claim = await knock<{ moveReason: string; movedBy: string | null; movedFrom: string }>(
      business.slug,
      { path: `/loyalty/redemptions/${planned}` },
      owner,
    );
    expect(claim.data).toMatchObject({ moveReason: why, movedBy: "Olga Own" });
  });

  it("is refused in a sentence: again, stale, without a reason, on a day there is none, once it began", async () => {
    const slot = await free(planned, 3);
    const body = { schedule: { date: slot.date, time: slot.time }, reason: why };
    const codes = async (patch: object) => {
      const answer = await move(planned, { ...body, ...patch });
      return [answer.status, answer.error?.code];
    };
    expect(await codes({ from: "2020-01-01T00:00:00Z" })).toEqual([409, "STALE"]);
    expect(fieldsOf(await move(planned, { ...body, reason: " x " }))).toEqual(["reason"]);
    expect(fieldsOf(await move(planned, { reason: why }))).toEqual(["schedule"]);
    expect(await codes({ schedule: { date: "2030-02-31", time: "10:00" } })).toEqual([
      422,
      "INVALID_SCHEDULE",
    ]);
    expect(await codes({ schedule: { date: slot.date, time: "03:17" } })).toEqual([422, "INVALID_TIME_SLOT"]);
    const begun = await claimFor(business, creator, { kind: "discount" });
    expect((await move(begun, body)).status).toBe(409);
    expect((await move(nobody, body)).status).toBe(404);
    expect((await move("not-an-id", body)).status).toBe(404);
    const card = await claimFor(business, creator);
    expect((await knock(business.slug, { path: schedule(card) }, owner)).status).toBe(409);
  });
});

describe("a rejection", () => {
  const step = (id: string, body: object) =>
    knock<{ state: string }>(business.slug, { path: `/loyalty/redemptions/${id}/steps`, body }, owner);

  it("is taken back, alone and among many, and refused with its reason once the stock is used", async () => {
    const [one, two] = [await claimFor(business, creator), await claimFor(business, creator)];
    for (const id of [one, two]) await step(id, { step: "reject", reason: "Sent twice" });
    expect((await step(one, { step: "undo", from: "rejected" })).data.state).toBe("claimed");
    await stackSql(
      `update public.loyalty_reward_limits l set stock_total = 0 from public.loyalty_redemptions r
        where r.reward_id = l.reward_id and r.id = $1`,
      [two],
    );
    const late = await step(two, { step: "undo", from: "rejected" });
    expect([late.status, late.error?.code]).toEqual([409, "SOLD_OUT"]);
    const many = await knock<{ done: number; refused: number }>(
      business.slug,
      { path: "/loyalty/redemptions/steps", body: { step: "undo", items: [{ id: two, from: "rejected" }] } },
      owner,
    );
    expect(many.data).toMatchObject({ done: 0, refused: 1 });
  });
});

describe("many gifts", () => {
  const gifts = async (count: number, name = "Tote") => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1)
      ids.push(await claimFor(business, creator, { kind: "physical_gift", name }));
    return ids;
  };
  const ship = (body: object) =>
    knock<Shipped>(business.slug, { path: "/loyalty/redemptions/shipments", body }, owner);
  const carrierOf = async (id: string) =>
    (
      await stackSql<{ carrier: string | null }>(
        "select carrier from public.loyalty_gifts where redemption_id = $1",
        [id],
      )
    )[0]?.carrier;

  it("are shipped by the carrier their numbers belong to; all or none, or the good ones", async () => {
    const [one, two, three] = (await gifts(3)) as [string, string, string];
    const items = [
      { id: one, from: "claimed", trackingNumber: "1Z 999 AA1 01 2345 6784" },
      { id: two, from: "claimed", trackingNumber: "1234 5678 9012" },
      { id: three, from: "claimed", trackingNumber: "9400111899223197428490" },
    ];
    const kept = await ship({ items, save: "all" });
    expect(kept.data).toMatchObject({ done: 0, refused: 3 });
    expect(kept.data.outcomes.find(({ id }) => id === three)).toMatchObject({ field: "carrier" });
    const good = await ship({ items, save: "good" });
    expect(good.data).toMatchObject({ done: 2, refused: 1 });
    expect([await carrierOf(one), await carrierOf(two), await carrierOf(three)]).toEqual([
      "ups",
      "fedex",
      null,
    ]);
    const last = await ship({ items: [{ ...items[2], carrier: "usps" }] });
    expect(last.data).toMatchObject({ done: 1, refused: 0 });
  });

  it.each<[string, object, string]>([
    ["no gifts", { items: [] }, "items"],
    ["too many", { items: Array.from({ length: 201 }, () => ({ id: nobody })) }, "items"],
    ["another way of saving", { items: [{ id: nobody }], save: "some" }, "save"],
  ])("refuse %s", async (_name, body, field) => {
    const answer = await ship(body);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, [field]]);
  });

  it("are on a packing list no spreadsheet runs, and each address read is logged", async () => {
    const [id] = (await gifts(1, "=1+1")) as [string];
    await stackSql("update public.loyalty_gifts set recipient = '@SUM(A1)' where redemption_id = $1", [id]);
    const file = await call(`/api/${business.slug}/loyalty/redemptions/packing-list?ids=${id}`, {
      as: owner,
    });
    expect(file.headers.get("content-disposition")).toContain(`${business.slug}-packing-list.csv`);
    const [head, line, ...rest] = file.text.trimEnd().split("\r\n");
    expect(head).toContain("recipient,line1");
    expect(line).toContain("'=1+1");
    expect(line).toContain("'@SUM(A1)");
    expect(rest).toEqual([]);
    const [logged] = await stackSql<{ n: number }>(
      `select count(*)::int as n from public.core_audit_log a join public.loyalty_gifts g on g.id::text = a.row_key
        where a.table_name = 'loyalty_gifts' and a.action = 'export' and g.redemption_id = $1`,
      [id],
    );
    expect(logged?.n).toBe(1);
    const bad = await knock(business.slug, { path: "/loyalty/redemptions/packing-list?ids=1,2" }, owner);
    expect(bad.status).toBe(422);
  });
});
