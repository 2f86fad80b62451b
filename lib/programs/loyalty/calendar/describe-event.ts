import "server-only";
import { createTranslator } from "next-intl";
import { env } from "@/lib/kernel/env";
import { formatsOfReader } from "@/lib/kernel/i18n";
import { formatBasisPoints } from "@/lib/kernel/money";
import type { PlannedEvent } from "./calendar-adapter";

/** What is read of a claim for the calendar of the business. */
export interface Planned {
  slug: string;
  locale: string;
  timeZone: string;
  kind: "commission_boost" | "discount";
  state: string;
  handle: string;
  reward: string;
  boostBp: number | null;
  discountPercent: number | null;
  start: Date;
  end: Date;
}

/** For a calendar that many may read: the handle is all it says of the creator. */
export function describeEvent(id: string, planned: Planned): PlannedEvent {
  const { slug, locale, timeZone, kind, handle, reward, start, end } = planned;
  const { messages } = formatsOfReader();
  const t = createTranslator({ locale, messages, namespace: "loyaltyFulfilment.calendar" });
  const rate =
    kind === "discount"
      ? formatBasisPoints((planned.discountPercent ?? 0) * 100, locale)
      : formatBasisPoints(planned.boostBp ?? 0, locale);
  return {
    id,
    start,
    end,
    timeZone,
    title: t(`${kind}.title`, { handle, reward }),
    text: `${t(`${kind}.text`, { rate })}\n${env.appUrl}/${slug}/admin/loyalty/redemptions/${id}`,
  };
}
