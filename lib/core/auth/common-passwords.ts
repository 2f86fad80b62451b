import "server-only";
// Ranked by how often each was found in leaks; MIT, from the zxcvbn-ts project.
import ranked from "@zxcvbn-ts/language-common/src/passwords.json";

const tooCommon = 10_000;
const common = new Set<string>((ranked as string[]).slice(0, tooCommon));

const lookalikes: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * The list holds small letters and digits, which our rules refuse anyway. Its words come back as "Password1!" and
 * "P@ssw0rd", so what people add to satisfy rules is taken away before looking.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const plain = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const bare = (text: string) => Array.from(text, (char) => lookalikes[char] ?? char).join("");
  const alphanumeric = lower.replace(/[^\p{L}\p{N}]/gu, "");
  const candidates = [lower, plain, alphanumeric, bare(plain), bare(lower.replace(/[\p{N}!?.*#_-]+$/u, ""))];
  // What is left must be most of the password: "cat" within a long sentence is no fault.
  return candidates.some((text) => text.length >= 4 && text.length * 2 >= lower.length && common.has(text));
}
