import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, replays, whileOff, type Asker, type Door } from "../../support/doors";
import { owedBoost } from "../../support/owed-boost";
import { call, freshSignIn, signIn, stackSql, waitForMail, type SignedIn } from "../../support/stack";

interface Mine {
  account: { id: string; method: string; hint: string; heldUntil: string | null } | null;
  boosts: { state: string; earned: number; isFinal: boolean }[];
  payouts: { id: string; state: string; amount: number; hint: string | null }[];
  balance: number;
}
interface Batch {
  id: string;
  state: string;
  amount: number;
  items: { id: string; state: string; amount: number; accountId: string; lines: { id: string }[] }[];
}

const secretAccount = "cleo.secret-payee@mail.test";
let business: OwnBusiness;
let owner: SignedIn;
let creator: SignedIn;
let creatorId: string;

const save = (account: string, again = account, method = "paypal", as = creator) =>
  knock<{ id: string; hint: string; heldUntil: string | null }>(
    business.slug,
    { method: "PUT", path: "/loyalty/payout-accounts", body: { method, account, accountAgain: again } },
    as,
  );
const mine = async (as = creator) =>
  (await knock<Mine>(business.slug, { path: "/loyalty/payouts" }, as)).data;
const asOwner = <T = Batch>(path: string, body?: unknown) => knock<T>(business.slug, { path, body }, owner);

beforeAll(async () => {
  business = await ownBusiness({
    owner: "Olga Own",
    creator: "Cleo Create",
    support: "Sid Support",
    manager: "Max Man",
    admin: "Ada Admin",
  });
  owner = await ownerOf(business);
  creator = await signIn(business.email("creator"));
  creatorId = await creatorFor(business, "cleo");
  await owedBoost(business, creatorId, 5_120);
}, 120_000);

describe("payout details", () => {
  it.each([
    [{ method: "paypal", account: "not an address", accountAgain: "not an address" }, ["account"]],
    [{ method: "paypal", account: "a@mail.test", accountAgain: "b@mail.test" }, ["accountAgain"]],
    [{ method: "venmo", account: "@no", accountAgain: "@no" }, ["account"]],
    [{ method: "cash", account: "DE00", accountAgain: "DE00" }, ["method"]],
    [{ method: "bank", account: "DE00", accountAgain: "DE00" }, ["holder", "country"]],
    [{ method: "bank", holder: "Cleo", country: "DE", account: "DE00", accountAgain: "DE00" }, ["account"]],
    [
      { method: "paypal", account: "=1+1@mail.test\u0000", accountAgain: "=1+1@mail.test\u0000" },
      ["account"],
    ],
  ])("that cannot be right are refused beside the field: %o", async (body, fields) => {
    const answer = await knock(
      business.slug,
      { method: "PUT", path: "/loyalty/payout-accounts", body },
      creator,
    );
    expect([answer.status, fieldsOf(answer)]).toEqual([422, fields]);
  });

  it("wait for her, are sealed, shown as a hint, and mailed about", async () => {
    expect(await mine()).toMatchObject({ account: null, boosts: [{ state: "pending_info", earned: 5_120 }] });
    const saved = await save(` ${secretAccount.toUpperCase()} `, secretAccount);
    expect(saved.status, saved.text).toBe(200);
    expect(saved.data).toMatchObject({ hint: "c•••@mail.test", heldUntil: null });
    const now = await mine();
    expect(now).toMatchObject({ boosts: [{ state: "pending_payout", isFinal: true }], balance: 5_120 });
    expect(JSON.stringify(now)).not.toContain("secret-payee");
    // Not the one that asked for them.
    const mail = await waitForMail(business.email("creator"), ({ subject }) =>
      subject.startsWith("Your payout details at"),
    );
    expect(mail.text).toContain("c•••@mail.test");
    expect(`${mail.text}${mail.html}`).not.toContain("secret-payee");
  });

  it("lie in no table in the clear: not in rows, audit log, remembered answers, queue or notices", async () => {
    const tables = await stackSql<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('public', 'private', 'graphile_worker')`,
    );
    expect(tables.length).toBeGreaterThan(50);
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await stackSql<{ n: number }>(
        `select count(*)::int as n from ${name} t where t::text ilike '%secret-payee%'`,
      );
      if (row?.n) found.push(name);
    }
    expect(found).toEqual([]);
  });

  it("given again change nothing, and changed hold money for two days", async () => {
    const before = (await mine()).account;
    expect((await save(secretAccount)).data.id).toBe(before?.id);
    const changed = await save("@cleo-create", "cleo-create", "venmo");
    expect(changed.data).toMatchObject({ hint: "@c•••te" });
    expect(Date.parse(changed.data.heldUntil ?? "") - Date.now()).toBeGreaterThan(47 * 3_600_000);
    const queue = await asOwner<{ items: { note: string; amount: number }[] }>(
      "/loyalty/payouts/queue?view=waiting",
    );
    expect(queue.data.items).toMatchObject([{ note: "account_held", amount: 5_120 }]);
    expect((await asOwner("/loyalty/payout-batches", { method: "venmo" })).error).toMatchObject({
      code: "ILLEGAL_STEP",
    });
  });

  it("are shown in full for a reason, which is written down with the name", async () => {
    const { account } = await mine();
    const path = `/loyalty/payout-accounts/${account?.id}/reveal`;
    expect(fieldsOf(await asOwner(path, { reason: " " }))).toEqual(["reason"]);
    const shown = await asOwner<{ account: string }>(path, { reason: "She asked where it went." });
    expect(shown.data).toEqual({ method: "venmo", account: "@cleo-create" });
    expect(shown.headers.get("cache-control")).toContain("no-store");
    const rows = await stackSql<{ reason: string; email: string; action: string }>(
      `select r.reason, u.email, l.action from public.loyalty_account_reveals r join auth.users u on u.id = r.revealed_by
         join public.core_audit_log l on l.row_key = r.account_id::text and l.action = 'read' where r.client_id = $1`,
      [business.id],
    );
    expect(rows).toEqual([
      { reason: "She asked where it went.", email: business.email("owner"), action: "read" },
    ]);
  });
});

describe("a batch", () => {
  it("is made, approved, listed, sent, paid and undone; the creator sees each", async () => {
    await stackSql(
      `alter table public.loyalty_payout_accounts disable trigger t20_immutable;
       update public.loyalty_payout_accounts set held_until = now() - interval '1 hour' where client_id = '${business.id}';
       alter table public.loyalty_payout_accounts enable trigger t20_immutable`,
    );
    const made = await replays(
      business.slug,
      { path: "/loyalty/payout-batches", body: { method: "venmo", creators: [creatorId] } },
      owner,
    );
    const { id } = made.data as { id: string };
    const base = `/loyalty/payout-batches/${id}`;
    expect((await asOwner(`${base}/steps`, { step: "send" })).status).toBe(409);
    expect((await knock(business.slug, { path: `${base}/export` }, owner)).status).toBe(409);
    expect((await asOwner(`${base}/steps`, { step: "approve" })).data).toMatchObject({
      state: "approved",
      amount: 5_120,
    });
    expect(fieldsOf(await asOwner(`${base}/steps`, { step: "send_by_paypal" }))).toEqual(["step"]);
    const list = await knock(business.slug, { path: `${base}/export` }, owner);
    expect(list.headers.get("content-disposition")).toContain(`${business.slug}-payouts-`);
    const lines = list.text.replace("\uFEFF", "").trim().split("\r\n");
    expect(lines[0]).toBe("Venmo username,Amount,Currency,Reference,Note,Creator");
    // A name that starts with @ would be run as a formula.
    expect(lines[1]).toMatch(new RegExp(`^cleo-create,51\\.20,USD,[0-9a-f-]{36},${business.name},cleo$`));
    expect((await asOwner(`${base}/steps`, { step: "send" })).data.state).toBe("sent");
    expect((await mine()).payouts).toMatchObject([{ state: "sent", hint: "@c•••te" }]);
    const paid = await asOwner(`${base}/payments`, { step: "paid", reference: "V-77" });
    expect(paid.data).toMatchObject({ state: "settled", items: [{ state: "paid" }] });
    expect(await mine()).toMatchObject({
      boosts: [{ state: "paid" }],
      payouts: [{ state: "paid" }],
      balance: 0,
    });
    await waitForMail(business.email("creator"), ({ subject }) => subject.includes("has paid you $51.20"));
    expect((await asOwner(`${base}/payments`, { step: "paid" })).error?.code).toBe("STALE");
    expect((await asOwner(`${base}/payments`, { step: "undo" })).data).toMatchObject({ state: "sent" });
    const failed = await asOwner(`${base}/payments`, { step: "failed", reason: "Venmo does not know her." });
    expect(failed.data).toMatchObject({ state: "settled", items: [{ state: "failed" }] });
    expect((await mine()).payouts).toMatchObject([
      { state: "failed", failureReason: "Venmo does not know her." },
    ]);
    expect((await asOwner(`${base}/payments`, { step: "retry" })).status).toBe(200);
    expect(await mine()).toMatchObject({ balance: 5_120, payouts: [{ state: "pending" }] });
  });

  it("is refused with nobody in it, and an unknown one is not there", async () => {
    expect((await asOwner("/loyalty/payout-batches", { method: "paypal" })).error).toMatchObject({
      code: "ILLEGAL_STEP",
    });
    expect(fieldsOf(await asOwner("/loyalty/payout-batches", { method: "cash" }))).toEqual(["method"]);
    expect((await asOwner(`/loyalty/payout-batches/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await asOwner("/loyalty/payout-batches/nonsense")).status).toBe(404);
  });
});

describe("an earning", () => {
  it("is taken back once, at most all of it, with a reason she reads", async () => {
    const { items } = (
      await asOwner<{ items: { id: string; amount: number }[] }>(
        `/loyalty/payouts/earnings?creator=${creatorId}`,
      )
    ).data;
    const path = `/loyalty/payouts/${items[0]?.id}/claw-back`;
    expect(fieldsOf(await asOwner(path, { amount: 5_121, reason: "All and more." }))).toEqual(["amount"]);
    expect(fieldsOf(await asOwner(path, { amount: 0, reason: "Nothing." }))).toEqual(["amount"]);
    expect(fieldsOf(await asOwner(path, { amount: 120, reason: "" }))).toEqual(["reason"]);
    await replays(business.slug, { path, body: { amount: 120, reason: "One order came back." } }, owner);
    expect((await asOwner(path, { amount: 1, reason: "Once more." })).error?.code).toBe("ALREADY_DONE");
    expect(await mine()).toMatchObject({ balance: 5_000 });
    expect(await stackSql("select * from private.loyalty_money_mismatches($1)", [business.id])).toEqual([]);
  });
});

describe("the doors of money", () => {
  const id = crypto.randomUUID();
  const staffDoors: Door[] = [
    { path: "/loyalty/payouts/queue" },
    { path: `/loyalty/payouts/earnings?creator=${id}` },
    { path: `/loyalty/payouts/${id}/claw-back`, body: { amount: 1, reason: "A reason." } },
    { path: `/loyalty/payout-accounts/${id}/reveal`, body: { reason: "A reason." } },
    { path: "/loyalty/payout-batches" },
    { path: "/loyalty/payout-batches", body: { method: "paypal" } },
    { path: `/loyalty/payout-batches/${id}` },
    { path: `/loyalty/payout-batches/${id}/steps`, body: { step: "approve" } },
    { path: `/loyalty/payout-batches/${id}/payments`, body: { step: "paid" } },
    { path: `/loyalty/payout-batches/${id}/export` },
  ];
  const ownDoors: Door[] = [
    { path: "/loyalty/payouts" },
    { path: "/loyalty/boosts" },
    { path: "/loyalty/payout-accounts" },
    {
      method: "PUT",
      path: "/loyalty/payout-accounts",
      body: { method: "paypal", account: "x@mail.test", accountAgain: "x@mail.test" },
    },
    {
      path: `/loyalty/rewards/${id}/payment-info`,
      body: { method: "paypal", account: "x@mail.test", accountAgain: "x@mail.test" },
    },
  ];

  it.each<[Asker | "manager", number]>([
    ["creator", 403],
    ["support", 403],
    ["manager", 403],
    ["stranger", 404],
    ["signed out", 401],
  ])("are shut to a %s", async (who, status) => {
    const as = who === "manager" ? await signIn(business.email("manager")) : await asker(who, business);
    for (const door of staffDoors) {
      const answer = await knock(business.slug, door, as);
      expect([door.path, answer.status]).toEqual([door.path, status]);
    }
  });

  it("open to the owner and the admin", async () => {
    for (const as of [owner, await signIn(business.email("admin"))])
      expect((await knock(business.slug, { path: "/loyalty/payouts/queue" }, as)).status).toBe(200);
  });

  it("show each creator her own and nobody else's", async () => {
    for (const door of ownDoors) {
      expect((await knock(business.slug, door, null)).status).toBe(401);
      expect((await knock(business.slug, door, await asker("stranger", business))).status).toBe(404);
      // Staff who are no creators have no payouts of their own.
      expect((await knock(business.slug, door, await asker("support", business))).status).toBe(403);
      expect((await knock(business.slug, door, owner)).status).toBe(403);
    }
  });

  it("are not there while the program is off", async () => {
    await whileOff(business, "loyalty", async () => {
      for (const door of [...staffDoors, ...ownDoors])
        expect([door.path, (await knock(business.slug, door, owner)).status]).toEqual([door.path, 404]);
    });
  });

  it("stay shut to a change from elsewhere", async () => {
    const session = await freshSignIn(business.email("creator"));
    const answer = await call(`/api/${business.slug}/loyalty/payout-accounts`, {
      as: session,
      with: "cookie",
      method: "PUT",
      body: { method: "paypal", account: "evil@mail.test", accountAgain: "evil@mail.test" },
      headers: { origin: "https://evil.test", "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(403);
  });
});
