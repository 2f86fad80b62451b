import { CellRejected } from "./rejections";

/** Which mark starts the fraction in a column. */
export type DecimalMark = "dot" | "comma";

/** What a column's cells say about its decimal mark; `1,234` and `1.234` alone say nothing. */
export interface NumberEvidence {
  dot: number;
  comma: number;
  /** Cells that read differently under the other mark. */
  unsure: number;
}

export const noNumberEvidence = (): NumberEvidence => ({ dot: 0, comma: 0, unsure: 0 });

const multipliers: Record<string, number> = { k: 3, m: 6, mio: 6, b: 9, bn: 9 };
const plainDigits = /^\d{1,15}$/;
// One or two digits behind a lone dot are a fraction under every reading; leading zeros go the long way.
const plainAmount = /^(0|[1-9]\d{0,12})\.(\d{1,2})$/;
const spaces = /[\s\u00a0\u2007\u2009\u202f'’_]+/g;
const currencySigns: Record<string, readonly string[]> = {
  $: ["USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "ARS", "CLP", "COP"],
  "€": ["EUR"],
  "£": ["GBP"],
  "¥": ["JPY", "CNY"],
  "₹": ["INR"],
  "₩": ["KRW"],
  "₱": ["PHP"],
  "₫": ["VND"],
  "฿": ["THB"],
  "₺": ["TRY"],
  "₽": ["RUB"],
  "₴": ["UAH"],
  zł: ["PLN"],
  R$: ["BRL"],
  US$: ["USD"],
  C$: ["CAD"],
  CA$: ["CAD"],
  A$: ["AUD"],
  AU$: ["AUD"],
  S$: ["SGD"],
  MX$: ["MXN"],
  RM: ["MYR"],
  Rp: ["IDR"],
  kr: ["SEK", "NOK", "DKK"],
};

/** A number as digits and a power of ten: exact, whatever its length. */
export interface Decimal {
  negative: boolean;
  digits: string;
  /** How many of the digits stand behind the decimal mark; negative for `1.2M`. */
  scale: number;
}

/** Reads one cell and adds what it proves to the evidence. `mark` decides the cells that prove nothing. */
export function readDecimal(
  raw: string,
  mark: DecimalMark,
  evidence: NumberEvidence,
  options: { currency?: string; isCount?: boolean } = {},
): Decimal {
  if (plainDigits.test(raw)) return { negative: false, digits: raw, scale: 0 };
  const amount = plainAmount.exec(raw);
  if (amount) {
    const [, whole = "0", fraction = ""] = amount;
    evidence.dot += 1;
    return { negative: false, digits: whole === "0" ? fraction : whole + fraction, scale: fraction.length };
  }
  const cell = raw.normalize("NFKC").trim();
  if (/^(?:[-–—.]{0,3}|n\/?a|null|none|nan|#n\/a)$/i.test(cell)) throw new CellRejected("numberEmpty");
  const { body, negative } = unsign(stripCurrency(cell, options.currency));
  const match = /^([\d.,]+)(?:e([+-]?\d{1,3}))?(k|mio|m|bn|b)?$/i.exec(body.replace(spaces, ""));
  if (!match?.[1] || !/\d/.test(match[1]) || (match[2] && match[3])) {
    throw new CellRejected(/^[\d.,]*[oO][\d.,oO]*$/.test(body) ? "numberLetterO" : "numberUnreadable");
  }
  const power = match[2] ? Number(match[2]) : (multipliers[match[3]?.toLowerCase() ?? ""] ?? 0);
  const { whole, fraction } = splitAtMark(match[1], mark, evidence, Boolean(options.isCount) && power === 0);
  const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
  return { negative: negative && /[1-9]/.test(digits), digits, scale: fraction.length - power };
}

function stripCurrency(cell: string, currency: string | undefined): string {
  const match =
    /^([-+(]?)\s*([^\d\s.,+()'-]+?)?\s*([-+(]?[\d.,].*?)\s*(zł|kr|[A-Z]{3}|[$€£¥₹₩₱₫฿₺₽₴])?(\)?)$/u.exec(
      cell,
    );
  if (!match) return cell;
  const [, sign = "", before, body = "", after, close = ""] = match;
  for (const sign of [before, after]) {
    if (!sign) continue;
    const known = currencySigns[sign] ?? (/^[A-Z]{3}$/.test(sign) ? [sign] : null);
    if (!known || !currency) return cell;
    if (!known.includes(currency)) throw new CellRejected("currencyOther");
  }
  return sign + body + close;
}

function unsign(cell: string): { body: string; negative: boolean } {
  const bracketed = /^\((.*)\)$/.exec(cell);
  if (bracketed) return { body: bracketed[1] ?? "", negative: true };
  const signed = /^([-+−–])\s*(.*)$/.exec(cell);
  if (signed) return { body: signed[2] ?? "", negative: signed[1] !== "+" };
  return cell.endsWith("-") ? { body: cell.slice(0, -1), negative: true } : { body: cell, negative: false };
}

function splitAtMark(text: string, mark: DecimalMark, evidence: NumberEvidence, isCount: boolean) {
  const dots = text.split(".").length - 1;
  const commas = text.split(",").length - 1;
  if (dots === 0 && commas === 0) return { whole: text, fraction: "" };
  if (dots > 0 && commas > 0) {
    const decided: DecimalMark = text.lastIndexOf(".") > text.lastIndexOf(",") ? "dot" : "comma";
    if ((decided === "dot" ? dots : commas) > 1) throw new CellRejected("numberUnreadable");
    evidence[decided] += 1;
    return cut(text, decided);
  }
  const char: DecimalMark = dots > 0 ? "dot" : "comma";
  const other: DecimalMark = char === "dot" ? "comma" : "dot";
  if (dots + commas > 1) {
    evidence[other] += 1;
    return cut(text, other);
  }
  const at = text.search(/[.,]/);
  const groups = at > 0 && at <= 3 && text.length - at === 4 && text[0] !== "0";
  if (!groups) {
    evidence[char] += 1;
    return cut(text, char);
  }
  if (!isCount) evidence.unsure += 1;
  return cut(text, isCount ? other : mark);
}

/** Groups must be groups: `1,23` under a decimal dot is a typing error, not 123. */
function cut(text: string, mark: DecimalMark): { whole: string; fraction: string } {
  const [point, group] = mark === "dot" ? [".", ","] : [",", "."];
  const [head = "", fraction = ""] = text.split(point);
  const groups = head.split(group);
  const wellFormed =
    groups.length === 1 ||
    (groups[0] !== "" &&
      groups[0]!.length <= 3 &&
      groups.at(-1)!.length === 3 &&
      groups.slice(1).every(isGroup));
  if (!wellFormed || fraction.includes(group)) throw new CellRejected("numberUnreadable");
  return { whole: groups.join("") || "0", fraction };
}

/** Two digits a group as well: lakh and crore are written 12,34,567. */
function isGroup(group: string): boolean {
  return group.length === 3 || group.length === 2;
}

// The largest file holds up to 2.8 million of the shortest rows: their sum must fit the database's largest whole number.
const largest = 3_000_000_000_000n;

/** The value times ten to the `decimals`, halves away from zero; `isExact` refuses a remainder. */
export function toScaled(value: Decimal, decimals: number, isExact = false): number {
  const shift = decimals - value.scale;
  if (shift >= 0 && value.digits.length + shift <= 12 && !value.negative) {
    return Number(value.digits) * (tens[shift] ?? 1);
  }
  if (value.digits.length + Math.abs(shift) > 60) throw new CellRejected("numberTooLarge");
  let amount = BigInt(value.digits);
  if (shift >= 0) amount *= 10n ** BigInt(shift);
  else {
    const divisor = 10n ** BigInt(-shift);
    if (isExact && amount % divisor !== 0n) throw new CellRejected("numberNotWhole");
    amount = (amount + divisor / 2n) / divisor;
  }
  if (amount > largest) throw new CellRejected("numberTooLarge");
  if (value.negative && amount > 0n) throw new CellRejected("numberNegative");
  return Number(amount);
}

const tens = Array.from({ length: 16 }, (_, power) => 10 ** power);

/** Returns null when the cells prove nothing. */
export function markFromEvidence(evidence: NumberEvidence): DecimalMark | null {
  if (evidence.dot === evidence.comma) return null;
  return evidence.dot > evidence.comma ? "dot" : "comma";
}

export function markOfLocale(locale: string): DecimalMark {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.some((part) => part.type === "decimal" && part.value === ",") ? "comma" : "dot";
}
