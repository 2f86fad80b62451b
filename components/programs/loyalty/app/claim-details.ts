import type { FormValues } from "@/components/ui/form-values";
import { isPostalCode, isScheduled, postalExample, type ClaimDetails } from "@/lib/programs/loyalty/contract";
import type { Choice } from "./claim-schedule";
import type { Claimable } from "./reward-words";

/** What a claim of this kind sends, from what was filled in. */
export function detailsOf(reward: Claimable, values: FormValues, choice: Choice): ClaimDetails {
  const text = (name: string) => String(values[name] ?? "").trim();
  return {
    ...(reward.version === undefined ? {} : { version: reward.version }),
    ...(isScheduled(reward.kind) && choice.date
      ? { schedule: { date: choice.date, ...(choice.time ? { time: choice.time } : {}) } }
      : {}),
    ...(reward.sizes.length > 0 && text("size") ? { size: text("size") } : {}),
    ...(reward.kind === "physical_gift"
      ? {
          shipping: {
            recipient: text("shipping.recipient"),
            line1: text("shipping.line1"),
            line2: text("shipping.line2"),
            city: text("shipping.city"),
            region: text("shipping.region"),
            postalCode: text("shipping.postalCode").toUpperCase(),
            country: text("shipping.country"),
            phone: text("shipping.phone"),
          },
        }
      : {}),
  };
}

/** A code that cannot exist in its country is caught before anything is sent. */
export function postalProblem(
  details: ClaimDetails,
  say: (example: string) => string,
): Record<string, string> {
  const { shipping } = details;
  const example = shipping && postalExample(shipping.country);
  if (
    !shipping ||
    !example ||
    shipping.postalCode === "" ||
    isPostalCode(shipping.country, shipping.postalCode)
  )
    return {};
  return { "shipping.postalCode": say(example) };
}
