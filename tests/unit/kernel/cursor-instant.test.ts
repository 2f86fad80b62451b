import { expect, it } from "vitest";
import { cursorInstant } from "@/lib/kernel/cursor-instant";

it.each(["2026-11-20 12:34:14.36+00", "2026-11-20T12:34:14.363+00:00", "2026-11-20T12:34:14Z"])(
  "an instant in a cursor may be %s",
  (text) => expect(cursorInstant.safeParse(text).success).toBe(true),
);

it.each(["", "yesterday", "2026-11-20", '2026-01-01T00:00:00Z",and(', "2026-13-99T00:00:00Z", "infinity"])(
  "an instant in a cursor is never %j",
  (text) => expect(cursorInstant.safeParse(text).success).toBe(false),
);
