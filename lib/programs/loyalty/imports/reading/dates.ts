import { CellRejected } from "./rejections";

/** Whether 03/04/2026 is March 4 or April 3. */
export type DateOrder = "mdy" | "dmy";

export interface DateEvidence {
  mdy: number;
  dmy: number;
  /** Cells that are a date under both orders, and not the same one. */
  unsure: number;
  withoutYear: number;
}

export const noDateEvidence = (): DateEvidence => ({ mdy: 0, dmy: 0, unsure: 0, withoutYear: 0 });

interface DateRules {
  order: DateOrder;
  /** The day the data belongs to, `yyyy-mm-dd`; a date without a year is the last one not after it. */
  businessDate: string;
  /** Moments with an offset become a day in this zone. */
  timeZone: string;
}

const months = monthNames(["en", "es", "fr", "de", "pt", "it", "nl"]);
const oldest = "2005-01-01";
const clockTail =
  /[T\s,]+(?:at\s+)?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

export function readDate(raw: string, rules: DateRules, evidence: DateEvidence): string {
  const cell = raw.normalize("NFKC").trim().replace(/\s+/g, " ");
  if (cell === "" || /^(?:[-–—]+|n\/?a|null|none)$/i.test(cell)) throw new CellRejected("dateEmpty");
  const date = new Date(`${rules.businessDate}T00:00:00Z`);
  const value = readSpelling(cell, rules, date, evidence);
  if (value > dayAfter(date)) throw new CellRejected("dateFuture");
  if (value < oldest) throw new CellRejected("dateTooOld");
  return value;
}

function readSpelling(cell: string, rules: DateRules, today: Date, evidence: DateEvidence): string {
  const clock = clockTail.exec(cell);
  const text = (clock ? cell.slice(0, clock.index) : cell).replace(
    /^(?:\p{L}{2,10}\.?,? )(?=.*\d.*\d)/u,
    (day) => (months.has(monthKey(day)) ? day : ""),
  );
  let match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(20\d{2})([01]\d)([0-3]\d)$/.exec(text);
  match ??= /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text);
  if (match) {
    const iso = isoDay(Number(match[1]), Number(match[2]), Number(match[3]));
    return clock?.[5] ? inZone(iso, clock, rules.timeZone) : iso;
  }
  match = /^(\d{1,2})([-/. ])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?$/.exec(text);
  if (match) return readTwoNumbers(match, rules, today, evidence);
  match =
    /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:de |of )?(\p{L}{3,10})\.?,?(?:[ -](?:de )?'?(\d{4}|\d{2}))?$/iu.exec(
      text,
    );
  if (match) return named({ day: match[1], month: match[2], year: match[3] }, today, evidence);
  match =
    /^(\p{L}{3,10})\.?[ -](\d{1,2})(?:st|nd|rd|th)?(?:,? '?(\d{4}|\d{2}(?!\d))|-(\d{4}|\d{2}))?$/iu.exec(
      text,
    );
  if (match) return named({ month: match[1], day: match[2], year: match[3] ?? match[4] }, today, evidence);
  match = /^(\d{4})[ -](\p{L}{3,10})\.?[ -](\d{1,2})$/u.exec(text);
  if (match) return named({ year: match[1], month: match[2], day: match[3] }, today, evidence);
  if (/^[45]\d{4}(?:\.\d+)?$/.test(cell)) return spreadsheetDay(Number(cell));
  throw new CellRejected("dateUnreadable");
}

function readTwoNumbers(
  match: RegExpExecArray,
  rules: DateRules,
  today: Date,
  evidence: DateEvidence,
): string {
  const [, first = "", separator, second = "", year] = match;
  const a = Number(first);
  const b = Number(second);
  // A dot is written by people who put the day first, everywhere we know of.
  const byDot = separator === ".";
  const couldBeMdy = !byDot && a <= 12;
  const couldBeDmy = b <= 12;
  let order: DateOrder = byDot ? "dmy" : rules.order;
  if (couldBeMdy && couldBeDmy && a !== b && !byDot) evidence.unsure += 1;
  else if (couldBeMdy !== couldBeDmy) {
    order = couldBeMdy ? "mdy" : "dmy";
    if (!byDot && a <= 31 && b <= 31) evidence[order] += 1;
  }
  const [month, day] = order === "mdy" ? [a, b] : [b, a];
  if (year !== undefined) return isoDay(fullYear(year), month, day);
  evidence.withoutYear += 1;
  return lastOccurrence(month, day, today);
}

interface NamedDate {
  month?: string | undefined;
  day?: string | undefined;
  year?: string | undefined;
}

function named({ month, day, year }: NamedDate, today: Date, evidence: DateEvidence): string {
  const number = months.get(monthKey(month ?? ""));
  if (!number) throw new CellRejected("dateUnreadable");
  if (year !== undefined) return isoDay(fullYear(year), number, Number(day));
  evidence.withoutYear += 1;
  return lastOccurrence(number, Number(day), today);
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** Without a year a date lies in the past; February 29 in the last year that had one. */
function lastOccurrence(month: number, day: number, today: Date): string {
  const limit = dayAfter(today);
  for (let year = Number(limit.slice(0, 4)), tries = 0; tries < 9; year -= 1, tries += 1) {
    if (month === 2 && day === 29 && !isLeap(year)) continue;
    const iso = isoDay(year, month, day);
    if (iso <= limit) return iso;
  }
  throw new CellRejected("dateImpossible");
}

function isoDay(year: number, month: number, day: number): string {
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day < 1 || day > (lengths[month - 1] ?? 0)) throw new CellRejected("dateImpossible");
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function dayAfter(date: Date): string {
  return new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10);
}

function spreadsheetDay(serial: number): string {
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function inZone(iso: string, clock: RegExpExecArray, timeZone: string): string {
  const [, hour = "0", minute = "0", second = "0", half, offset = "z"] = clock;
  const hours = (Number(hour) % (half ? 12 : 24)) + (half?.toLowerCase().startsWith("p") ? 12 : 0);
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  const shift = numeric ? Number(`${numeric[1]}1`) * (Number(numeric[2]) * 60 + Number(numeric[3])) : 0;
  const at =
    Date.parse(`${iso}T00:00:00Z`) + ((hours * 60 + Number(minute) - shift) * 60 + Number(second)) * 1000;
  let format = zoneFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    zoneFormats.set(timeZone, format);
  }
  return format.format(at);
}

function monthKey(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "");
}

/** `sep`, `sept`, `september`; names of different months never meet in the languages listed. */
function monthNames(locales: string[]): Map<string, number> {
  const names = new Map<string, number>([["sept", 9]]);
  for (const locale of locales) {
    for (const month of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(locale, { month, timeZone: "UTC" });
      for (let index = 0; index < 12; index += 1) {
        const key = monthKey(format.format(Date.UTC(2026, index, 1)));
        if (!names.has(key)) names.set(key, index + 1);
      }
    }
  }
  return names;
}

export function orderFromEvidence(evidence: DateEvidence): DateOrder | null {
  if (evidence.mdy === evidence.dmy) return null;
  return evidence.mdy > evidence.dmy ? "mdy" : "dmy";
}

export function orderOfLocale(locale: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(0).map((part) => part.type);
  return parts.indexOf("month") < parts.indexOf("day") && parts.indexOf("year") > 0 ? "mdy" : "dmy";
}
