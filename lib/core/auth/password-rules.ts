/** What a password must be. Shared by the form, which ticks each rule as it is met, and the server. */
export const passwordLength = { min: 8, max: 128 } as const;

export const passwordRules = [
  {
    id: "length",
    isMet: (text: string) => length(text) >= passwordLength.min && length(text) <= passwordLength.max,
  },
  { id: "upper", isMet: (text: string) => /\p{Lu}/u.test(text) },
  { id: "number", isMet: (text: string) => /\p{Nd}/u.test(text) },
  { id: "symbol", isMet: (text: string) => /[^\p{L}\p{N}]/u.test(text) },
] as const;

export type PasswordRuleId = (typeof passwordRules)[number]["id"];

/** People count characters, not code units: an emoji is one. */
function length(text: string): number {
  return Array.from(text).length;
}

export function unmetRules(text: string): PasswordRuleId[] {
  return passwordRules.filter((rule) => !rule.isMet(text)).map((rule) => rule.id);
}
