import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { calendarFile } from "@/lib/kernel/calendar-file";
import { notFound } from "@/lib/kernel/errors";
import { parseTimestamp } from "@/lib/kernel/time";
import { rewardKinds } from "./reward-kinds";
import { rewardWords } from "./reward-words";

const eventSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(rewardKinds),
    name: z.string(),
    scheduledAt: z.string(),
    endsAt: z.string(),
    state: z.string(),
    sequence: z.number().int(),
    updatedAt: z.string(),
    rejectionReason: z.string().nullable(),
  })
  .nullable();

/** The time of a boost or discount as a calendar file; a rejected one takes the event out of the calendar again. */
export async function readRedemptionCalendar(scope: TenantScope, id: string): Promise<string> {
  const event = eventSchema.parse(
    await scope.rpc("loyalty_read_redemption_event", { p_client: scope.client.id, p_redemption: id }),
  );
  if (!event) throw notFound("a time for this claim");
  const { t, dayTime } = rewardWords(scope, scope.client.currency);
  const isCancelled = event.state === "rejected";
  return calendarFile(
    {
      uid: `loyalty-redemption-${event.id}@portico`,
      // Being taken back is a change of its own, whether or not somebody counted it.
      sequence: event.sequence + (isCancelled ? 1 : 0),
      start: parseTimestamp(event.scheduledAt),
      end: parseTimestamp(event.endsAt),
      stamp: parseTimestamp(event.updatedAt),
      title: t("calendar.title", { name: event.name, business: scope.client.name }),
      text: isCancelled
        ? t("calendar.cancelled", { reason: event.rejectionReason ?? "" })
        : t("calendar.text", { from: dayTime(event.scheduledAt), to: dayTime(event.endsAt) }),
      isCancelled,
    },
    `Portico//${scope.client.name}`,
  );
}
