import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** A run that finished but wants a look: many rows without a creator or not readable, totals that fell, or no new data for long. */
export const loyaltySyncWarning = defineNotification({
  id: "loyalty.sync-warning",
  schema: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("unmatched"),
      runId: z.uuid(),
      businessDate: z.iso.date(),
      unmatched: z.number().int(),
      total: z.number().int(),
    }),
    z.object({
      kind: z.literal("rejected"),
      runId: z.uuid(),
      businessDate: z.iso.date(),
      rejected: z.number().int(),
      total: z.number().int(),
    }),
    z.object({ kind: z.literal("fall"), runId: z.uuid(), businessDate: z.iso.date(), percent: z.number() }),
    z.object({ kind: z.literal("stale"), hours: z.number().int() }),
  ]),
  audience: "loyalty.imports.read",
  link: (data) => (data.kind === "stale" ? "/admin/loyalty/imports" : `/admin/loyalty/imports/${data.runId}`),
  inApp: (data, { t, date, number }) => ({
    title: t(`${data.kind}Title`),
    body: t(data.kind, values(data, date, number)),
  }),
  email: (data, { t, date, number, business }) => ({
    subject: t(`${data.kind}Subject`, { ...values(data, date, number), business: business.name }),
    preview: t(data.kind, values(data, date, number)),
    title: t(`${data.kind}Title`),
    paragraphs: [t(data.kind, values(data, date, number)), t(`${data.kind}Next`)],
    action: { label: t("action") },
  }),
});

type Data =
  | { kind: "unmatched"; businessDate: string; unmatched: number; total: number }
  | { kind: "rejected"; businessDate: string; rejected: number; total: number }
  | { kind: "fall"; businessDate: string; percent: number }
  | { kind: "stale"; hours: number };

function values(
  data: Data,
  date: (value: string) => string,
  number: (value: number, options?: Intl.NumberFormatOptions) => string,
): Record<string, string | number> {
  if (data.kind === "stale") return { hours: data.hours };
  if (data.kind === "fall")
    return { date: date(data.businessDate), percent: number(data.percent, { maximumFractionDigits: 1 }) };
  if (data.kind === "rejected")
    return { date: date(data.businessDate), rejected: data.rejected, total: data.total };
  return { date: date(data.businessDate), unmatched: data.unmatched, total: data.total };
}
