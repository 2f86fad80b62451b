import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { signIn, stackSql, type SignedIn } from "../../support/stack";

interface Claim {
  id: string;
  rewardId: string;
  kind: string;
  source: string;
  state: string;
  size: string | null;
  scheduledAt: string | null;
  isRepeat: boolean;
}
interface Slots {
  timeZone: string;
  runningUntil: string | null;
  days: { date: string; reason: string | null; slots: { time: string; reason: string | null }[] }[];
}

let business: OwnBusiness;
let creator: SignedIn;
let creatorId: string;
const nobody = randomUUID();
const address = {
  recipient: "Cleo Create",
  line1: "1 Quay Street",
  city: "Portsmouth",
  postalCode: "03801",
  country: "US",
};

const kinds: Record<string, Record<string, unknown>> = {
  gift_card: { value_amount: 2500 },
  physical_gift: { requires_size: true, sizes: ["S", "M"] },
  commission_boost: { boost_bp: 500, boost_days: 7 },
  discount: { discount_percent: 20, discount_minutes: 60 },
};

async function reward(
  patch: Record<string, unknown> = {},
  limits: Record<string, unknown> = {},
): Promise<string> {
  const kind = (patch.kind as string | undefined) ?? "gift_card";
  const row: Record<string, unknown> = {
    client_id: business.id,
    name: "A reward",
    kind,
    frequency: "unlimited",
    quantity: null,
    ...kinds[kind],
    ...patch,
  };
  const columns = Object.keys(row);
  const [made] = await stackSql<{ id: string }>(
    `insert into public.loyalty_rewards (${columns.join(", ")}) values (${columns.map((_, at) => `$${at + 1}`).join(", ")}) returning id`,
    Object.values(row),
  );
  const id = made!.id;
  await stackSql(
    "update public.loyalty_rewards set state = 'published', published_at = now() where id = $1",
    [id],
  );
  for (const [column, value] of Object.entries(limits))
    await stackSql(`update public.loyalty_reward_limits set ${column} = $2 where reward_id = $1`, [
      id,
      value,
    ]);
  return id;
}
const claim = (id: string, body: object = {}, as: SignedIn | null = creator, key?: string) =>
  knock<Claim>(business.slug, { path: `/loyalty/rewards/${id}/claim`, body }, as, key);
const code = async (id: string, body: object = {}) => {
  const answer = await claim(id, body);
  return `${answer.status} ${answer.error?.code ?? answer.data.state}`;
};
const freeDay = async (kind: string) => {
  const { data } = await knock<Slots>(
    business.slug,
    { path: `/loyalty/rewards/slots?kind=${kind}` },
    creator,
  );
  const day = data.days.findLast(({ reason }) => reason === null)!;
  return { date: day.date, time: day.slots.find(({ reason }) => reason === null)!.time };
};
const tierOf = async (rank: number) =>
  (
    await stackSql<{ id: string }>("select id from public.loyalty_tiers where client_id = $1 and rank = $2", [
      business.id,
      rank,
    ])
  )[0]!.id;

beforeAll(async () => {
  business = await ownBusiness({
    owner: "Olga Own",
    manager: "Max Man",
    support: "Sue Port",
    creator: "Cleo Create",
    customer: "Ona Other",
  });
  await ownerOf(business);
  creatorId = await creatorFor(business, "cleo");
  await stackSql("update public.loyalty_creators set total_videos = 3 where id = $1", [creatorId]);
  creator = await signIn(business.email("creator"));
}, 180_000);

describe("a claim through the API", () => {
  it("is made once, and once a key", async () => {
    const id = await reward();
    const first = await replays(business.slug, { path: `/loyalty/rewards/${id}/claim`, body: {} }, creator);
    expect(first.data).toMatchObject({
      rewardId: id,
      kind: "gift_card",
      source: "tier",
      state: "claimed",
      isRepeat: false,
    });
    // Another tab has another key: it meets the same claim.
    const again = await claim(id, {}, creator, randomUUID());
    expect(again).toMatchObject({ status: 200, data: { id: (first.data as Claim).id, isRepeat: true } });
    const other = await claim(id, { size: "M" }, creator);
    // What this kind does not need makes no other claim.
    expect(other.data.isRepeat).toBe(true);
  });

  it("of fifty requests at once makes one redemption", async () => {
    const id = await reward();
    const answers = await Promise.all(Array.from({ length: 50 }, () => claim(id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    const rows = await stackSql("select from public.loyalty_redemptions where reward_id = $1", [id]);
    expect(rows).toHaveLength(1);
  });

  it("answers each refusal with its own code", async () => {
    const gift = await reward({ kind: "physical_gift" });
    expect(await code(gift, { shipping: address })).toBe("422 SIZE_REQUIRED");
    expect(await code(gift, { shipping: address, size: "XL" })).toBe("422 SIZE_INVALID");
    expect(await code(gift, { size: "M" })).toBe("422 SHIPPING_INFO_REQUIRED");
    expect(fieldsOf(await claim(gift, { size: "M" }))).toEqual(["shipping.recipient"]);
    expect(
      fieldsOf(await claim(gift, { size: "M", shipping: { ...address, country: "Utopia", line1: "" } })),
    ).toEqual(["shipping.line1", "shipping.country"]);
    expect(await code(gift, { size: "M", shipping: address })).toBe("200 claimed");
    expect(await code(gift, { size: "S", shipping: address })).toBe("409 ACTIVE_CLAIM_EXISTS");

    const once = await reward({ frequency: "one_time", quantity: 1 });
    const { data } = await claim(once);
    for (const step of ["fulfilled", "concluded"])
      await stackSql(
        `update public.loyalty_redemptions set state = $2, fulfilled_at = now(),
           concluded_at = case when $2 = 'concluded' then now() end where id = $1`,
        [data.id, step],
      );
    expect(await code(once)).toBe("409 LIMIT_REACHED");
    expect(await code(await reward({}, { stock_total: 0 }))).toBe("409 SOLD_OUT");
    expect(await code(await reward({}, { unit_cost: 10, budget_total: 5 }))).toBe("409 BUDGET_SPENT");
    expect(await code(await reward({ tier_id: await tierOf(3) }))).toBe("403 TIER_INELIGIBLE");
    const paused = await reward();
    await stackSql("update public.loyalty_rewards set state = 'paused' where id = $1", [paused]);
    expect(await code(paused)).toBe("409 NOT_AVAILABLE");
    const held = await reward();
    const claimed = await claim(held);
    await stackSql(
      "update public.loyalty_redemptions set is_held = true, claim_digest = 'another' where id = $1",
      [claimed.data.id],
    );
    expect(await code(held)).toBe("409 ON_HOLD");
    await stackSql("update public.loyalty_creators set total_videos = 0 where id = $1", [creatorId]);
    expect(await code(await reward())).toBe("403 NOT_RECOGNISED");
    await stackSql("update public.loyalty_creators set total_videos = 3 where id = $1", [creatorId]);
  });

  it("is planned in the free days and hours the API lists, and nowhere else", async () => {
    const discount = await reward({ kind: "discount" });
    const slot = await freeDay("discount");
    expect(await code(discount)).toBe("422 SCHEDULING_REQUIRED");
    expect(await code(discount, { schedule: { date: slot.date } })).toBe("422 SCHEDULING_REQUIRED");
    expect(await code(discount, { schedule: { date: "2020-01-01", time: slot.time } })).toBe(
      "422 INVALID_SCHEDULE",
    );
    expect(await code(discount, { schedule: { date: "soon", time: slot.time } })).toBe(
      "422 INVALID_SCHEDULE",
    );
    expect(await code(discount, { schedule: { date: slot.date, time: "03:07" } })).toBe(
      "422 INVALID_TIME_SLOT",
    );
    expect(fieldsOf(await claim(discount, { schedule: { date: slot.date, time: "03:07" } }))).toEqual([
      "schedule.time",
    ]);
    await stackSql("update public.loyalty_settings set discount_capacity = 1 where client_id = $1", [
      business.id,
    ]);
    expect(await code(discount, { schedule: slot })).toBe("200 claimed");
    const [other] = [await creatorFor(business, "ona", "customer")];
    await stackSql("update public.loyalty_creators set total_videos = 1 where id = $1", [other]);
    await stackSql(
      `insert into public.person_roles (client_id, person_id, role_id)
       select client_id, person_id, 'creator' from public.loyalty_creators where id = $1`,
      [other],
    );
    const ona = await signIn(business.email("customer"));
    expect((await claim(discount, { schedule: slot }, ona)).error?.code).toBe("SLOT_FULL");

    const boost = await reward({ kind: "commission_boost" });
    const { date } = await freeDay("commission_boost");
    expect(await code(boost, { schedule: { date } })).toBe("200 claimed");
    const { data } = await knock<Slots>(
      business.slug,
      { path: "/loyalty/rewards/slots?kind=commission_boost" },
      creator,
    );
    expect(data).toMatchObject({ timeZone: "America/New_York", runningUntil: expect.any(String) });
    expect(await code(await reward({ kind: "commission_boost" }), { schedule: { date } })).toBe(
      "409 ACTIVE_CLAIM_EXISTS",
    );
  });

  it("of what a raffle or a mission gave takes the same body", async () => {
    const gift = await reward({ kind: "physical_gift", offer: "mission" });
    const [mission] = await stackSql<{ id: string }>(
      `with made as (insert into public.loyalty_missions (client_id, kind, name, target, reward_id) values ($1, 'videos', 'A mission', 1, $2) returning id),
            gone as (insert into public.loyalty_mission_progress (client_id, mission_id, creator_id, kind, tier_id, target, start_on)
              select $1, made.id, $3, 'videos', $4, 1, current_date from made returning id)
       insert into public.loyalty_redemptions (client_id, creator_id, reward_id, kind, source, mission_progress_id)
       select $1, $3, $2, 'physical_gift', 'mission', gone.id from gone returning id`,
      [business.id, gift, creatorId, await tierOf(3)],
    );
    const path = `/loyalty/redemptions/${mission!.id}/claim`;
    const answer = (body: object) => knock<Claim>(business.slug, { path, body }, creator);
    expect((await answer({ size: "M" })).error?.code).toBe("SHIPPING_INFO_REQUIRED");
    expect(await answer({ size: "M", shipping: address })).toMatchObject({
      status: 200,
      data: { id: mission!.id, source: "mission", state: "claimed", size: "M" },
    });
    expect((await answer({ size: "S", shipping: address })).error?.code).toBe("ACTIVE_CLAIM_EXISTS");
    // A reward made for missions is not for the taking.
    expect(await code(gift, { size: "M", shipping: address })).toBe("404 NOT_FOUND");
  });
});

/** What each person is answered, in this order: creator, support, another business's owner, signed out. */
const doors: [string, () => Door, [number, number, number, number]][] = [
  [
    "a reward that is not there",
    () => ({ path: `/loyalty/rewards/${nobody}/claim`, body: {} }),
    [404, 403, 404, 401],
  ],
  [
    "what was earned",
    () => ({ path: `/loyalty/redemptions/${nobody}/claim`, body: {} }),
    [404, 403, 404, 401],
  ],
  ["the free days", () => ({ path: "/loyalty/rewards/slots?kind=discount" }), [200, 403, 404, 401]],
];
const askers: Asker[] = ["creator", "support", "stranger", "signed out"];

describe.each(doors)("%s", (_, door, statuses) => {
  it.each(askers.map((who, at) => [who, statuses[at]!] as const))(
    "answers a %s with %i",
    async (who, status) => {
      const answer = await knock(business.slug, door(), await asker(who, business));
      expect(answer.status, answer.text).toBe(status);
    },
  );

  it("is not there while the program is off", () =>
    whileOff(business, "loyalty", async () => {
      expect((await knock(business.slug, door(), creator)).status).toBe(404);
    }));
});

describe("what does not fit", () => {
  it.each([[{ schedule: "tomorrow" }], [{ schedule: { date: 5 } }], [{ shipping: [] }], [{ size: 1 }], [[]]])(
    "is refused: %j",
    async (body) => {
      const answer = await claim(await reward(), body);
      expect(answer.status, answer.text).toBe(422);
    },
  );

  it("of free days is a kind that is not planned", async () => {
    for (const query of ["", "?kind=gift_card"])
      expect((await knock(business.slug, { path: `/loyalty/rewards/slots${query}` }, creator)).status).toBe(
        422,
      );
  });
});
