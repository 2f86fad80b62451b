import { describe, expect, it } from "vitest";
import { z } from "zod";
import { validate } from "@/lib/http/validate";
import { isAppError } from "@/lib/kernel/errors";

const said = (schema: z.ZodType, value: unknown) => {
  try {
    validate(schema, value, "what you sent");
    return null;
  } catch (error) {
    return isAppError(error) ? (error.details as { fields: unknown }).fields : error;
  }
};

describe("what a schema says without a sentence of its own", () => {
  it.each([
    ["nothing", z.string(), undefined, "This is missing."],
    ["a number for a text", z.string(), 5, "Write this as text."],
    ["a text for a number", z.number(), "5", "Write this as a number."],
    ["half a cent", z.int(), 1.5, "Write this as a whole number."],
    ["another word", z.enum(["on", "off"]), "up", "Choose one of these: on, off."],
    ["a long text", z.string().max(3), "four", "At most 3 letters."],
    ["a short list", z.array(z.string()).min(1), [], "At least 1 entry."],
    ["a big number", z.number().max(1000), 1001, "At most 1,000."],
    ["no day", z.iso.date(), "2026-02-30", "Write a day like 2026-10-31."],
    ["no id", z.uuid(), "x", "This is not an id."],
    ["one key too many", z.strictObject({}), { a: 1 }, "Leave out a."],
  ])("to %s is plain", (_, schema, value, sentence) => {
    expect(said(schema, value)).toEqual({ body: sentence });
  });

  it("names what one may do, where a step decides the rest", () => {
    const step = z.discriminatedUnion("step", [
      z.object({ step: z.literal("ship") }),
      z.object({ step: z.literal("undo") }),
    ]);
    expect(said(step, { step: "pay" })).toEqual({ step: "Choose one of these: ship, undo." });
  });

  it("gives way to the author's own", () => {
    expect(said(z.string().min(3, "Say why."), "")).toEqual({ body: "Say why." });
  });
});
