import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MissionsWorld, missionsWorld } from "./missions-world";

let world: MissionsWorld;
let owner: string;
let today: string;

async function person(role: string): Promise<string> {
  const userId = await world.db.createUser(`${role}@tide.test`);
  await world.db.pool.query(
    `with p as (insert into public.people (client_id, user_id, claimed_at, display_name) values ($1, $2, now(), $3) returning id)
     insert into public.person_roles (client_id, person_id, role_id) select $1, id, $3 from p`,
    [world.clientId, userId, role],
  );
  return userId;
}
async function login(creatorId: string, email: string): Promise<string> {
  const userId = await world.db.createUser(email);
  await world.db.pool.query(
    `with p as (update public.people p set user_id = $2, claimed_at = now() from public.loyalty_creators c
                 where c.id = $1 and p.id = c.person_id returning p.client_id, p.id)
     insert into public.person_roles (client_id, person_id, role_id) select client_id, id, 'creator' from p on conflict do nothing`,
    [creatorId, userId],
  );
  return userId;
}
const call = <T>(user: string, text: string, values: unknown[]): Promise<T> =>
  world.db.asUser(user, async (client) => (await client.query<{ got: T }>(text, values)).rows[0]?.got as T);
const save = (body: object, id: string | null = null, by = owner) =>
  call<string>(by, "select public.loyalty_save_mission($1, $2, $3) as got", [world.clientId, id, body]);
const step = (id: string, name: string, by = owner) =>
  call<null>(by, "select public.loyalty_step_mission($1, $2, $3) as got", [world.clientId, id, name]);
const draft = (more: object = {}) => ({
  kind: "sales_amount",
  name: "Sales Sprint",
  target: 10000,
  rewardId: world.gift,
  ...more,
});
const stored = (id: string) =>
  world.one<{ state: string; version: number; name: string; ends: string | null; published: boolean }>(
    `select state, version, name, to_char(ends_at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI') as ends,
            published_at is not null as published from public.loyalty_missions where id = $1`,
    [id],
  );

beforeEach(async () => {
  world = await missionsWorld();
  owner = await person("owner");
  today = (
    await world.one<{ today: string }>("select private.local_date(now(), 'America/New_York')::text as today")
  ).today;
});
afterEach(() => world.db.drop());

describe("a mission is made and changed", () => {
  it("as a draft, with a wall clock of the business, and by versions", async () => {
    const id = await save(draft({ ends: "2027-03-14T18:30", description: " For spring. " }));
    expect(await stored(id)).toEqual({
      state: "draft",
      version: 1,
      name: "Sales Sprint",
      ends: "2027-03-14 18:30",
      published: false,
    });
    await save(draft({ name: "Spring Sprint", version: 1 }), id);
    expect(await stored(id)).toMatchObject({ version: 2, name: "Spring Sprint", ends: null });
    await expect(save(draft({ version: 1 }), id)).rejects.toMatchObject({ code: "ST002" });
  });

  it.each<[string, object, string, string]>([
    ["a kind the business does not count", { kind: "sales_units" }, "VA001", "kind"],
    ["an end that has passed", { ends: "2020-01-01T10:00" }, "VA001", "ends"],
    ["an end on no day", { ends: "2027-02-30T10:00" }, "VA001", "ends"],
    ["an end that is no time", { ends: "soon" }, "VA001", "ends"],
    ["a tier of nobody", { tierId: "11111111-1111-4111-8111-111111111111" }, "VA001", "tierId"],
  ])("but not with %s", async (_name, more, code, detail) => {
    await expect(save(draft(more))).rejects.toMatchObject({ code, detail });
  });

  it.each<[string, object, string]>([
    ["no goal", { target: 0 }, "loyalty_missions_target_check"],
    ["rounds though it happens once", { maxCycles: 3 }, "loyalty_missions_cycles_check"],
    ["winners though it is no raffle", { winnersCount: 3 }, "loyalty_missions_raffle_check"],
    [
      "a raffle without winners",
      { kind: "raffle", target: 0, ends: "2027-01-01T18:00" },
      "loyalty_missions_raffle_check",
    ],
    ["no name", { name: " " }, "loyalty_missions_name_check"],
  ])("nor with %s, whoever skips the form", async (_name, more, constraint) => {
    await expect(save(draft(more))).rejects.toMatchObject({ code: "23514", constraint });
  });

  it("only by who may, and only with a reward made for missions", async () => {
    const support = await person("support");
    await expect(save(draft(), null, support)).rejects.toMatchObject({ code: "PM001" });
    const tierReward = await world.reward({ offer: "tier", frequency: "one_time", quantity: 1 });
    await expect(save(draft({ rewardId: tierReward }))).rejects.toMatchObject({ detail: "rewardId" });
    await expect(save(draft(), "11111111-1111-4111-8111-111111111111")).rejects.toMatchObject({
      code: "TN001",
    });
  });
});

describe("publishing", () => {
  it("starts rounds for its creators at once and fixes what was promised", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    await world.live(today);
    const id = await save(draft());
    await step(id, "publish");
    expect(await world.rounds(noor)).toMatchObject([{ state: "active", from: today }]);
    for (const [field, more] of Object.entries({
      rewardId: { rewardId: await world.reward() },
      tierId: { tierId: await world.tier(2) },
      countsFrom: { countsFrom: "joining" },
      daysToFinish: { daysToFinish: 5 },
      kind: { kind: "views" },
    }))
      await expect(save(draft(more), id)).rejects.toMatchObject({ code: "VA001", detail: field });
    await save(draft({ name: "New name", target: 20000, ends: "2030-01-31T12:00" }), id);
    const [round] = await world.rounds(noor);
    expect(round).toMatchObject({ due: "2030-01-31" });
    expect(await world.one("select target::integer from public.loyalty_mission_progress")).toEqual({
      target: 10000,
    });
  });

  it("completes at once what is reached already, where everything ever counts", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    await world.sell(noor, "2026-06-01", 50000);
    await world.live(today);
    const id = await save(draft({ countsFrom: "joining" }));
    await step(id, "publish");
    expect(await world.rounds(noor)).toMatchObject([{ state: "completed", done: today }]);
    expect(await world.offers(noor)).toHaveLength(1);
  });

  it("needs a published reward, a tier of the ladder and an end to come", async () => {
    const paused = await world.reward();
    const id = await save(draft({ rewardId: paused }));
    await world.db.pool.query("update public.loyalty_rewards set state = 'paused' where id = $1", [paused]);
    await expect(step(id, "publish")).rejects.toMatchObject({ code: "VA001", detail: "rewardId" });
  });

  it("happens once, however many press at the same moment", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    await world.live(today);
    const id = await save(draft());
    const pressed = await Promise.allSettled(Array.from({ length: 12 }, () => step(id, "publish")));
    expect(pressed.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of pressed)
      if (one.status === "rejected") expect((one.reason as { code: string }).code).toBe("ST003");
    expect(await world.states(noor)).toEqual(["Sales Sprint 1 active"]);
  });

  it("of very many is left to a job", async () => {
    await world.db.pool.query(
      `with p as (insert into public.people (client_id, display_name) select $1, 'p' || n from generate_series(1, 2001) n returning id)
       insert into public.loyalty_creators (client_id, person_id, handle, joined_on) select $1, id, left(replace(id::text, '-', ''), 30), '2026-06-01' from p`,
      [world.clientId],
    );
    const id = await save(draft());
    await step(id, "publish");
    expect(
      await world.one(
        "select task_identifier as task from graphile_worker.jobs where key = 'loyalty.unlock-missions:' || $1",
        [world.clientId],
      ),
    ).toEqual({ task: "loyalty.unlock-missions" });
  });
});

describe("pausing and ending", () => {
  it("lets nobody new start, and whoever is at it finish", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    await world.live(today);
    const id = await save(draft());
    await step(id, "publish");
    await step(id, "pause");
    const late = await world.seen("late", today);
    await world.sell(noor, today, 10000);
    await world.live(today);
    expect(await world.states(noor)).toEqual(["Sales Sprint 1 completed"]);
    expect(await world.states(late)).toEqual([]);
    await step(id, "resume");
    expect(await world.states(late)).toEqual(["Sales Sprint 1 active"]);
  });

  it("closes open rounds without a reward, keeps what was earned, and makes way for the next", async () => {
    const [noor, pia] = [await world.seen("noor", "2026-06-01"), await world.seen("pia", "2026-06-01")];
    await world.live(today);
    const id = await save(draft({ target: 100, displayOrder: 1 }));
    await step(id, "publish");
    await step(await save(draft({ name: "Next one", displayOrder: 2 })), "publish");
    await world.sell(noor, today, 100);
    await world.live(today);
    await step(id, "end");
    expect(await world.states(noor)).toEqual(["Sales Sprint 1 completed", "Next one 1 dormant"]);
    expect(await world.states(pia)).toEqual(["Sales Sprint 1 missed", "Next one 1 active"]);
    expect(await world.offers(noor)).toMatchObject([{ state: "claimable" }]);
    await expect(save(draft(), id)).rejects.toMatchObject({ code: "ST001" });
    await step(id, "archive");
    expect(await stored(id)).toMatchObject({ state: "archived" });
    await expect(step(id, "publish")).rejects.toMatchObject({ code: "ST001" });
    await expect(step(id, "dance")).rejects.toMatchObject({ code: "VA001" });
  });

  it("closes the entries of a raffle now", async () => {
    const id = await save(
      draft({ kind: "raffle", target: 0, ends: "2030-01-01T18:00", winnersCount: 1, claimDays: 7 }),
    );
    await step(id, "publish");
    await step(id, "end");
    expect(
      await world.one("select ends_at <= now() as over from public.loyalty_missions where id = $1", [id]),
    ).toEqual({
      over: true,
    });
    await expect(step(id, "end")).rejects.toMatchObject({ code: "ST003" });
  });
});

describe("tags", () => {
  it("are exactly those given, start what they bring, and are counted", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    await world.live(today);
    await step(await save(draft({ tag: "vip" })), "publish");
    expect(await world.states(noor)).toEqual([]);
    const give = (tags: string[], by = owner) =>
      call<string[]>(by, "select public.loyalty_save_creator_tags($1, $2, $3) as got", [
        world.clientId,
        noor,
        tags,
      ]);
    expect(await give([" VIP", "spring", "vip"])).toEqual(["spring", "vip"]);
    expect(await world.states(noor)).toEqual(["Sales Sprint 1 active"]);
    await give(["vip"]);
    expect(await call(owner, "select public.loyalty_list_tags($1) as got", [world.clientId])).toEqual([
      { tag: "vip", creators: 1 },
    ]);
    await expect(give(["no blanks"])).rejects.toMatchObject({ code: "VA001", detail: "tags" });
    await expect(give([], await person("support"))).rejects.toMatchObject({ code: "PM001" });
  });
});

describe("what a creator reads", () => {
  interface Item {
    name: string;
    status: string;
    value: number;
    redemptionId: string | null;
    startsOn: string | null;
    tier: { missing: number } | null;
    reward: { name: string };
  }
  const read = (user: string) =>
    call<{ items: Item[]; finished: number; creator: { isRecognised: boolean } | null }>(
      user,
      "select public.loyalty_read_missions($1) as got",
      [world.clientId],
    );
  const lines = ({ items }: { items: Item[] }) => items.map(({ name, status }) => `${name}: ${status}`);

  it("is in one order: ready, raffles, nearly there, the rest by kind, next, shown early", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    const user = await login(noor, "noor@tide.test");
    await world.live(today);
    const publish = async (body: object) => step(await save(draft(body)), "publish");
    await publish({ name: "Done", kind: "videos", target: 1, countsFrom: "joining" });
    await publish({ name: "Likes", kind: "likes", target: 100 });
    await publish({ name: "Views", kind: "views", target: 100 });
    await publish({ name: "Sales", target: 100000 });
    await publish({ name: "More sales", displayOrder: 200 });
    await publish({
      name: "For Silver",
      tierId: await world.tier(2),
      previewFromTierId: await world.tier(1),
    });
    await publish({ name: "For Gold, hidden", tierId: await world.tier(3) });
    await publish({
      name: "Raffle",
      kind: "raffle",
      target: 0,
      ends: "2030-01-01T18:00",
      winnersCount: 1,
      claimDays: 7,
    });
    await world.sell(noor, today, 5000);
    await world.db.pool.query(
      "update public.loyalty_video_snapshots set views_delta = 85 where business_date = $1",
      [today],
    );
    await world.live(today);
    const page = await read(user);
    expect(lines(page)).toEqual([
      "Done: claimable",
      "Raffle: raffle_open",
      "Views: in_progress",
      "Sales: in_progress",
      "Likes: in_progress",
      "More sales: next_up",
      "For Silver: locked",
    ]);
    expect(page.items.at(-1)?.tier?.missing).toBe(145000);
    expect(page.items[0]?.reward.name).toBe("Gift card");
  });

  it("is hers alone, and nothing for who is no creator", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    const pia = await world.seen("pia", "2026-06-01");
    const [first, second] = [await login(noor, "noor@tide.test"), await login(pia, "pia@tide.test")];
    await world.live(today);
    await step(await save(draft()), "publish");
    await world.sell(noor, today, 7000);
    await world.live(today);
    expect((await read(first)).items).toMatchObject([{ value: 7000 }]);
    expect((await read(second)).items).toMatchObject([{ value: 0 }]);
    expect(await read(owner)).toMatchObject({ creator: null, items: [] });
    const other = await missionsWorld({ database: world.db, slug: "other" });
    await expect(
      call(first, "select public.loyalty_read_missions($1) as got", [other.clientId]),
    ).rejects.toMatchObject({ code: "TN001" });
    const rounds = (of: string, by: string) =>
      call<unknown[]>(by, "select public.loyalty_list_rounds($1, $2) as got", [world.clientId, of]);
    expect(await rounds(noor, first)).toHaveLength(1);
    await expect(rounds(noor, second)).rejects.toMatchObject({ code: "TN001" });
    expect(await rounds(noor, owner)).toHaveLength(1);
  });

  it("shows a creator nobody has seen a video of what there is, and that she is not in yet", async () => {
    const unseen = await world.creator("unseen", "2026-06-01");
    const user = await login(unseen, "unseen@tide.test");
    await world.live(today);
    await step(await save(draft()), "publish");
    const page = await read(user);
    expect([page.creator?.isRecognised, lines(page)]).toEqual([false, ["Sales Sprint: unrecognised"]]);
  });

  it("is followed by a claim of the mission, once", async () => {
    const noor = await world.seen("noor", "2026-06-01");
    const user = await login(noor, "noor@tide.test");
    await world.live(today);
    const id = await save(draft({ target: 100 }));
    await step(id, "publish");
    const claim = (by = user) =>
      call<{ id: string; state: string; isRepeat: boolean }>(
        by,
        "select public.loyalty_claim_mission($1, $2, '{}') as got",
        [world.clientId, id],
      );
    await expect(claim()).rejects.toMatchObject({ code: "ST001", hint: "NOT_AVAILABLE" });
    await world.sell(noor, today, 100);
    await world.live(today);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
    expect(claims.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect(new Set(claims.map((one) => one.id)).size).toBe(1);
    expect(lines(await read(user))).toEqual(["Sales Sprint: claimed"]);
    await expect(claim(owner)).rejects.toMatchObject({ code: "PM001" });
    const pia = await login(await world.seen("pia", today), "pia@tide.test");
    await expect(claim(pia)).rejects.toMatchObject({ code: "ST001", hint: "NOT_AVAILABLE" });
  });
});
