import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const instant = async (date: string, time: string, zone: string): Promise<string> =>
  (
    await db.pool.query<{ at: Date }>("select private.local_instant($1, $2, $3) as at", [date, time, zone])
  ).rows[0]?.at.toISOString() ?? "";

describe("a wall-clock time becomes an instant", () => {
  it("in summer and in winter", async () => {
    expect(await instant("2026-07-01", "18:00", "America/New_York")).toBe("2026-07-01T22:00:00.000Z");
    expect(await instant("2026-12-01", "18:00", "America/New_York")).toBe("2026-12-01T23:00:00.000Z");
  });

  it("moves forward when the hour is skipped, and is the second when it comes twice", async () => {
    expect(await instant("2026-03-08", "02:30", "America/New_York")).toBe("2026-03-08T07:30:00.000Z");
    expect(await instant("2026-11-01", "01:30", "America/New_York")).toBe("2026-11-01T06:30:00.000Z");
  });

  it("and midday of any date in any zone lies on that date there", async () => {
    const zones = [
      "America/New_York",
      "Europe/Berlin",
      "Asia/Kolkata",
      "Pacific/Auckland",
      "Pacific/Apia",
      "America/St_Johns",
      "UTC",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date("2015-01-01"), max: new Date("2035-12-31"), noInvalidDate: true }),
        fc.constantFrom(...zones),
        async (day, zone) => {
          const date = day.toISOString().slice(0, 10);
          const { rows } = await db.pool.query<{ same: boolean }>(
            "select private.local_date(private.local_instant($1, '12:00', $2), $2) = $1::date as same",
            [date, zone],
          );
          expect(rows[0]?.same).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
