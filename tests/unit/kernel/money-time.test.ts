import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalText, formatBasisPoints, formatMoney, minorUnits } from "@/lib/kernel/money";
import { dateIn, formatDate, formatDateTime, parseTimestamp } from "@/lib/kernel/time";

describe("money", () => {
  it("knows how many decimals a currency has", () => {
    expect(["USD", "JPY", "KWD"].map(minorUnits)).toEqual([2, 0, 3]);
  });

  it("is exact beyond what a float holds", () => {
    expect(formatMoney(9_007_199_254_740_993n, "USD", "en-US")).toBe("$90,071,992,547,409.93");
    expect(() => formatMoney(Number.MAX_SAFE_INTEGER + 1, "USD", "en-US")).toThrow();
  });

  it("writes cents, negatives and currencies without cents", () => {
    expect(formatMoney(5, "USD", "en-US")).toBe("$0.05");
    expect(formatMoney(-123456, "USD", "en-US")).toBe("-$1,234.56");
    expect(formatMoney(1500, "JPY", "en-US")).toBe("¥1,500");
    expect(formatMoney("123456", "EUR", "de-DE").replace(/\s/g, " ")).toBe("1.234,56 €");
    expect(formatMoney(120000, "USD", "en-US", { whole: true })).toBe("$1,200");
    expect(formatBasisPoints(850, "en-US")).toBe("8.5%");
  });

  it("keeps every digit of any amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (minor) => {
        expect(BigInt(decimalText(minor, "USD").replace(".", ""))).toBe(minor);
      }),
    );
  });
});

describe("time", () => {
  it.each([
    ["2026-11-20 12:34:14.36+00", "2026-11-20T12:34:14.360Z"],
    ["2026-11-20T12:34:14.36+00:00", "2026-11-20T12:34:14.360Z"],
    ["2026-11-20 12:34:14.123456-05:30", "2026-11-20T18:04:14.123Z"],
    ["2026-11-20T12:34:14Z", "2026-11-20T12:34:14.000Z"],
    ["2026-11-20 12:34:14+0530", "2026-11-20T07:04:14.000Z"],
  ])("reads %s", (text, iso) => expect(parseTimestamp(text).toISOString()).toBe(iso));

  it.each(["2026-11-20 12:34:14", "2026-11-20", "yesterday", "", "2026-13-40T00:00:00Z"])(
    "refuses %j",
    (text) => {
      expect(() => parseTimestamp(text)).toThrow(RangeError);
    },
  );

  it("shows an instant in the reader's zone and a calendar date as it stands", () => {
    const format = { timeZone: "America/Los_Angeles", locale: "en-US" };
    expect(formatDate("2026-11-20 03:00:00+00", format)).toBe("Nov 19, 2026");
    expect(formatDate("2026-11-20", format)).toBe("Nov 20, 2026");
    expect(formatDateTime("2026-07-01T17:30:00Z", { ...format, timeZone: "America/New_York" })).toMatch(
      /^Jul 1, 2026, 1:30\sPM$/,
    );
    expect(dateIn("Asia/Tokyo", new Date("2026-11-20T16:00:00Z"))).toBe("2026-11-21");
  });
});
