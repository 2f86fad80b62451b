import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { fieldsOf, knock, replays } from "../../support/doors";
import { call, stackSql, type SignedIn } from "../../support/stack";

interface Item {
  id: string;
  handle: string;
  state: string;
  isPinned?: boolean;
}
interface List {
  items: Item[];
  next: string | null;
  previous: string | null;
  total: number;
}

let business: OwnBusiness;
let owner: SignedIn;
let subject: string;
let ladder: string[];

const list = async (query: string) => {
  const answer = await knock<List>(business.slug, { path: `/loyalty/creators${query}` }, owner);
  expect(answer.status, answer.text).toBe(200);
  return answer.data;
};
const handles = ({ items }: List) => items.map(({ handle }) => handle);
const adjustments = (id = subject) => `/loyalty/creators/${id}/adjustments`;
const adjust = (more: object = {}) => ({
  path: adjustments(),
  body: { kind: "bonus", amount: 500, effectiveOn: "2026-11-01", reason: "A good week", ...more },
});
const step = (body: object, id = subject) =>
  knock<Item>(business.slug, { path: `/loyalty/creators/${id}/steps`, body }, owner);

beforeAll(async () => {
  business = await ownBusiness({ owner: "Olga Own", creator: "Cleo Create" });
  owner = await ownerOf(business);
  subject = await creatorFor(business, "subject");
  ladder = (
    await stackSql<{ id: string }>("select id from public.loyalty_tiers where client_id = $1 order by rank", [
      business.id,
    ])
  ).map(({ id }) => id);
  for (const [at, name] of ["=1+1", "+Plus, Ann", "@at", "Dora", "Eva"].entries()) {
    const added = await knock(
      business.slug,
      { path: "/loyalty/creators", body: { handle: `list${at}`, name } },
      owner,
    );
    expect(added.status, added.text).toBe(200);
  }
}, 120_000);

describe("the list of creators", () => {
  it("is searched by a part of the handle or the name", async () => {
    expect(handles(await list("?q=LIST3"))).toEqual(["list3"]);
    expect(handles(await list("?q=dor"))).toEqual(["list3"]);
    expect(await list("?q=%25")).toMatchObject({ items: [], total: 0 });
  });

  it("is filtered by tier, sales and state", async () => {
    expect((await list(`?tiers=${ladder[0]}`)).total).toBe(6);
    expect((await list(`?tiers=${ladder[1]},${ladder[2]}`)).total).toBe(0);
    expect((await list("?minSales=1")).total).toBe(0);
    expect((await list("?state=archived")).total).toBe(0);
  });

  it("goes forward and back through its pages, either way round, and shows each creator once", async () => {
    for (const direction of ["asc", "desc"]) {
      const query = `?q=list&sort=handle&direction=${direction}&limit=2`;
      const pages = [await list(query)];
      while (pages.at(-1)?.next) pages.push(await list(`${query}&cursor=${pages.at(-1)?.next}`));
      const all = ["list0", "list1", "list2", "list3", "list4"];
      expect(pages.flatMap(handles)).toEqual(direction === "asc" ? all : all.reverse());
      expect(pages.map(({ total }) => total)).toEqual([5, 5, 5]);
      expect(pages[0]?.previous).toBeNull();
      const back = await list(`${query}&cursor=${pages[2]?.previous}`);
      expect(handles(back)).toEqual(handles(pages[1] as List));
    }
  });

  it("is exported as text that no spreadsheet runs", async () => {
    const answer = await call(`/api/${business.slug}/loyalty/creators/export?sort=handle&direction=asc`, {
      as: owner,
    });
    expect(answer.headers.get("content-type")).toContain("text/csv");
    expect(answer.headers.get("content-disposition")).toContain(`${business.slug}-creators.csv`);
    expect(answer.text).toContain("'=1+1");
    expect(answer.text).toContain(`"'+Plus, Ann"`);
    expect(answer.text).toContain("'@at");
    expect(answer.text.trimEnd().split("\r\n")).toHaveLength(7);
  });
});

describe("one creator", () => {
  it("is added once, however often it is sent", async () => {
    await replays(business.slug, { path: "/loyalty/creators", body: { handle: "once" } }, owner);
    expect((await list("?q=once")).total).toBe(1);
  });

  it("is read with nothing counted yet, and lists without rows", async () => {
    const read = await knock(business.slug, { path: `/loyalty/creators/${subject}` }, owner);
    expect(read.data).toMatchObject({ id: subject, handle: "subject", totalSales: 0, isPinned: false });
    for (const part of ["videos", "decisions"]) {
      const { data } = await knock(business.slug, { path: `/loyalty/creators/${subject}/${part}` }, owner);
      expect(data).toMatchObject({ items: expect.any(Array) as unknown, next: null });
    }
  });

  it("is renamed, fixed, let go, archived and brought back; an archived one stays so when told twice", async () => {
    const id = await stackSql<{ id: string }>(
      "select id from public.loyalty_creators where client_id = $1 and handle_key = 'list4'",
      [business.id],
    ).then(([row]) => row?.id ?? "");
    expect((await step({ step: "rename", handle: "@Renamed" }, id)).data.handle).toBe("Renamed");
    expect(await step({ step: "rename", handle: "subject" }, id)).toMatchObject({ status: 422 });
    const pinned = await step({ step: "pin", tierId: ladder[2], reason: "Launch partner" }, id);
    expect(pinned.data.isPinned).toBe(true);
    expect((await step({ step: "unpin" }, id)).data.isPinned).toBe(false);
    expect((await step({ step: "archive" }, id)).data.state).toBe("archived");
    expect(await step({ step: "archive" }, id)).toMatchObject({
      status: 409,
      error: { code: "ALREADY_DONE", message: "This creator is archived already." },
    });
    expect((await step({ step: "restore" }, id)).data.state).toBe("active");
    expect((await step({ step: "archive" }, randomUUID())).status).toBe(404);
  });
});

describe("adjustments", () => {
  it("are written once a key, and taken back once", async () => {
    const made = await replays(business.slug, adjust(), owner);
    const { id } = made.data as { id: string };
    const reverse = { path: `${adjustments()}/${id}/reverse`, body: { reason: "Typed twice" } };
    const reversed = await replays(business.slug, reverse, owner);
    const twice = await knock(business.slug, reverse, owner);
    expect([twice.status, twice.error?.message]).toEqual([409, "This adjustment was taken back already."]);
    const again = `${adjustments()}/${(reversed.data as { id: string }).id}/reverse`;
    expect((await knock(business.slug, { ...reverse, path: again }, owner)).status).toBe(409);
    const shown = await knock<{ items: { amount: number }[] }>(business.slug, { path: adjustments() }, owner);
    expect(shown.data.items.map(({ amount }) => amount).sort()).toEqual([-500, 500]);
  });

  it.each<[string, object, string]>([
    ["of nothing", { amount: 0 }, "amount"],
    ["that is a refund and adds", { kind: "refund" }, "amount"],
    ["that is a sale and takes away", { kind: "manual_sale", amount: -5 }, "amount"],
    ["on a day to come", { effectiveOn: "2099-01-01" }, "effectiveOn"],
    ["on a day of a year typed halfway", { effectiveOn: "0206-11-01" }, "effectiveOn"],
    ["on no day", { effectiveOn: "soon" }, "effectiveOn"],
    ["without a reason", { reason: " " }, "reason"],
    ["of half a cent", { amount: 0.5 }, "amount"],
  ])("%s are refused", async (_name, more, field) => {
    const answer = await knock(business.slug, adjust(more), owner);
    expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, [field]]);
  });

  it("need a creator who is there, and one to take back", async () => {
    const nobody = randomUUID();
    expect((await knock(business.slug, { ...adjust(), path: adjustments(nobody) }, owner)).status).toBe(404);
    const reverse = { path: `${adjustments()}/${nobody}/reverse`, body: { reason: "Typed twice" } };
    expect((await knock(business.slug, reverse, owner)).status).toBe(404);
  });
});
