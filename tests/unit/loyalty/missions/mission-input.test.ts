import { describe, expect, it } from "vitest";
import {
  acknowledgeInputSchema,
  missionInputSchema,
  missionStepSchema,
} from "@/lib/programs/loyalty/contract";

const body = {
  kind: "views",
  name: "Road to Viral",
  target: 100_000,
  rewardId: "00000000-0000-4000-8000-00000000000a",
};
const said = (patch: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    (missionInputSchema.safeParse({ ...body, ...patch }).error?.issues ?? []).map(({ path, message }) => [
      path.join("."),
      message,
    ]),
  );

describe("what is typed about a mission", () => {
  it("is answered beside its field in words, also where it is no number", () => {
    // What is no number is sent as it was typed.
    expect(said({ target: "many" })).toEqual({ target: "Write the goal as a number." });
    expect(said({ target: 12.5 })).toEqual({ target: "Write a whole number." });
    expect(said({ target: 1e15 })).toEqual({ target: "This goal is too high." });
    expect(said({ target: 0 })).toEqual({ target: "Set a goal above zero." });
    expect(said({ daysToFinish: "ten", displayOrder: -1 })).toEqual({
      daysToFinish: "Write a whole number.",
      displayOrder: "From 0 to 10,000.",
    });
    expect(said({ name: undefined, rewardId: null })).toEqual({
      name: "Give the mission a name.",
      rewardId: "Choose what it pays.",
    });
  });

  it("never answers in the words of the checker", () => {
    const figures = [
      ...["target", "cooldownDays", "maxCycles", "daysToFinish", "displayOrder"],
      ...["winnersCount", "alternatesCount", "claimDays"],
    ];
    for (const field of figures)
      for (const value of ["x", "", -1, 0.5, 1e18])
        for (const message of Object.values(said({ [field]: value })))
          expect(`${field} ${value}: ${message}`).not.toMatch(/Invalid|Too (?:big|small)|expected/);
    for (const schema of [missionStepSchema, acknowledgeInputSchema])
      for (const value of [{ step: "explode", ids: [] }])
        expect(schema.safeParse(value).error?.issues[0]?.message).not.toMatch(/Invalid|Too|expected/);
  });
});
