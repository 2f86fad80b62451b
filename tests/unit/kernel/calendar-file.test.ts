import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarFile, type CalendarEvent } from "@/lib/kernel/calendar-file";

const event: CalendarEvent = {
  uid: "one@portico",
  sequence: 2,
  start: new Date("2026-11-24T23:00:00Z"),
  end: new Date("2026-12-24T23:00:00Z"),
  stamp: new Date("2026-11-23T10:00:00.123Z"),
  title: "5% boost · Glow",
};
/** What a calendar reads: long lines joined again. */
const unfolded = (text: string) => text.replace(/\r\n /g, "").split("\r\n");

describe("a calendar file", () => {
  it("names its event, its number and its instants in UTC", () => {
    const lines = unfolded(calendarFile(event, "Portico"));
    expect(lines).toEqual(
      expect.arrayContaining([
        "METHOD:PUBLISH",
        "UID:one@portico",
        "SEQUENCE:2",
        "DTSTART:20261124T230000Z",
        "DTEND:20261224T230000Z",
        "DTSTAMP:20261123T100000Z",
        "STATUS:CONFIRMED",
      ]),
    );
    expect(lines[0]).toBe("BEGIN:VCALENDAR");
    expect(lines.slice(-2)).toEqual(["END:VCALENDAR", ""]);
  });

  it("takes the same event out again", () => {
    const lines = unfolded(calendarFile({ ...event, sequence: 3, isCancelled: true }, "Portico"));
    expect(lines).toEqual(
      expect.arrayContaining(["METHOD:CANCEL", "UID:one@portico", "SEQUENCE:3", "STATUS:CANCELLED"]),
    );
  });

  it("is one event whatever its name holds, in lines of at most 75 bytes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.string({ maxLength: 200 }),
        (title, text) => {
          const file = calendarFile(
            { ...event, title, text: `x${text}\r\nEND:VEVENT\nBEGIN:VEVENT` },
            "Portico",
          );
          for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(file.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
          const lines = unfolded(file);
          expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
          const summary = lines.find((line) => line.startsWith("SUMMARY:"))!.slice(8);
          const read = summary.replace(/\\([\\,;n])/g, (_all, letter: string) =>
            letter === "n" ? "\n" : letter,
          );
          // Control characters are left out; everything else comes back as it was typed.
          expect(read).toBe(title.replace(/\r\n|\r/g, "\n").replace(/[^\P{Cc}\n]/gu, ""));
        },
      ),
    );
  });
});
