import { describe, expect, it } from "vitest";
import { payoutAccountInputSchema, payoutMethods } from "@/lib/programs/loyalty/contract";
import {
  bankCountries,
  bankHint,
  bankNumber,
  isRoutingNumber,
  readBankAccount,
  shownNumber,
  type BankInput,
} from "@/lib/programs/loyalty/payouts/bank-account";

const german: BankInput = {
  method: "bank",
  holder: "  Noor   Haddad ",
  country: "DE",
  account: "de89 3704 0044 0532 0130 00",
  accountAgain: "DE89-3704-0044-0532-0130-00",
};
const american: BankInput = {
  method: "bank",
  holder: "Noor Haddad",
  country: "US",
  routing: "021000021",
  account: "000123456789",
  accountAgain: "000 123 456 789",
  accountType: "savings",
};
const wrong = (input: BankInput) => {
  const read = readBankAccount(input);
  return "problems" in read ? Object.keys(read.problems) : [];
};

describe("a bank account as it is typed", () => {
  it("becomes one spelling, a hint of its last four, and a number that tells it again", () => {
    const read = readBankAccount({ ...german, bic: "cobadeff xxx" });
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    expect(read.account).toEqual({
      holder: "Noor Haddad",
      country: "DE",
      iban: "DE89370400440532013000",
      bic: "COBADEFFXXX",
    });
    expect(bankHint(read.account)).toBe("DE •••• 3000");
    expect(shownNumber(read.account)).toBe("DE89 3704 0044 0532 0130 00");
    const other = readBankAccount({ ...german, holder: "Somebody Else" });
    if ("problems" in other) throw new Error("refused");
    expect(bankNumber(other.account)).toBe(bankNumber(read.account));
  });

  it("keeps the zeros an American number begins with", () => {
    const read = readBankAccount(american);
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    expect(read.account).toMatchObject({ account: "000123456789", accountType: "savings" });
    expect(bankHint(read.account)).toBe("US •••• 6789");
  });

  it("shows less of a number that four would be most of", () => {
    const read = readBankAccount({ ...american, account: "12345", accountAgain: "12345" });
    if ("problems" in read) throw new Error("refused");
    expect(bankHint(read.account)).toBe("US •••• 5");
  });

  it.each<[string, BankInput, string[]]>([
    ["a digit of the IBAN is wrong", { ...german, account: "DE89370400440532013001" }, ["account"]],
    ["the IBAN is of another country", { ...german, country: "FR" }, ["account"]],
    ["the two IBANs differ", { ...german, accountAgain: "DE89370400440532013001" }, ["accountAgain"]],
    ["nobody holds it", { ...german, holder: " " }, ["holder"]],
    ["the holder is a number", { ...german, holder: "12345" }, ["holder"]],
    ["the holder breaks the line", { ...german, holder: "Noor\u0000Haddad" }, ["holder"]],
    ["the holder is too long to be sent", { ...german, holder: "N".repeat(71) }, ["holder"]],
    ["the BIC is none", { ...german, bic: "COBA" }, ["bic"]],
    ["the BIC is of another country", { ...german, bic: "BNPAFRPP" }, ["bic"]],
    ["the country has no IBAN", { ...german, country: "ZZ" }, ["country"]],
    ["the routing number fails its sum", { ...american, routing: "021000022" }, ["routing"]],
    ["there is no routing number", { ...american, routing: undefined }, ["routing"]],
    ["the account number has letters", { ...american, account: "12AB5678" }, ["account"]],
    ["the kind is missing", { ...american, accountType: undefined }, ["accountType"]],
  ])("is refused beside the field when %s", (_, input, fields) => {
    expect(wrong(input)).toEqual(fields);
  });

  it("can be in the United States and where IBANs are given out, not where they are borrowed", () => {
    expect(bankCountries).toContain("US");
    expect(bankCountries.length).toBeGreaterThan(75);
    expect(bankCountries).not.toContain("RE");
    expect(bankCountries).not.toContain("JP");
  });
});

describe("a routing number", () => {
  it.each(["021000021", "011401533", "091000019", "121000358"])("%s is one", (digits) => {
    expect(isRoutingNumber(digits)).toBe(true);
  });

  it("with any one digit wrong is none", () => {
    for (let at = 0; at < 9; at += 1)
      for (let digit = 0; digit <= 9; digit += 1) {
        const changed = `02100002${1}`.split("");
        if (changed[at] === String(digit)) continue;
        changed[at] = String(digit);
        expect([changed.join(""), isRoutingNumber(changed.join(""))]).toEqual([changed.join(""), false]);
      }
  });

  it.each(["000000000", "990000004", "02100002", "0210000211"])("%s is none", (digits) => {
    expect(isRoutingNumber(digits)).toBe(false);
  });
});

describe("what a browser checks of it", () => {
  it("is that both numbers are alike, blanks aside", () => {
    expect(payoutAccountInputSchema.safeParse(german).success).toBe(true);
    const other = payoutAccountInputSchema.safeParse({ ...german, accountAgain: "DE00" });
    expect(other.error?.issues[0]?.path).toEqual(["accountAgain"]);
    expect(payoutMethods).toEqual(["paypal", "venmo", "bank"]);
  });
});
