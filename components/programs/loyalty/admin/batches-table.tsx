import { useFormatter, useTranslations } from "next-intl";
import { DataTable } from "@/components/ui/data-table";
import { Badge, type Tone } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import { formatMoney } from "@/lib/kernel/money";
import { parseTimestamp } from "@/lib/kernel/time";
import type { Batch, BatchState } from "@/lib/programs/loyalty/contract";

/** Only what asks for something is coloured. */
export const batchTones: Record<BatchState, Tone> = {
  draft: "warn",
  approved: "warn",
  sent: "info",
  settled: "plain",
  cancelled: "plain",
};

export function BatchesTable({
  batches,
  slug,
  locale,
}: {
  batches: readonly Batch[];
  slug: string;
  locale: string;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin");
  const format = useFormatter();
  const made = (batch: Batch) =>
    format.dateTime(parseTimestamp(batch.createdAt), { dateStyle: "medium", timeStyle: "short" });
  return (
    <DataTable
      label={t("views.batches")}
      caption={t("texts.batches")}
      rows={batches}
      rowKey={(batch) => batch.id}
      rowName={(batch) => `${t(`methods.${batch.method}`)}, ${made(batch)}`}
      rowHref={(batch) => `/${slug}/admin/loyalty/payouts/${batch.id}`}
      empty={<EmptyState title={t("empty.batches")}>{t("texts.due")}</EmptyState>}
      columns={[
        {
          id: "batch",
          header: t("columns.batch"),
          primary: true,
          cell: (batch) => (
            <>
              <b>{t(`methods.${batch.method}`)}</b> <span className="sub">{made(batch)}</span>
            </>
          ),
        },
        {
          id: "amount",
          header: t("columns.amount"),
          numeric: true,
          phone: "value",
          cell: (batch) => formatMoney(batch.amount, batch.currency, locale),
        },
        {
          id: "payments",
          header: t("columns.payments"),
          numeric: true,
          phone: "labelled",
          cell: (batch) => batch.payments,
        },
        {
          id: "state",
          header: t("columns.state"),
          cell: (batch) => (
            <span className="row">
              <Badge tone={batchTones[batch.state]}>{t(`states.${batch.state}`)}</Badge>
              {(batch.byState.failed ?? 0) > 0 && (
                <Badge tone="bad">
                  {batch.byState.failed} {t("states.failed").toLowerCase()}
                </Badge>
              )}
            </span>
          ),
        },
        { id: "by", header: t("batch.madeBy"), phone: "hide", cell: (batch) => batch.createdBy },
      ]}
    />
  );
}
