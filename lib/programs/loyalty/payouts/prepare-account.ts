import "server-only";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { accountHint, normaliseAccount } from "./account-text";
import { accountMessages, type PayoutAccountInput } from "./account.schema";
import { bankHint, bankNumber, readBankAccount } from "./bank-account";
import { accountFingerprint, sealAccount } from "./seal-account";

/** What the database stores of an account: sealed for a row that is not there yet, with nothing of it in the clear. */
export function prepareAccount(clientId: string, input: PayoutAccountInput) {
  const { plain, hint, number } = readAccount(input);
  const id = newId();
  return {
    p_client: clientId,
    p_id: id,
    p_method: input.method,
    p_hint: hint,
    p_sealed: sealAccount(clientId, id, plain),
    p_fingerprint: accountFingerprint(clientId, input.method, number),
    ...(plain === number ? {} : { p_details: accountFingerprint(clientId, input.method, plain) }),
  };
}

function readAccount(input: PayoutAccountInput): { plain: string; hint: string; number: string } {
  if (input.method === "bank") {
    const read = readBankAccount(input);
    if ("problems" in read) throw refused(read.problems);
    const { account } = read;
    return { plain: JSON.stringify(account), hint: bankHint(account), number: bankNumber(account) };
  }
  const account = normaliseAccount(input.method, input.account);
  if (account === null) throw refused({ account: accountMessages[input.method] });
  if (normaliseAccount(input.method, input.accountAgain) !== account)
    throw refused({ accountAgain: accountMessages.again });
  return { plain: account, hint: accountHint(input.method, account), number: account };
}

/** Two codes: that the two are not alike is mended by typing again, everything else by looking it up. */
function refused(fields: Record<string, string>): AppError {
  const [[first, message] = ["", ""], ...others] = Object.entries(fields);
  const code = first === "accountAgain" && others.length === 0 ? "ACCOUNT_MISMATCH" : "ACCOUNT_INVALID";
  return new AppError(code, 422, message, { fields });
}
