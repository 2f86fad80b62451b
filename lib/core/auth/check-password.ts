import "server-only";
import { invalidField } from "@/lib/kernel/errors";
import { isCommonPassword } from "./common-passwords";
import { unmetRules } from "./password-rules";

const sentences = {
  length: "Use 8 to 128 characters.",
  upper: "Add a capital letter.",
  number: "Add a number.",
  symbol: "Add a symbol, such as ! or -.",
} as const;

export function checkNewPassword(password: string, field = "password"): void {
  const unmet = unmetRules(password);
  if (unmet.length > 0) throw invalidField(field, unmet.map((rule) => sentences[rule]).join(" "));
  if (isCommonPassword(password)) {
    throw invalidField(field, "This is one of the passwords tried first. Choose a less common one.");
  }
}
