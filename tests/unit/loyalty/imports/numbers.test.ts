import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DecimalMark,
  markFromEvidence,
  noNumberEvidence,
  readDecimal,
  toScaled,
} from "@/lib/programs/loyalty/imports/reading/numbers";

const money = (raw: string, mark: DecimalMark = "dot", currency = "USD") =>
  toScaled(readDecimal(raw, mark, noNumberEvidence(), { currency }), 2);
const count = (raw: string, mark: DecimalMark = "dot") =>
  toScaled(readDecimal(raw, mark, noNumberEvidence(), { isCount: true }), 0, true);
const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
};

describe("amounts", () => {
  it.each([
    ["1,234.5", 123450],
    ["1.234,5", 123450],
    ["1 234,50", 123450],
    ["1\u202f234,50", 123450],
    ["1'234.50", 123450],
    ["1.2K", 120000],
    ["1,2k", 120000],
    ["3M", 300000000],
    ["$1,200", 120000],
    ["$ 1,200.00", 120000],
    ["US$ 12.30", 1230],
    ["USD 12.30", 1230],
    ["12.30 USD", 1230],
    ["(0.00)", 0],
    ["+7", 700],
    ["1.2E+3", 120000],
    [".5", 50],
    ["12,34,567.50", 123456750],
    ["0.005", 1],
    ["0.0049", 0],
  ])("reads %s", (raw, minor) => {
    expect(money(raw)).toBe(minor);
  });

  it.each([
    ["12,4O", "numberLetterO"],
    ["–", "numberEmpty"],
    ["", "numberEmpty"],
    ["n/a", "numberEmpty"],
    ["abc", "numberUnreadable"],
    ["1,23,4.5.6", "numberUnreadable"],
    ["-15", "numberNegative"],
    ["(15.00)", "numberNegative"],
    ["15-", "numberNegative"],
    ["€12", "currencyOther"],
    ["=1+1", "numberUnreadable"],
    ["999999999999999999", "numberTooLarge"],
  ])("refuses %s: %s", (raw, reason) => {
    expect(refusal(() => money(raw))).toBe(reason);
  });

  it("lets the column's mark decide a single separator before three digits", () => {
    expect([money("1,234", "dot"), money("1,234", "comma")]).toEqual([123400, 123]);
    expect([money("1.234", "dot"), money("1.234", "comma")]).toEqual([123, 123400]);
  });

  it("reads any amount back from any way of writing it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom("dot", "comma"),
        fc.boolean(),
        (minor, mark, grouped) => {
          const whole = String(Math.floor(minor / 100));
          const [point, group] = mark === "dot" ? [".", ","] : [",", "."];
          const text = `${grouped ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole}${point}${String(minor % 100).padStart(2, "0")}`;
          expect(money(text, mark as DecimalMark)).toBe(minor);
        },
      ),
    );
  });

  it("never lets a cell of either style argue for the other", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { minLength: 1, maxLength: 40 }),
        (amounts) => {
          const evidence = noNumberEvidence();
          for (const minor of amounts) {
            const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, ".");
            readDecimal(`${whole},${String(minor % 100).padStart(2, "0")}`, "dot", evidence);
          }
          expect(markFromEvidence(evidence)).toBe("comma");
          expect(evidence.dot).toBe(0);
        },
      ),
    );
  });

  it("answers every text with a whole number or a reason, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+($€]?[\d.,' ]{0,18}[kKmM%)]?$/)), (raw) => {
        const answer = refusal(() => {
          const value = money(raw);
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        });
        expect(answer).toMatch(/^(accepted|number[A-Z]|currencyOther)/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("counts", () => {
  it.each([
    ["1,234", 1234],
    ["1.234", 1234],
    ["1.2K", 1200],
    ["12.0", 12],
    ["1 234 567", 1234567],
    ["0", 0],
  ])("reads %s", (raw, value) => {
    expect(count(raw)).toBe(value);
  });

  it.each([
    ["1.5", "numberNotWhole"],
    ["-3", "numberNegative"],
    ["$3", "numberUnreadable"],
  ])("refuses %s", (raw, reason) => {
    expect(refusal(() => count(raw))).toBe(reason);
  });
});
