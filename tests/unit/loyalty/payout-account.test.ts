import { describe, expect, it } from "vitest";
import { createLog } from "@/lib/kernel/log";
import { toCsv } from "@/lib/kernel/csv";
import { decimalText } from "@/lib/kernel/money";
import { accountHint, normaliseAccount } from "@/lib/programs/loyalty/payouts/account-text";
import { payoutAccountInputSchema } from "@/lib/programs/loyalty/contract";

describe("an account as it is typed", () => {
  it.each([
    ["paypal", " Noor@Mail.TEST ", "noor@mail.test"],
    ["paypal", "noor", null],
    ["paypal", "noor@mail", null],
    ["paypal", `${"a".repeat(250)}@mail.test`, null],
    ["venmo", "Noor-Haddad", "@noor-haddad"],
    ["venmo", "@@noor_h", "@noor_h"],
    ["venmo", "@noor haddad", null],
    ["venmo", "@abcd", null],
    ["venmo", "＠noor-haddad", "@noor-haddad"],
  ] as const)("%s %s is %s", (method, text, account) => {
    expect(normaliseAccount(method, text)).toBe(account);
  });

  it("must be typed twice alike; blanks, case and the sign make no difference", () => {
    const input = (account: string, accountAgain: string, method = "venmo") =>
      payoutAccountInputSchema.safeParse({ method, account, accountAgain }).success;
    expect(input("@Noor-Haddad", " noor-haddad ")).toBe(true);
    expect(input("@noor-haddad", "@noor-hadad")).toBe(false);
    expect(input("noor@mail.test", "noor@mail.test")).toBe(false);
  });

  it.each([
    ["paypal", "noor.haddad@mail.test", "n•••@mail.test"],
    ["paypal", `n@${"x".repeat(60)}.test`, `n•••@…${"x".repeat(35)}.test`],
    ["venmo", "@noor-haddad", "@n•••ad"],
  ] as const)("is hinted at: %s %s", (method, account, hint) => {
    expect(accountHint(method, account)).toBe(hint);
    expect(accountHint(method, account).length).toBeLessThanOrEqual(80);
  });
});

describe("an account", () => {
  it("is blacked out of a log line, however deep it was passed", () => {
    const lines: string[] = [];
    const log = createLog({ level: "info", destination: { write: (line) => void lines.push(line) } });
    log.info(
      {
        account: "noor@mail.test",
        input: { accountAgain: "noor@mail.test", holder: "Noor Haddad", routing: "021000021" },
        bank: { iban: "DE89370400440532013000", bic: "COBADEFFXXX" },
        a: { b: { receiver: "noor@mail.test" } },
      },
      "saved",
    );
    expect(lines.join()).toContain("[redacted]");
    for (const secret of ["noor@mail.test", "Noor Haddad", "021000021", "DE8937", "COBADEFF"])
      expect(lines.join()).not.toContain(secret);
  });

  it("of a list is text to a spreadsheet, its amount exact", () => {
    const text = toCsv(
      [{ account: "@noor-haddad", amount: decimalText(500, "USD") }],
      [
        { header: "Account", value: (row) => row.account },
        { header: "Amount", value: (row) => row.amount },
      ],
    );
    expect(text).toContain("'@noor-haddad,5.00");
    expect([5, 70_000, 1].map((minor) => decimalText(minor, "USD"))).toEqual(["0.05", "700.00", "0.01"]);
  });
});
