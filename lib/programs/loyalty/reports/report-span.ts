import type { ReportQuery } from "./report.schema";

export interface ReportSpan {
  from: string;
  to: string;
  kind: "month" | "quarter" | "custom";
  /** What is in the address: 2026-10 or 2026-Q4; null for two days. */
  key: string | null;
  /** The same length before and after, as addresses; after is null when it has not begun. */
  previous: ReportQuery | null;
  next: ReportQuery | null;
}

const pad = (value: number) => String(value).padStart(2, "0");
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The days an address asks for. Days are calendar days of the business; nothing here is an instant. */
export function reportSpan(query: ReportQuery, today: string): ReportSpan {
  if (query.from !== undefined && query.to !== undefined && !query.month && !query.quarter)
    return { from: query.from, to: query.to, kind: "custom", key: null, previous: null, next: null };
  if (query.quarter !== undefined) return quarterSpan(query.quarter, today);
  return monthSpan(query.month ?? today.slice(0, 7), today);
}

function monthSpan(key: string, today: string): ReportSpan {
  const [year = 0, month = 1] = key.split("-").map(Number);
  const shifted = (by: number) => {
    const at = new Date(Date.UTC(year, month - 1 + by, 1));
    return `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}`;
  };
  return {
    from: `${key}-01`,
    to: `${key}-${pad(lastDay(year, month))}`,
    kind: "month",
    key,
    previous: { month: shifted(-1) },
    next: `${shifted(1)}-01` <= today ? { month: shifted(1) } : null,
  };
}

function quarterSpan(key: string, today: string): ReportSpan {
  const year = Number(key.slice(0, 4));
  const quarter = Number(key.slice(6));
  const first = (quarter - 1) * 3 + 1;
  const shifted = (by: number) => {
    const index = year * 4 + quarter - 1 + by;
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
  };
  const next = shifted(1);
  const nextFirst = `${next.slice(0, 4)}-${pad((Number(next.slice(6)) - 1) * 3 + 1)}-01`;
  return {
    from: `${year}-${pad(first)}-01`,
    to: `${year}-${pad(first + 2)}-${pad(lastDay(year, first + 2))}`,
    kind: "quarter",
    key,
    previous: { quarter: shifted(-1) },
    next: nextFirst <= today ? { quarter: next } : null,
  };
}
