import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { eventIdOf } from "@/lib/programs/loyalty/calendar/event-id";

describe("the id of a calendar event", () => {
  it("is the redemption's in base32hex, as other implementations write it", () => {
    expect(eventIdOf("00000000-0000-0000-0000-000000000000")).toBe("0".repeat(26));
    expect(eventIdOf("ffffffff-ffff-ffff-ffff-ffffffffffff")).toBe(`${"v".repeat(25)}s`);
    // Python: base64.b32hexencode(uuid.bytes)
    expect(eventIdOf("12345678-9abc-def0-1234-56789abcdef0")).toBe("28q5cu4qnjff04hkaps9lf6uu0");
  });

  it("has only letters Google allows, is the same each time, and is nobody else's", () => {
    const ids = Array.from({ length: 1000 }, () => randomUUID());
    const made = ids.map(eventIdOf);
    for (const id of made) expect(id).toMatch(/^[a-v0-9]{26}$/);
    expect(new Set(made).size).toBe(1000);
    expect(ids.map((id) => eventIdOf(id.toUpperCase()))).toEqual(made);
  });

  it("refuses what is no redemption", () => {
    for (const wrong of ["", "abc", "12345678-9abc-def0-1234-56789abcdefg"])
      expect(() => eventIdOf(wrong)).toThrow(RangeError);
  });
});
