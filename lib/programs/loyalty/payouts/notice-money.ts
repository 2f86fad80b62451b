import type { Words } from "@/lib/core/notifications/server";
import { decimalText } from "@/lib/kernel/money";

/** An amount as the reader writes it; the text is exact, and the number made of it is only shown. */
export function noticeMoney(words: Pick<Words, "number">, minor: number, currency: string): string {
  return words.number(Number(decimalText(minor, currency)), { style: "currency", currency });
}
