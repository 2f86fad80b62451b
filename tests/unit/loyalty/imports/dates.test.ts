import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DateOrder,
  noDateEvidence,
  orderFromEvidence,
  orderOfLocale,
  readDate,
} from "@/lib/programs/loyalty/imports/reading/dates";

const read = (
  raw: string,
  order: DateOrder = "mdy",
  businessDate = "2026-11-20",
  timeZone = "America/New_York",
) => readDate(raw, { order, businessDate, timeZone }, noDateEvidence());
const refusal = (raw: string): string => {
  try {
    return read(raw);
  } catch (error) {
    return (error as Error).message;
  }
};

describe("dates", () => {
  it.each([
    ["2026-11-05", "2026-11-05"],
    ["2026/11/5", "2026-11-05"],
    ["20261105", "2026-11-05"],
    ["11/05/2026", "2026-11-05"],
    ["25/10/2026", "2026-10-25"],
    ["5.11.2026", "2026-11-05"],
    ["05-11-26", "2026-05-11"],
    ["Nov 5, 2026", "2026-11-05"],
    ["November 5 2026", "2026-11-05"],
    ["5 Nov 2026", "2026-11-05"],
    ["5-Nov-26", "2026-11-05"],
    ["5th November 2026", "2026-11-05"],
    ["Thu, Nov 5, 2026", "2026-11-05"],
    ["5 de noviembre de 2026", "2026-11-05"],
    ["5. März 2026", "2026-03-05"],
    ["2026-11-05 14:33", "2026-11-05"],
    ["2026-11-05T02:00:00Z", "2026-11-04"],
    ["2026-11-05T02:00:00+02:00", "2026-11-04"],
    ["11/5/2026 2:33:00 PM", "2026-11-05"],
    ["46331", "2026-11-05"],
  ])("reads %s", (raw, day) => {
    expect(read(raw)).toBe(day);
  });

  it.each([
    ["11/05", "2026-11-05"],
    ["12/24", "2025-12-24"],
    ["24 Dec", "2025-12-24"],
    ["Nov 20", "2026-11-20"],
    ["29 Feb", "2024-02-29"],
  ])("takes the last %s that is not in the future", (raw, day) => {
    expect(read(raw)).toBe(day);
  });

  it.each([
    ["31/11/2026", "dateImpossible"],
    ["2026-02-30", "dateImpossible"],
    ["2027-01-04", "dateFuture"],
    ["1999-01-04", "dateTooOld"],
    ["soon", "dateUnreadable"],
    ["-", "dateEmpty"],
    ["", "dateEmpty"],
  ])("refuses %s: %s", (raw, reason) => {
    expect(refusal(raw)).toBe(reason);
  });

  it("learns the order from the days that can only be read one way", () => {
    const evidence = noDateEvidence();
    for (const raw of ["03/04/2026", "25/04/2026", "05/06/2026"]) {
      readDate(raw, { order: "mdy", businessDate: "2026-11-20", timeZone: "UTC" }, evidence);
    }
    expect(evidence).toMatchObject({ dmy: 1, mdy: 0, unsure: 2 });
    expect(orderFromEvidence(evidence)).toBe("dmy");
    expect([orderOfLocale("en-US"), orderOfLocale("en-GB"), orderOfLocale("de-DE")]).toEqual([
      "mdy",
      "dmy",
      "dmy",
    ]);
  });

  it("reads every day of twenty years back from every spelling", () => {
    const names = new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" });
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2006-01-01"), max: new Date("2026-11-20"), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [year = "", month = "", day = ""] = iso.split("-");
          const spellings = [
            iso,
            `${day}.${month}.${year}`,
            `${names.format(date)} ${Number(day)}, ${year}`,
            `${day}-${names.format(date)}-${year}`,
          ];
          for (const raw of spellings) expect(read(raw)).toBe(iso);
          expect(read(`${day}/${month}/${year}`, "dmy")).toBe(iso);
          expect(read(`${month}/${day}/${year}`, "mdy")).toBe(iso);
        },
      ),
    );
  });
});
