import type { ImportField } from "./fields";

/** Why a row was set aside. The words for people are in the messages, under `reasons`. */
type RejectionReason =
  | "handleEmpty"
  | "handleInvalid"
  | "linkEmpty"
  | "linkInvalid"
  | "dateEmpty"
  | "dateUnreadable"
  | "dateImpossible"
  | "dateFuture"
  | "dateTooOld"
  | "numberEmpty"
  | "numberUnreadable"
  | "numberLetterO"
  | "numberNegative"
  | "numberNotWhole"
  | "numberTooLarge"
  | "currencyOther"
  | "rateUnreadable"
  | "rateOutOfRange"
  | "rowShort"
  | "laterRowUsed";

export class CellRejected extends Error {
  readonly reason: RejectionReason;
  constructor(reason: RejectionReason) {
    super(reason);
    this.reason = reason;
  }
}

export interface Rejection {
  line: number;
  field: ImportField | null;
  reason: RejectionReason;
  raw: string;
  handle: string | null;
  link: string | null;
}

const longestRaw = 200;

/** What stood in the cell, shortened and without the bytes Postgres text cannot hold. */
export function rawForPeople(raw: string): string {
  const clean = raw.replace(/\u0000/g, "").trim();
  return clean.length > longestRaw ? `${clean.slice(0, longestRaw)}…` : clean;
}
