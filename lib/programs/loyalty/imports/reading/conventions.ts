import { type DateEvidence, type DateOrder, noDateEvidence, orderFromEvidence, orderOfLocale } from "./dates";
import { countFields, type CountField } from "./fields";
import {
  type DecimalMark,
  markFromEvidence,
  markOfLocale,
  noNumberEvidence,
  type NumberEvidence,
} from "./numbers";
import type { Delimiter } from "./sniff-delimiter";

const numberFields = [...countFields, "gmv", "ctr"] as const;
type NumberField = CountField | "gmv" | "ctr";

/** How this file writes what can be written in two ways. */
export interface Conventions {
  marks: Record<NumberField, DecimalMark>;
  dateOrder: DateOrder;
  /** A rate without a sign: 4.2 is percent, 0.042 may be a share of one. */
  rate: "percent" | "fraction";
}

interface RateEvidence {
  signed: number;
  aboveOne: number;
  upToOne: number;
}

export interface Evidence {
  numbers: Record<NumberField, NumberEvidence>;
  dates: DateEvidence;
  rates: RateEvidence;
}

export function noEvidence(): Evidence {
  return {
    numbers: {
      views: noNumberEvidence(),
      likes: noNumberEvidence(),
      comments: noNumberEvidence(),
      units_sold: noNumberEvidence(),
      gmv: noNumberEvidence(),
      ctr: noNumberEvidence(),
    },
    dates: noDateEvidence(),
    rates: { signed: 0, aboveOne: 0, upToOne: 0 },
  };
}

export type Basis = "column" | "file" | "delimiter" | "locale";

/** Something the reader decided for the person and therefore says. */
export type ReadingNote =
  | { code: "separatorAssumed"; field: NumberField; mark: DecimalMark; basis: Basis; cells: number }
  | { code: "dateOrderAssumed"; order: DateOrder; basis: Basis; cells: number }
  | { code: "yearAssumed"; cells: number }
  | { code: "rateAssumed"; rate: "percent" | "fraction"; cells: number }
  | { code: "columnsUnread"; columns: string[] }
  | { code: "encodingAssumed"; encoding: string }
  | { code: "linesBeforeHeader"; lines: number };

export interface Decision {
  conventions: Conventions;
  notes: ReadingNote[];
}

export interface Hints {
  delimiter: Delimiter;
  locale: string;
}

/** The whole file's evidence decides; only where it is silent do the delimiter and the business's locale. */
export function decideConventions(evidence: Evidence, hints: Hints): Decision {
  const notes: ReadingNote[] = [];
  const whole = noNumberEvidence();
  for (const field of numberFields) {
    whole.dot += evidence.numbers[field].dot;
    whole.comma += evidence.numbers[field].comma;
  }
  const fallback = decideMark(whole, hints);
  const marks = {} as Record<NumberField, DecimalMark>;
  for (const field of numberFields) {
    const own = markFromEvidence(evidence.numbers[field]);
    marks[field] = own ?? fallback.mark;
    const cells = evidence.numbers[field].unsure;
    const basis = own ? "column" : fallback.basis;
    if (cells > 0 && basis !== "column")
      notes.push({ code: "separatorAssumed", field, mark: marks[field], basis, cells });
  }

  const ownOrder = orderFromEvidence(evidence.dates);
  const dateOrder = ownOrder ?? orderOfLocale(hints.locale);
  if (evidence.dates.unsure > 0 && !ownOrder) {
    notes.push({ code: "dateOrderAssumed", order: dateOrder, basis: "locale", cells: evidence.dates.unsure });
  }
  if (evidence.dates.withoutYear > 0) notes.push({ code: "yearAssumed", cells: evidence.dates.withoutYear });

  const { signed, aboveOne, upToOne } = evidence.rates;
  const rate = signed === 0 && aboveOne === 0 && upToOne > 0 ? "fraction" : "percent";
  if (upToOne > 0 && signed === 0) notes.push({ code: "rateAssumed", rate, cells: upToOne });
  return { conventions: { marks, dateOrder, rate }, notes };
}

function decideMark(whole: NumberEvidence, hints: Hints): { mark: DecimalMark; basis: Basis } {
  const fromFile = markFromEvidence(whole);
  if (fromFile) return { mark: fromFile, basis: "file" };
  if (hints.delimiter === ";") return { mark: "comma", basis: "delimiter" };
  return { mark: markOfLocale(hints.locale), basis: "locale" };
}

/** True when a cell already read would now be read differently. */
export function mustReadAgain(used: Conventions, decided: Conventions, evidence: Evidence): boolean {
  const numbers = numberFields.some(
    (field) => used.marks[field] !== decided.marks[field] && evidence.numbers[field].unsure > 0,
  );
  const dates = used.dateOrder !== decided.dateOrder && evidence.dates.unsure > 0;
  return numbers || dates || (used.rate !== decided.rate && evidence.rates.upToOne > 0);
}
