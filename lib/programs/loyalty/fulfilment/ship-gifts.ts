import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import {
  judgeLines,
  shipmentOutcomeSchema,
  type LineProblem,
  type Shipment,
  type ShipmentOutcome,
} from "./shipment.schema";

const outcomes = shipmentOutcomeSchema.shape.outcomes;
const sentences: Record<LineProblem, string> = {
  noNumber: "Give the tracking number, or choose another carrier.",
  noCarrier: "This is no carrier's number we know. Choose the carrier.",
  severalCarriers: "More than one carrier has numbers like this. Choose the carrier.",
  wrongNumber: "This is not a tracking number of this carrier.",
  twice: "This number stands on two lines.",
};

/** Ships many gifts: all of them, or those whose lines are right. The answer says of each what became of it. */
export async function shipGifts(scope: TenantScope, { items, save }: Shipment): Promise<ShipmentOutcome> {
  requirePermission(scope, "loyalty.redemptions.fulfil");
  const lines = judgeLines(items);
  const refused = items.flatMap(({ id }, at) => {
    const problem = lines[at]!.problem;
    if (problem === null) return [];
    const field = problem === "noCarrier" || problem === "severalCarriers" ? "carrier" : "trackingNumber";
    return [{ id, isDone: false, state: null, field, message: sentences[problem] } as const];
  });
  const good = items.flatMap(({ id, from }, at) => {
    const { carrier, trackingNumber, problem } = lines[at]!;
    return problem === null ? [{ id, from, carrier, trackingNumber }] : [];
  });
  const keeps = save === "all" && refused.length > 0;
  const shipped = keeps
    ? good.map(({ id }) => ({
        id,
        isDone: false,
        state: null,
        field: null,
        message: "Not saved, because another line is wrong.",
      }))
    : good.length === 0
      ? []
      : outcomes.parse(
          await scope.rpc("loyalty_ship_gifts", {
            p_client: scope.client.id,
            p_items: z.json().parse(good) as never,
            p_all: save === "all",
          }),
        );
  const found = [...shipped, ...refused];
  const done = found.filter(({ isDone }) => isDone).length;
  return { done, refused: found.length - done, outcomes: found };
}
