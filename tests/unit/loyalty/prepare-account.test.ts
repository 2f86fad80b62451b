import { beforeAll, describe, expect, it } from "vitest";
import { openAccount } from "@/lib/programs/loyalty/payouts/seal-account";
import type { PayoutAccountInput } from "@/lib/programs/loyalty/payouts/account.schema";
import { prepareAccount } from "@/lib/programs/loyalty/payouts/prepare-account";
import { setEnvironment } from "../http/environment";

const client = "22222222-2222-4222-8222-222222222222";
const other = "33333333-3333-4333-8333-333333333333";
const paypal: PayoutAccountInput = {
  method: "paypal",
  account: " Noor@Mail.TEST ",
  accountAgain: "noor@mail.test",
};
const bank: PayoutAccountInput = {
  method: "bank",
  holder: "Noor Haddad",
  country: "DE",
  account: "DE89 3704 0044 0532 0130 00",
  accountAgain: "de89370400440532013000",
};

beforeAll(() => setEnvironment());

describe("an account as the database gets it", () => {
  it("is sealed for its own row: nothing of it stands in the clear but a hint", () => {
    const made = prepareAccount(client, paypal);
    expect(JSON.stringify(made)).not.toContain("noor@mail.test");
    expect(made.p_hint).toBe("n•••@mail.test");
    expect(openAccount(client, made.p_id, made.p_sealed).account).toBe("noor@mail.test");
    expect(() => openAccount(other, made.p_id, made.p_sealed)).toThrow();
    expect(() => openAccount(client, other, made.p_sealed)).toThrow();
  });

  it("is known again within one business, however it is spelled, and in no other", () => {
    const print = (clientId: string, input: PayoutAccountInput) =>
      prepareAccount(clientId, input).p_fingerprint;
    const again = { ...paypal, account: "noor@mail.test" };
    expect(print(client, paypal)).toBe(print(client, again));
    expect(print(client, paypal)).not.toBe(print(other, paypal));
  });

  it("of a bank is told by its number, and its other details apart", () => {
    const made = prepareAccount(client, bank);
    const renamed = prepareAccount(client, { ...bank, holder: "N. Haddad" });
    expect(made.p_hint).toBe("DE •••• 3000");
    expect(renamed.p_fingerprint).toBe(made.p_fingerprint);
    expect(renamed.p_details).not.toBe(made.p_details);
    // An address or a name is the whole of the account: there is nothing beside it.
    expect(prepareAccount(client, paypal)).not.toHaveProperty("p_details");
  });

  it.each<[string, PayoutAccountInput, string, string[]]>([
    [
      "two spellings that differ",
      { ...paypal, accountAgain: "nor@mail.test" },
      "ACCOUNT_MISMATCH",
      ["accountAgain"],
    ],
    [
      "what is no address",
      { ...paypal, account: "noor", accountAgain: "nor" },
      "ACCOUNT_INVALID",
      ["account"],
    ],
    ["two numbers that differ", { ...bank, accountAgain: "DE00" }, "ACCOUNT_MISMATCH", ["accountAgain"]],
    [
      "a digit that is wrong",
      { ...bank, account: "DE88 3704 0044 0532 0130 00" },
      "ACCOUNT_INVALID",
      ["account"],
    ],
    [
      "more than one thing at once",
      { ...bank, holder: "N", accountAgain: "DE00" },
      "ACCOUNT_INVALID",
      ["holder", "accountAgain"],
    ],
  ])("refuses %s with its code and fields", (_what, input, code, fields) => {
    let refusal: unknown;
    try {
      prepareAccount(client, input);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code, status: 422 });
    expect(Object.keys((refusal as { details: { fields: object } }).details.fields)).toEqual(fields);
  });
});
