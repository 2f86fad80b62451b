import "server-only";
import {
  electronicFormatIBAN,
  extractBIC,
  friendlyFormatIBAN,
  getCountrySpecifications,
  isValidBIC,
  isValidIBAN,
} from "ibantools";
import { bareNumber } from "./account-text";
import { accountMessages, type BankAccount, type PayoutAccountInput } from "./account.schema";

export type BankInput = Extract<PayoutAccountInput, { method: "bank" }>;

/** Lands whose banks write another country's letters: an IBAN of Réunion begins with FR. */
const borrowed = ["AX", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"];

/** Where a bank account can be: the United States, and every country that has IBANs of its own. */
export const bankCountries: readonly string[] = [
  "US",
  ...Object.entries(getCountrySpecifications())
    .filter(([code, { IBANRegistry: isKnown }]) => isKnown && !borrowed.includes(code))
    .map(([code]) => code),
];

/** Each field that cannot be right with its sentence; or the account, every part in one spelling. */
export function readBankAccount(
  input: BankInput,
): { account: BankAccount } | { problems: Record<string, string> } {
  const problems: Record<string, string> = {};
  const holder = input.holder.normalize("NFC").replace(/\s+/g, " ").trim();
  const country = input.country.trim().toUpperCase();
  // Seventy is what a transfer in Europe can carry.
  if (!/^[^\p{C}]{2,70}$/u.test(holder) || !/\p{L}/u.test(holder))
    problems["holder"] = "Write who the account belongs to, in 2 to 70 letters.";
  if (!bankCountries.includes(country)) problems["country"] = "Choose the country of the bank.";
  const account = bareNumber(input.account);
  const made =
    country === "US" ? readAmerican(input, holder, account, problems) : readIban(input, holder, problems);
  if (!problems["account"] && bareNumber(input.accountAgain) !== account)
    problems["accountAgain"] = accountMessages.again;
  return Object.keys(problems).length === 0 ? { account: made } : { problems };
}

function readIban(input: BankInput, holder: string, problems: Record<string, string>): BankAccount {
  const country = input.country.trim().toUpperCase();
  const iban = electronicFormatIBAN(input.account.normalize("NFKC")) ?? "";
  if (!isValidIBAN(iban)) problems["account"] = "This is no IBAN. Check it letter by letter.";
  else if (!iban.startsWith(country) && !problems["country"])
    problems["account"] = `This IBAN begins with ${iban.slice(0, 2)}. Choose that country, or check it.`;
  const bic = bareNumber(input.bic ?? "");
  if (bic !== "") {
    const { countryCode: of } = extractBIC(bic);
    if (!isValidBIC(bic)) problems["bic"] = "This is no BIC. It has 8 or 11 letters and numbers.";
    else if (of !== country && !problems["country"] && !problems["account"])
      problems["bic"] = "This BIC is of a bank in another country.";
  }
  return { holder, country, iban, bic: bic === "" ? null : bic };
}

function readAmerican(
  input: BankInput,
  holder: string,
  account: string,
  problems: Record<string, string>,
): BankAccount {
  const routing = bareNumber(input.routing ?? "");
  if (!isRoutingNumber(routing))
    problems["routing"] = "This is no routing number. It has nine digits; check each.";
  if (!/^[0-9]{5,17}$/.test(account)) problems["account"] = "An account number has 5 to 17 digits.";
  if (!input.accountType) problems["accountType"] = "Choose what kind of account it is.";
  return { holder, country: "US", routing, account, accountType: input.accountType ?? "checking" };
}

/** The weighted sum of the American Bankers Association finds every wrong digit and most that changed places. */
export function isRoutingNumber(digits: string): boolean {
  // 00 to 12 are the Reserve's districts, 21 to 32 thrift banks, 61 to 72 electronic ones, 80 cheques of travellers.
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits)) return false;
  const sum = Array.from(digits).reduce((total, digit, at) => total + Number(digit) * [3, 7, 1][at % 3]!, 0);
  return sum > 0 && sum % 10 === 0;
}

/** What tells the same account again: whoever is named as its holder. */
export function bankNumber(bank: BankAccount): string {
  return "iban" in bank ? bank.iban : `${bank.routing} ${bank.account}`;
}

/** The country and the last four; fewer of a number so short that four would be most of it. */
export function bankHint(bank: BankAccount): string {
  const number = "iban" in bank ? bank.iban : bank.account;
  return `${bank.country} •••• ${number.slice(-Math.min(4, number.length - 4))}`;
}

/** The number as people read it. */
export function shownNumber(bank: BankAccount): string {
  return "iban" in bank ? (friendlyFormatIBAN(bank.iban) ?? bank.iban) : bank.account;
}
