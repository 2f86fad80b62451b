import { createHash, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { endRaffle, raffleIn, recognise } from "../../support/raffles";
import { call, signIn, stackSql, type SignedIn } from "../../support/stack";

interface Raffle {
  phase: string;
  entered: number;
  blockedBy: string | null;
  entry: { id: string; state: string; entryNo: number | null; redemptionId: string | null } | null;
  draw: {
    entriesHash: string;
    commitment: string;
    seed: string | null;
    places: { entryNo: number }[];
  } | null;
}

let business: OwnBusiness;
let owner: SignedIn;
let cleo: SignedIn;
let ona: SignedIn;
let creator: string;
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
  cleo = await signIn(business.email("creator"));
  ona = await signIn(business.email("customer"));
  creator = await creatorFor(business, "cleo");
  const other = await creatorFor(business, "ona", "customer");
  for (const id of [creator, other]) await recognise(id);
  await stackSql(
    `insert into public.person_roles (client_id, person_id, role_id)
     select client_id, person_id, 'creator' from public.loyalty_creators where id = $1 on conflict do nothing`,
    [other],
  );
}, 120_000);

const ask = <T>(door: Door, as: SignedIn | null) => knock<T>(business.slug, door, as);
const enter = (raffle: string, as: SignedIn) =>
  ask<{ id: string; state: string }>({ method: "POST", path: `/loyalty/missions/${raffle}/participate` }, as);
const post = (path: string, body?: unknown): Door => ({ method: "POST", path, ...(body ? { body } : {}) });
const read = async (raffle: string, as: SignedIn) =>
  (await ask<Raffle>({ path: `/loyalty/raffles/${raffle}` }, as)).data;

describe("the doors of a raffle", () => {
  let raffle: string;
  beforeAll(async () => {
    raffle = await raffleIn(business);
  });
  const table: [string, () => Door, [number, number, number, number]][] = [
    ["the raffle", () => ({ path: `/loyalty/raffles/${raffle}` }), [200, 200, 404, 401]],
    ["a raffle that is not there", () => ({ path: `/loyalty/raffles/${nobody}` }), [404, 404, 404, 401]],
    [
      "the sealed list, before it is sealed",
      () => ({ path: `/loyalty/raffles/${raffle}/list` }),
      [409, 409, 404, 401],
    ],
    ["entering", () => post(`/loyalty/missions/${raffle}/participate`), [200, 403, 404, 401]],
    ["leaving", () => post(`/loyalty/raffles/${raffle}/withdraw`), [200, 403, 404, 401]],
    ["the raffles", () => ({ path: "/loyalty/raffles" }), [403, 200, 404, 401]],
    ["its entries", () => ({ path: `/loyalty/raffles/${raffle}/entries` }), [403, 200, 404, 401]],
    ["sealing", () => post(`/loyalty/raffles/${raffle}/seal`), [403, 403, 404, 401]],
    ["drawing", () => post(`/loyalty/raffles/${raffle}/draw`), [403, 403, 404, 401]],
    [
      "drawing a place again",
      () => post(`/loyalty/raffles/${raffle}/entries/${nobody}/redraw`, { reason: "Moved away" }),
      [403, 403, 404, 401],
    ],
    ["the leaderboard", () => ({ path: "/loyalty/leaderboard" }), [200, 200, 404, 401]],
    [
      "hiding from it",
      () => ({ method: "PATCH", path: "/loyalty/leaderboard/me", body: { isShown: true } }),
      [200, 403, 404, 401],
    ],
    [
      "acknowledging",
      () => post("/loyalty/celebrations/acknowledge", { ids: [nobody] }),
      [200, 403, 404, 401],
    ],
  ];
  const askers: Asker[] = ["creator", "support", "stranger", "signed out"];

  it.each(table)("%s opens to whom it should", async (_name, door, statuses) => {
    const answers: number[] = [];
    for (const who of askers) answers.push((await ask(door(), await asker(who, business))).status);
    expect(answers).toEqual(statuses);
  });

  it("is not there while the program is off", async () => {
    await whileOff(business, "loyalty", async () => {
      for (const [name, door] of table) expect((await ask(door(), owner)).status, name).toBe(404);
    });
  });

  it.each<[string, () => Door, string]>([
    [
      "a reason too short",
      () => post(`/loyalty/raffles/${raffle}/entries/${nobody}/redraw`, { reason: "x" }),
      "reason",
    ],
    ["no ids", () => post("/loyalty/celebrations/acknowledge", { ids: [] }), "ids"],
    ["a page of a thousand", () => ({ path: "/loyalty/leaderboard?limit=1000" }), "limit"],
    ["a rubbish cursor", () => ({ path: "/loyalty/leaderboard?cursor=rubbish" }), "cursor"],
    [
      "a choice that is none",
      () => ({ method: "PATCH", path: "/loyalty/leaderboard/me", body: {} }),
      "isShown",
    ],
  ])("%s is refused, and the field named", async (_name, door, field) => {
    for (const as of [owner, cleo]) {
      const answer = await ask(door(), as);
      if (answer.status === 403) continue;
      expect([answer.status, fieldsOf(answer)], answer.text).toEqual([422, [field]]);
    }
  });
});

describe("a raffle from entering to the prize", () => {
  it("is entered once a key, left and entered again, sealed, drawn once, and can be computed again", async () => {
    const raffle = await raffleIn(business, { winners: 1, alternates: 1 });
    await replays(business.slug, post(`/loyalty/missions/${raffle}/participate`), cleo);
    expect((await enter(raffle, cleo)).data.state).toBe("entered");
    expect((await ask(post(`/loyalty/raffles/${raffle}/withdraw`), cleo)).data).toMatchObject({
      state: "withdrawn",
    });
    await enter(raffle, cleo);
    await enter(raffle, ona);
    expect(await read(raffle, cleo)).toMatchObject({
      phase: "open",
      entered: 2,
      entry: { state: "entered" },
      draw: null,
    });

    const early = await ask(post(`/loyalty/raffles/${raffle}/seal`), owner);
    expect([early.status, early.error?.code]).toEqual([409, "ILLEGAL_STEP"]);
    const unsealed = await ask(post(`/loyalty/raffles/${raffle}/draw`), owner);
    expect([unsealed.status, unsealed.error?.code]).toEqual([409, "ILLEGAL_STEP"]);
    await endRaffle(raffle);
    // The worker may seal it this moment, too: whoever is second finds it sealed.
    expect(["closed", "sealed"]).toContain((await read(raffle, cleo)).phase);
    expect((await ask(post(`/loyalty/raffles/${raffle}/seal`), owner)).status).toBe(200);
    const late = await ask(post(`/loyalty/raffles/${raffle}/withdraw`), cleo);
    expect([late.status, late.error?.code]).toEqual([409, "RAFFLE_CLOSED"]);

    const drawn = await replays(business.slug, post(`/loyalty/raffles/${raffle}/draw`), owner);
    expect((await ask(post(`/loyalty/raffles/${raffle}/draw`), owner)).data).toEqual(drawn.data);
    const { draw } = await read(raffle, cleo);
    const list = await call(`/api/${business.slug}/loyalty/raffles/${raffle}/list`, { as: cleo });
    expect(list.headers.get("content-type")).toContain("text/plain");
    expect(createHash("sha256").update(list.text).digest("hex")).toBe(draw?.entriesHash);
    expect(
      createHash("sha256")
        .update(draw?.seed ?? "")
        .digest("hex"),
    ).toBe(draw?.commitment);

    const entries = await ask<{ items: { id: string; handle: string; state: string }[] }>(
      { path: `/loyalty/raffles/${raffle}/entries` },
      owner,
    );
    expect(entries.data.items.map(({ state }) => state)).toEqual(["won", "alternate"]);
    expect((await ask({ path: `/loyalty/raffles/${nobody}/entries` }, owner)).status).toBe(404);
    const redraw = post(`/loyalty/raffles/${raffle}/entries/${entries.data.items[0]?.id}/redraw`, {
      reason: "Moved abroad",
    });
    expect((await ask<{ movedUp: number }>(redraw, owner)).data.movedUp).toBe(draw?.places[1]?.entryNo);
    expect((await ask(redraw, owner)).status).toBe(409);
    const after = await ask<{ draw: { places: Record<string, unknown>[] } }>(
      { path: `/loyalty/raffles/${raffle}` },
      cleo,
    );
    expect(after.data.draw.places).toMatchObject([
      { state: "forfeited", lostBy: "drawn_again" },
      { state: "won", movedUpFor: draw?.places[0]?.entryNo },
    ]);
    expect(after.text).not.toContain("Moved abroad");
  });

  it("says who may not enter, and why", async () => {
    const raffle = await raffleIn(business);
    await stackSql("update public.loyalty_creators set total_videos = 0 where id = $1", [creator]);
    const unseen = await enter(raffle, cleo);
    expect([unseen.status, unseen.error?.code]).toEqual([409, "NOT_RECOGNISED"]);
    await recognise(creator);
    await endRaffle(raffle);
    const late = await enter(raffle, cleo);
    expect([late.status, late.error?.code]).toEqual([409, "RAFFLE_CLOSED"]);
  });

  it("tells a creator nothing of who else is in", async () => {
    const raffle = await raffleIn(business);
    await enter(raffle, ona);
    const answer = await ask({ path: `/loyalty/raffles/${raffle}` }, cleo);
    expect(answer.text).not.toContain("ona");
    expect(answer.text).not.toContain("Ona");
  });
});

describe("the leaderboard", () => {
  it("is gone where the business shows none, and shows no more of others than it says", async () => {
    const board = await ask<{ items: Record<string, unknown>[] }>({ path: "/loyalty/leaderboard" }, cleo);
    expect(Object.keys(board.data.items[0] ?? {}).sort()).toEqual([
      "handle",
      "isMe",
      "rank",
      "tierColor",
      "tierName",
      "value",
    ]);
    await ask({ method: "PATCH", path: "/loyalty/leaderboard/me", body: { isShown: false } }, ona);
    const without = await ask<{ items: { handle: string }[] }>({ path: "/loyalty/leaderboard" }, cleo);
    expect(without.data.items.map(({ handle }) => handle)).toEqual(["cleo"]);
    await stackSql("update public.loyalty_settings set leaderboard_shown = false where client_id = $1", [
      business.id,
    ]);
    expect((await ask({ path: "/loyalty/leaderboard" }, cleo)).status).toBe(404);
    await stackSql("update public.loyalty_settings set leaderboard_shown = true where client_id = $1", [
      business.id,
    ]);
  });
});
