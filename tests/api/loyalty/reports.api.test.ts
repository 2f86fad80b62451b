import { beforeAll, describe, expect, it } from "vitest";
import { PDFDocument } from "@cantoo/pdf-lib";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { claimFor } from "../../support/claim-for";
import { asker, fieldsOf, knock, type Asker, type Door } from "../../support/doors";
import { appUrl, call, signIn, stackSql, type SignedIn } from "../../support/stack";

interface Report {
  from: string;
  to: string;
  claimed: number;
  rewards: { kind: string; count: number; cost: number }[];
  cohorts: unknown[];
}
interface Mails {
  people: { personId: string; name: string; weekly: boolean; monthly: boolean }[];
}

let business: OwnBusiness;
let owner: SignedIn;

beforeAll(async () => {
  business = await ownBusiness({
    owner: "Olga Own",
    manager: "Max Man",
    support: "Sue Port",
    creator: "Cleo Create",
  });
  owner = await ownerOf(business);
  const creator = await creatorFor(business, "cleo");
  const claim = await claimFor(business, creator, { name: "=Card" });
  const step = { path: `/loyalty/redemptions/${claim}/steps`, body: { step: "fulfil" } };
  expect((await knock(business.slug, step, owner)).status).toBe(200);
  await claimFor(business, creator, { name: "Żółw card" });
}, 180_000);

const doors: [string, Door, [number, number, number, number]][] = [
  ["a report", { path: "/loyalty/reports" }, [403, 403, 404, 401]],
  ["its file", { path: "/loyalty/reports/export" }, [403, 403, 404, 401]],
  ["who gets it by mail", { path: "/loyalty/reports/mails" }, [403, 403, 404, 401]],
  [
    "choosing who does",
    { method: "PUT", path: "/loyalty/reports/mails", body: { weekly: [], monthly: [] } },
    [403, 403, 404, 401],
  ],
];
const askers: Asker[] = ["creator", "support", "stranger", "signed out"];

describe("who is answered what about reports", () => {
  it.each(doors)("%s", async (_name, door, statuses) => {
    const answers = await Promise.all(
      askers.map(async (who) => (await knock(business.slug, door, await asker(who, business))).status),
    );
    expect(answers).toEqual(statuses);
  });

  it("managers read them as owners do", async () => {
    const manager = await signIn(business.email("manager"));
    expect((await knock(business.slug, { path: "/loyalty/reports" }, manager)).status).toBe(200);
  });
});

describe("a report over the API", () => {
  it("is of the present month unless asked otherwise, and holds what was fulfilled", async () => {
    const { data } = await knock<Report>(business.slug, { path: "/loyalty/reports" }, owner);
    expect(data.from).toMatch(/-01$/);
    expect(data).toMatchObject({ claimed: 2, rewards: [{ kind: "gift_card", count: 1, cost: 2500 }] });
    expect(data.cohorts).toHaveLength(6);
    const quarter = await knock<Report>(business.slug, { path: "/loyalty/reports?quarter=2025-Q1" }, owner);
    expect(quarter.data).toMatchObject({ from: "2025-01-01", to: "2025-03-31", claimed: 0, rewards: [] });
  });

  it.each<[string, string, string[]]>([
    ["a month that is none", "?month=2026-13", ["month"]],
    ["a quarter that is none", "?quarter=2026-Q5", ["quarter"]],
    ["a month before the calendar", "?month=0000-01", ["month"]],
    ["a day before the calendar", "?from=0000-01-01&to=0000-01-02", ["from", "to"]],
    ["half a span", "?from=2026-01-01", ["to"]],
    ["the other half", "?to=2026-01-01", ["from"]],
    ["days the wrong way round", "?from=2026-02-01&to=2026-01-01", ["to"]],
    ["too many days", "?from=2024-01-01&to=2026-01-01", ["to"]],
    ["no day", "?from=soon&to=2026-01-01", ["from"]],
  ])("refuses %s", async (_name, query, fields) => {
    const answer = await knock(business.slug, { path: `/loyalty/reports${query}` }, owner);
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, fields]);
  });

  it("leaves as a spreadsheet and as a document", async () => {
    const csv = await call(`/api/${business.slug}/loyalty/reports/export?month=2026-10`, { as: owner });
    expect(csv.headers.get("content-disposition")).toContain(`${business.slug}-report-2026-10.csv`);
    expect(csv.text.split("\r\n")[0]).toContain("from,to,section,item,detail,count,amount,currency");
    const answer = await fetch(new URL(`/api/${business.slug}/loyalty/reports/export?format=pdf`, appUrl), {
      headers: { cookie: owner.cookie },
    });
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    const document = await PDFDocument.load(await answer.arrayBuffer());
    expect(document.getPageCount()).toBeGreaterThan(0);
    expect(document.getTitle()).toBe(`${business.name}: Reports`);
    expect(
      (await call(`/api/${business.slug}/loyalty/reports/export?format=doc`, { as: owner })).status,
    ).toBe(422);
  });

  it("goes by mail to whoever was chosen, among those who may see it", async () => {
    const read = () => knock<Mails>(business.slug, { path: "/loyalty/reports/mails" }, owner);
    const people = (await read()).data.people;
    expect(people.map(({ name }) => name)).toEqual(["Max Man", "Olga Own"]);
    const max = people[0]!.personId;
    const save = (body: object) =>
      knock<Mails>(business.slug, { method: "PUT", path: "/loyalty/reports/mails", body }, owner);
    expect((await save({ weekly: [max], monthly: [] })).data.people[0]).toMatchObject({
      weekly: true,
      monthly: false,
    });
    expect((await read()).data.people[0]).toMatchObject({ weekly: true, monthly: false });
    const [creator] = await stackSql<{ id: string }>(
      "select id from public.people where client_id = $1 and email = $2",
      [business.id, business.email("creator")],
    );
    const refused = await save({ weekly: [creator!.id], monthly: [] });
    expect([refused.status, fieldsOf(refused)]).toEqual([422, ["people"]]);
    expect((await save({ weekly: ["nobody"], monthly: [] })).status).toBe(422);
    // A list that was forgotten takes nobody's mails away.
    expect(fieldsOf(await save({}))).toEqual(["weekly", "monthly"]);
    expect((await read()).data.people[0]).toMatchObject({ weekly: true });
    const none = await save({ weekly: [], monthly: [] });
    expect(none.data.people.every(({ weekly }) => !weekly)).toBe(true);
  });
});
