import { useTranslations } from "next-intl";
import { DataTable } from "@/components/ui/data-table";
import { Badge, type Tone } from "@/components/ui/marks";
import type { BatchDetail, PaymentState } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { RevealAccountDialog } from "./payout-dialogs";
import { PaymentsBulk } from "./payments-bulk";

const tones: Record<PaymentState, Tone> = {
  planned: "plain",
  dropped: "line",
  sent: "info",
  paid: "ok",
  failed: "bad",
};

/** Who is paid in a batch, for what, to where, and what became of it. */
export function BatchPayments({
  batch,
  slug,
  canWrite,
  canReveal,
}: {
  batch: BatchDetail;
  slug: string;
  canWrite: boolean;
  canReveal: boolean;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin");
  const { money } = useFigures(batch.currency);
  const isMarkable = canWrite && (batch.state === "sent" || batch.state === "settled");
  return (
    <DataTable
      label={t("batch.payments")}
      caption={t("batch.payments")}
      rows={batch.items}
      rowKey={(payment) => payment.id}
      rowName={(payment) => payment.name}
      roomy
      bulk={
        isMarkable ? (
          <PaymentsBulk
            path={`/api/${slug}/loyalty/payout-batches/${batch.id}/payments`}
            states={Object.fromEntries(batch.items.map(({ id, state }) => [id, state]))}
          />
        ) : undefined
      }
      columns={[
        {
          id: "creator",
          header: t("columns.creator"),
          primary: true,
          cell: (payment) => (
            <>
              <b>{payment.name}</b> <span className="sub">@{payment.handle}</span>
            </>
          ),
        },
        {
          id: "amount",
          header: t("columns.amount"),
          numeric: true,
          phone: "value",
          cell: (payment) => money(payment.amount),
        },
        {
          id: "account",
          header: t("columns.account"),
          cell: (payment) => (
            <span className="row">
              {payment.hint}
              {canReveal && (
                <RevealAccountDialog slug={slug} accountId={payment.accountId} name={payment.name} />
              )}
            </span>
          ),
        },
        {
          id: "for",
          header: t("columns.for"),
          className: "whitespace-normal",
          cell: (payment) =>
            payment.lines.map((line) => (
              <span className="block" key={line.id}>
                {t(`batch.${line.kind}`)}: {line.name} <span className="num muted">{money(line.amount)}</span>
              </span>
            )),
        },
        {
          id: "state",
          header: t("columns.state"),
          cell: (payment) => <Badge tone={tones[payment.state]}>{t(`states.${payment.state}`)}</Badge>,
        },
        {
          id: "words",
          header: t("columns.words"),
          className: "whitespace-normal",
          cell: (payment) => payment.failureReason ?? payment.reference,
        },
      ]}
    />
  );
}
