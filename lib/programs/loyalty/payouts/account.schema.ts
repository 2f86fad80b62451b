import { z } from "zod";
import { bankAccountTypes, payoutMethods } from "./account-kinds";
import { bareNumber, normaliseAccount } from "./account-text";

export const accountMessages = {
  paypal: "Write the e-mail address of your PayPal account.",
  venmo: "Write your Venmo username: 5 to 30 letters, numbers, - or _.",
  again: "The two are not the same. Check both.",
};

const typed = (message: string) => z.string(message).max(300, "That is too long.");
const twice = {
  account: typed("Write your account."),
  accountAgain: typed("Write it once more."),
};

/** As it is sent. Whether it can be right is judged by the operation, which says so with a code of its own. */
export const payoutAccountBodySchema = z
  .discriminatedUnion(
    "method",
    [
      z.object({ method: z.literal("paypal"), ...twice }),
      z.object({ method: z.literal("venmo"), ...twice }),
      z.object({
        method: z.literal("bank"),
        holder: typed("Write who the account belongs to."),
        /** Of the bank, as two letters. */
        country: typed("Choose the country."),
        /** The IBAN; in the United States the account number. */
        ...twice,
        bic: typed("Write the BIC.").optional(),
        routing: typed("Write the routing number.").optional(),
        accountType: z.enum(bankAccountTypes, "Choose what kind of account it is.").optional(),
      }),
    ],
    "Choose PayPal, Venmo or a bank account.",
  )
  .meta({
    description:
      "Typed twice, because a typing mistake sends money to a stranger. A bank account is an IBAN, in the United States a routing and an account number.",
    examples: [
      { method: "paypal", account: "noor@mail.test", accountAgain: "noor@mail.test" },
      { method: "venmo", account: "@noor-haddad", accountAgain: "@noor-haddad" },
      {
        method: "bank",
        holder: "Noor Haddad",
        country: "DE",
        account: "DE89 3704 0044 0532 0130 00",
        accountAgain: "DE89370400440532013000",
        bic: "COBADEFFXXX",
      },
      {
        method: "bank",
        holder: "Noor Haddad",
        country: "US",
        routing: "021000021",
        account: "000123456789",
        accountAgain: "000123456789",
        accountType: "checking",
      },
    ],
  });
export type PayoutAccountInput = z.infer<typeof payoutAccountBodySchema>;

/** The same with what a browser can tell at once. A bank's own checks are the server's: they weigh too much for a page. */
export const payoutAccountInputSchema = payoutAccountBodySchema.superRefine((input, context) => {
  const wrong = (field: string, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (input.method === "bank") {
    if (bareNumber(input.account) !== bareNumber(input.accountAgain))
      wrong("accountAgain", accountMessages.again);
    return;
  }
  const first = normaliseAccount(input.method, input.account);
  if (first === null) wrong("account", accountMessages[input.method]);
  else if (normaliseAccount(input.method, input.accountAgain) !== first)
    wrong("accountAgain", accountMessages.again);
});

export const payoutAccountSchema = z
  .object({
    id: z.uuid(),
    method: z.enum(payoutMethods),
    hint: z.string(),
    /** No money goes to a changed account before this. */
    heldUntil: z.string().nullable(),
  })
  .meta({
    examples: [
      {
        id: "01938f5a-0000-7000-8000-000000000001",
        method: "bank",
        hint: "DE •••• 3000",
        heldUntil: null,
      },
    ],
  });
export type PayoutAccount = z.infer<typeof payoutAccountSchema>;

/** A bank account in full, as it is sealed. */
export const bankAccountSchema = z.union([
  z.object({
    holder: z.string(),
    country: z.string(),
    iban: z.string(),
    bic: z.string().nullable(),
  }),
  z.object({
    holder: z.string(),
    country: z.literal("US"),
    routing: z.string(),
    account: z.string(),
    accountType: z.enum(bankAccountTypes),
  }),
]);
export type BankAccount = z.infer<typeof bankAccountSchema>;
