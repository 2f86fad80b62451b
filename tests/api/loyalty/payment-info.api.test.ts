import { beforeAll, describe, expect, it } from "vitest";
import { creatorFor, ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { fieldsOf, knock } from "../../support/doors";
import { owedBoost } from "../../support/owed-boost";
import { signIn, stackSql, waitForMail, type SignedIn } from "../../support/stack";

interface Given {
  account: { id: string; method: string; hint: string; heldUntil: string | null };
  boost: { id: string; state: string; earned: number; isFinal: boolean };
}
interface Batch {
  id: string;
  state: string;
  items: { id: string; hint: string; accountId: string }[];
}

const iban = "DE89370400440532013000";
const bank = {
  method: "bank",
  holder: "=Cleo Create",
  country: "DE",
  account: "DE89 3704 0044 0532 0130 00",
  accountAgain: iban,
  bic: "COBADEFFXXX",
};
let business: OwnBusiness;
let owner: SignedIn;
let creator: SignedIn;
let boostId: string;
let reward: string;

const rewardOf = async (boost: string) =>
  (
    await stackSql<{ id: string }>(
      "select r.reward_id as id from public.loyalty_boosts b join public.loyalty_redemptions r on r.id = b.redemption_id where b.id = $1",
      [boost],
    )
  )[0]!.id;
const give = (body: unknown, id = reward, as = creator) =>
  knock<Given>(business.slug, { path: `/loyalty/rewards/${id}/payment-info`, body }, as);
const asOwner = <T = Batch>(path: string, body?: unknown) => knock<T>(business.slug, { path, body }, owner);

beforeAll(async () => {
  business = await ownBusiness({ owner: "Olga Own", creator: "Cleo Create", support: "Sid Support" });
  owner = await ownerOf(business);
  creator = await signIn(business.email("creator"));
  boostId = (await owedBoost(business, await creatorFor(business, "cleo.bank"), 5_120)).boostId;
  reward = await rewardOf(boostId);
}, 120_000);

describe("the payout details a boost waits for", () => {
  it("are refused with a code and beside the field when they cannot be right", async () => {
    const mismatch = await give({ ...bank, accountAgain: "DE89370400440532013001" });
    expect([mismatch.status, mismatch.error?.code, fieldsOf(mismatch)]).toEqual([
      422,
      "ACCOUNT_MISMATCH",
      ["accountAgain"],
    ]);
    const invalid = await give({ ...bank, country: "FR", holder: "" });
    expect([invalid.status, invalid.error?.code, fieldsOf(invalid).sort()]).toEqual([
      422,
      "ACCOUNT_INVALID",
      ["account", "holder"],
    ]);
    const paypal = await give({ method: "paypal", account: "a@mail.test", accountAgain: "b@mail.test" });
    expect(paypal.error?.code).toBe("ACCOUNT_MISMATCH");
    const routing = await give({
      method: "bank",
      holder: "Cleo",
      country: "US",
      account: "12345678",
      accountAgain: "12345678",
      routing: "123456789",
      accountType: "checking",
    });
    expect(fieldsOf(routing)).toEqual(["routing"]);
    expect(fieldsOf(await give({ account: "x", accountAgain: "x" }))).toEqual(["method"]);
  });

  it("are not asked for by a reward she has no boost of", async () => {
    expect((await give(bank, crypto.randomUUID())).status).toBe(404);
    expect((await give(bank, "nonsense")).status).toBe(404);
    expect((await give(bank, reward, await signIn(business.email("support")))).status).toBe(403);
  });

  it("move the boost on, are shown by their last four, and are mailed about", async () => {
    const given = await give(bank);
    expect(given.status, given.text).toBe(200);
    expect(given.data).toMatchObject({
      account: { method: "bank", hint: "DE •••• 3000", heldUntil: null },
      boost: { id: boostId, state: "pending_payout", earned: 5_120 },
    });
    const info = await knock<{ account: Given["account"] }>(
      business.slug,
      { path: "/loyalty/payout-accounts" },
      creator,
    );
    expect(info.data.account).toMatchObject({ id: given.data.account.id, hint: "DE •••• 3000" });
    expect(info.text).not.toContain("0532");
    const mail = await waitForMail(business.email("creator"), ({ subject }) =>
      subject.includes("Your payout details at"),
    );
    expect(mail.text).toContain("your bank account, DE •••• 3000");
    expect(`${mail.text}${mail.html}`).not.toContain("0532");
  });

  it("sent again change nothing; others are refused, because it waits for nothing", async () => {
    const again = await give({ ...bank, account: iban });
    expect([again.status, again.data.boost.state]).toEqual([200, "pending_payout"]);
    const other = await give({ method: "venmo", account: "@cleo-create", accountAgain: "cleo-create" });
    expect([other.status, other.error?.code]).toEqual([409, "DETAILS_NOT_NEEDED"]);
  });

  it("lie in no table in the clear", async () => {
    const tables = await stackSql<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('public', 'private', 'graphile_worker')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await stackSql<{ n: number }>(
        `select count(*)::int as n from ${name} t where t::text like '%0532013000%' or t::text like '%COBADEFF%'`,
      );
      if (row?.n) found.push(name);
    }
    expect(found).toEqual([]);
  });
});

describe("a batch for the bank", () => {
  it("is apart from PayPal's, holds what a bank needs, and no formula", async () => {
    expect((await asOwner("/loyalty/payout-batches", { method: "paypal" })).status).toBe(409);
    const { id } = (await asOwner("/loyalty/payout-batches", { method: "bank" })).data;
    const base = `/loyalty/payout-batches/${id}`;
    const approved = await asOwner(`${base}/steps`, { step: "approve" });
    expect(approved.data.items).toMatchObject([{ hint: "DE •••• 3000" }]);
    expect((await asOwner(`${base}/steps`, { step: "send_by_paypal" })).status).toBeGreaterThanOrEqual(409);
    const list = await knock(business.slug, { path: `${base}/export` }, owner);
    const [head, line, ...rest] = list.text.replace("\uFEFF", "").trim().split("\r\n");
    expect(rest).toEqual([]);
    expect(head).toBe(
      "Account holder,Country,IBAN,BIC,Routing number,Account number,Account type,Amount,Currency,Reference,Note,Creator",
    );
    expect(line).toMatch(
      new RegExp(
        `^'=Cleo Create,DE,${iban},COBADEFFXXX,,,,51\\.20,USD,[0-9a-f]{32},${business.name},cleo\\.bank$`,
      ),
    );
  });

  it("shows an account in full for a reason only", async () => {
    const { data } = await knock<{ account: Given["account"] }>(
      business.slug,
      { path: "/loyalty/payout-accounts" },
      creator,
    );
    const path = `/loyalty/payout-accounts/${data.account.id}/reveal`;
    expect((await knock(business.slug, { path, body: { reason: "I am curious." } }, creator)).status).toBe(
      403,
    );
    const shown = await asOwner(path, { reason: "The bank asked." });
    expect(shown.data).toEqual({
      method: "bank",
      account: "DE89 3704 0044 0532 0130 00",
      bank: { holder: "=Cleo Create", country: "DE", bic: "COBADEFFXXX" },
    });
    const rows = await stackSql<{ reason: string }>(
      "select reason from public.loyalty_account_reveals where account_id = $1",
      [data.account.id],
    );
    expect(rows).toEqual([{ reason: "The bank asked." }]);
  });
});

describe("a sum that does not add up", () => {
  it("is mailed to the owner, with both sums, and stands on the list of money", async () => {
    await stackSql("update public.loyalty_payout_batches set total_amount = 4999 where client_id = $1", [
      business.id,
    ]);
    await stackSql("select private.loyalty_note_mismatches($1)", [business.id]);
    const mail = await waitForMail(business.email("owner"), ({ subject }) =>
      subject.includes("1 sum does not add up"),
    );
    for (const text of [mail.text, mail.html]) {
      expect(text).toContain("Total of a batch");
      expect(text).toContain("stored $49.99, its rows say $51.20");
    }
    const queue = await asOwner<{ findings: { what: string; stored: number; computed: number }[] }>(
      "/loyalty/payouts/queue",
    );
    expect(queue.data.findings).toMatchObject([
      { what: "batch.total_amount", stored: 4_999, computed: 5_120 },
    ]);
    const told = await knock<{ items: { type: string; title: string }[] }>(
      business.slug,
      { path: "/notifications" },
      owner,
    );
    expect(told.data.items.map(({ title }) => title)).toContain("1 sum does not add up");
    await stackSql("update public.loyalty_payout_batches set total_amount = 5120 where client_id = $1", [
      business.id,
    ]);
    await stackSql("select private.loyalty_note_mismatches($1)", [business.id]);
    expect((await asOwner<{ findings: unknown[] }>("/loyalty/payouts/queue")).data.findings).toEqual([]);
  });
});
