import { minorUnits } from "@/lib/kernel/money";
import type { Conventions, Evidence } from "./conventions";
import { readDate } from "./dates";
import { type CountField, type ImportField } from "./fields";
import { readHandle } from "./handle";
import type { MatchedHeader } from "./match-header";
import { readDecimal, toScaled } from "./numbers";
import { CellRejected, rawForPeople, type Rejection } from "./rejections";
import { readVideoLink } from "./video-link";

export interface VideoRow {
  line: number;
  handle: string;
  handleKey: string;
  url: string;
  urlKey: string;
  title: string | null;
  postedOn: string;
  views: number;
  likes: number;
  comments: number;
  /** Minor units of the business's currency. */
  gmv: number;
  /** Basis points, null where the file has none. */
  ctrBp: number | null;
  units: number;
}

interface RowRules {
  header: MatchedHeader;
  conventions: Conventions;
  evidence: Evidence;
  currency: string;
  businessDate: string;
  timeZone: string;
}

export type RowReader = (cells: readonly string[], line: number) => VideoRow | Rejection;

const longestTitle = 500;
const largestCount = 1_000_000_000_000;

export function isRejection(row: VideoRow | Rejection): row is Rejection {
  return "reason" in row;
}

/** One reader for a whole file, so that what depends on the file alone is worked out once. */
export function rowReader(rules: RowRules): RowReader {
  const { positions } = rules.header;
  const money = minorUnits(rules.currency);
  const dates = {
    order: rules.conventions.dateOrder,
    businessDate: rules.businessDate,
    timeZone: rules.timeZone,
  };
  const dateCache = new Map<string, string>();
  let field: ImportField = "handle";
  let cell = "";

  const take = (cells: readonly string[], wanted: ImportField): string => {
    field = wanted;
    const at = positions[wanted];
    const value = at === undefined ? "" : cells[at];
    if (value === undefined) throw new CellRejected("rowShort");
    return (cell = value);
  };
  const count = (cells: readonly string[], wanted: CountField): number => {
    const raw = take(cells, wanted);
    if (positions[wanted] === undefined) return 0;
    const value = readDecimal(raw, rules.conventions.marks[wanted], rules.evidence.numbers[wanted], {
      isCount: true,
    });
    const whole = toScaled(value, 0, true);
    if (whole > largestCount) throw new CellRejected("numberTooLarge");
    return whole;
  };
  const day = (cells: readonly string[]): string => {
    const raw = take(cells, "post_date");
    const known = dateCache.get(raw);
    if (known !== undefined) return known;
    const before = { ...rules.evidence.dates };
    const value = readDate(raw, dates, rules.evidence.dates);
    // Only spellings that prove nothing may skip the reader: the others must be counted every time.
    const { mdy, dmy, unsure, withoutYear } = rules.evidence.dates;
    const silent = mdy === before.mdy && dmy === before.dmy && unsure === before.unsure;
    if (silent && withoutYear === before.withoutYear && dateCache.size < 5000) dateCache.set(raw, value);
    return value;
  };

  return (cells, line) => {
    try {
      const { handle, key: handleKey } = readHandle(take(cells, "handle"));
      const link = readVideoLink(take(cells, "video_url"));
      const title = readTitle(take(cells, "video_title"));
      const postedOn = day(cells);
      const views = count(cells, "views");
      const likes = count(cells, "likes");
      const comments = count(cells, "comments");
      const gmv = toScaled(
        readDecimal(take(cells, "gmv"), rules.conventions.marks.gmv, rules.evidence.numbers.gmv, rules),
        money,
      );
      const ctrBp = readRate(take(cells, "ctr"), rules);
      const units = count(cells, "units_sold");
      return {
        line,
        handle,
        handleKey,
        url: link.url,
        urlKey: link.key,
        title,
        postedOn,
        views,
        likes,
        comments,
        gmv,
        ctrBp,
        units,
      };
    } catch (error) {
      if (!(error instanceof CellRejected)) throw error;
      return { line, field, reason: error.reason, raw: rawForPeople(cell), ...whose(cells, positions) };
    }
  };
}

function whose(cells: readonly string[], positions: MatchedHeader["positions"]) {
  const handle = cells[positions.handle ?? -1]
    ?.replace(/\u0000/g, "")
    .trim()
    .slice(0, 60);
  const link = cells[positions.video_url ?? -1]
    ?.replace(/\u0000/g, "")
    .trim()
    .slice(0, 300);
  return { handle: handle || null, link: link || null };
}

/** Titles are only ever text, whatever they look like; control characters would break a page or a later export. */
function readTitle(raw: string): string | null {
  const text = raw.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
  return text === "" ? null : text.length > longestTitle ? text.slice(0, longestTitle).toWellFormed() : text;
}

function readRate(raw: string, { conventions, evidence }: RowRules): number | null {
  const cell = raw.trim();
  if (cell === "" || /^(?:[-–—]+|n\/?a|null|none)$/i.test(cell)) return null;
  const isSigned = cell.endsWith("%");
  const text = isSigned ? cell.slice(0, -1).trimEnd() : cell;
  let value;
  try {
    value = readDecimal(text, conventions.marks.ctr, evidence.numbers.ctr);
  } catch {
    throw new CellRejected("rateUnreadable");
  }
  const percent = toScaled(value, 2);
  if (isSigned) evidence.rates.signed += 1;
  else if (percent > 100) evidence.rates.aboveOne += 1;
  else if (percent > 0) evidence.rates.upToOne += 1;
  const basisPoints = isSigned || conventions.rate === "percent" ? percent : toScaled(value, 4);
  if (basisPoints > 10_000) throw new CellRejected("rateOutOfRange");
  return basisPoints;
}
