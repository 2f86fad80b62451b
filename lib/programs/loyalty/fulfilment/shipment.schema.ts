import { z } from "zod";
import { carriers, carriersOf, isTrackingNumber, tidyTrackingNumber, type Carrier } from "./carriers";
import { redemptionStates } from "./fulfilment.schema";

/** Many gifts at once. Numbers are judged line by line, so that one that is wrong is named and the others are not lost. */
export const shipmentSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid(),
        from: z.enum(redemptionStates).optional(),
        carrier: z.string().max(20).nullish(),
        trackingNumber: z.string().trim().max(200).default(""),
      }),
    )
    .min(1, "Choose at least one gift.")
    .max(200),
  /** all: nothing is saved while one line is wrong. good: the good ones are saved. */
  save: z.enum(["all", "good"]).default("all"),
});
export type Shipment = z.infer<typeof shipmentSchema>;

export const shipmentOutcomeSchema = z.object({
  done: z.number().int(),
  refused: z.number().int(),
  outcomes: z.array(
    z.object({
      id: z.uuid(),
      isDone: z.boolean(),
      state: z.enum(redemptionStates).nullable(),
      /** What is wrong with the line, where it is the line. */
      field: z.enum(["carrier", "trackingNumber"]).nullable(),
      message: z.string().nullable(),
    }),
  ),
});
export type ShipmentOutcome = z.infer<typeof shipmentOutcomeSchema>;

export type LineProblem = "noCarrier" | "severalCarriers" | "noNumber" | "wrongNumber" | "twice";

export interface JudgedLine {
  trackingNumber: string;
  carrier: Carrier | null;
  problem: LineProblem | null;
}

/**
 * What a line will be shipped with: the carrier chosen for it, else the only one its number can be of. One number twice is
 * a slip of the hand: two parcels never share one.
 */
export function judgeLines(
  lines: readonly { trackingNumber: string; carrier?: string | null }[],
): JudgedLine[] {
  const tidy = lines.map(({ trackingNumber }) => tidyTrackingNumber(trackingNumber));
  return lines.map(({ carrier: chosen }, at) => {
    const trackingNumber = tidy[at]!;
    const can = carriersOf(trackingNumber);
    const carrier =
      carriers.find((one) => one === chosen) ?? (chosen ? null : can.length === 1 ? can[0]! : null);
    const problem: LineProblem | null =
      carrier === null && trackingNumber === ""
        ? "noNumber"
        : carrier === null
          ? can.length > 1
            ? "severalCarriers"
            : "noCarrier"
          : !isTrackingNumber(carrier, trackingNumber)
            ? trackingNumber === ""
              ? "noNumber"
              : "wrongNumber"
            : trackingNumber !== "" && tidy.indexOf(trackingNumber) !== tidy.lastIndexOf(trackingNumber)
              ? "twice"
              : null;
    return { trackingNumber, carrier, problem };
  });
}
