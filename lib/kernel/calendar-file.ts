/* RFC 5545: one event as a file a calendar understands. Instants are written in UTC, which every calendar shows in its
   owner's own zone; a zone by name would need its rules in the file and go stale with them. */

export interface CalendarEvent {
  /** The same for ever: a calendar replaces the event it knows by it. */
  uid: string;
  /** Grows with every change; a file with a lower number is ignored. */
  sequence: number;
  start: Date;
  end: Date;
  /** When this state of the event was made. */
  stamp: Date;
  title: string;
  text?: string;
  url?: string;
  isCancelled?: boolean;
  /** Blocks the time as busy. */
  isBusy?: boolean;
}

export function calendarFile(event: CalendarEvent, producer: string): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//${escapeText(producer)}//EN`,
    "CALSCALE:GREGORIAN",
    `METHOD:${event.isCancelled ? "CANCEL" : "PUBLISH"}`,
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${instant(event.stamp)}`,
    `LAST-MODIFIED:${instant(event.stamp)}`,
    `DTSTART:${instant(event.start)}`,
    `DTEND:${instant(event.end)}`,
    `SUMMARY:${escapeText(event.title)}`,
    ...(event.text ? [`DESCRIPTION:${escapeText(event.text)}`] : []),
    ...(event.url ? [`URL:${event.url}`] : []),
    `STATUS:${event.isCancelled ? "CANCELLED" : "CONFIRMED"}`,
    `TRANSP:${event.isBusy ? "OPAQUE" : "TRANSPARENT"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

const instant = (value: Date): string => value.toISOString().replace(/[-:]|\.\d{3}/g, "");

/** A name may hold anything a person types: no comma, line end or semicolon may begin another property. */
const escapeText = (text: string): string =>
  text
    .replace(/\\/g, "\\\\")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/([,;])/g, "\\$1")
    .replace(/\p{Cc}/gu, "");

/** At most 75 bytes a line, never in the middle of a letter. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (bytes + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = "";
      bytes = 0;
    }
    part += letter;
    bytes += size;
  }
  return [...parts, part].join("\r\n ");
}
