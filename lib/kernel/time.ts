export type DateStyle = "short" | "medium" | "long" | "full";

interface TimeFormat {
  timeZone: string;
  locale: string;
  style?: DateStyle;
}

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const timestamp =
  /^(\d{4,6}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|z|[+-]\d{2}(?::?\d{2})?)$/;

/**
 * Reads a timestamptz as either Data API writes it: `2026-11-20 12:34:14.36+00` or ISO 8601.
 * A text without an offset is refused: guessing the zone would be right on a developer's machine only.
 */
export function parseTimestamp(text: string): Date {
  const match = timestamp.exec(text.trim());
  if (!match) throw new RangeError(`Not a timestamp with an offset: ${text}`);
  const [, date, time, offset] = match;
  const zone = /^z$/i.test(offset!)
    ? "Z"
    : offset!.length === 3
      ? `${offset}:00`
      : offset!.includes(":")
        ? offset!
        : `${offset!.slice(0, 3)}:${offset!.slice(3)}`;
  const value = new Date(`${date}T${time}${zone}`);
  if (Number.isNaN(value.getTime())) throw new RangeError(`Not a timestamp: ${text}`);
  return value;
}

export function formatDate(value: Date | string, { timeZone, locale, style = "medium" }: TimeFormat): string {
  // A calendar date is the same day in every zone, so it is formatted in UTC and never shifted.
  if (typeof value === "string" && dateOnly.test(value)) {
    return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: "UTC" }).format(
      new Date(`${value}T00:00:00Z`),
    );
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone }).format(instant(value));
}

export function formatDateTime(
  value: Date | string,
  { timeZone, locale, style = "medium" }: TimeFormat,
): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeStyle: "short", timeZone }).format(
    instant(value),
  );
}

/** The calendar date (`2026-11-20`) an instant falls on in a zone. */
export function dateIn(timeZone: string, value: Date): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(value);
}

function instant(value: Date | string): Date {
  return typeof value === "string" ? parseTimestamp(value) : value;
}

/** A moment before: what ends with midnight ends on the day before it. For the day of a deadline. */
export function justBefore(text: string): string {
  return new Date(parseTimestamp(text).getTime() - 1000).toISOString();
}
