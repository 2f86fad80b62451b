import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { LinkButton } from "@/components/ui/button";
import type { BatchDetail } from "@/lib/programs/loyalty/contract";
import { MarkDialog } from "./payments-bulk";

/** What a batch's state allows next. */
export function BatchActions({
  batch,
  slug,
  amount,
  canReveal,
  hasPayPal,
}: {
  batch: BatchDetail;
  slug: string;
  amount: string;
  canReveal: boolean;
  hasPayPal: boolean;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin.batch");
  const base = `/api/${slug}/loyalty/payout-batches/${batch.id}`;
  const steps = `${base}/steps`;
  const isAsking = batch.state === "approved" && batch.provider === "paypal";
  const sent = batch.byState.sent ?? 0;
  return (
    <>
      {canReveal && (batch.state === "approved" || batch.state === "sent") && (
        <LinkButton href={`${base}/export`} external download size="small">
          {t("download")}
        </LinkButton>
      )}
      {(batch.state === "draft" || (batch.state === "approved" && !isAsking)) && (
        <ActionButton
          label={t("cancel")}
          path={steps}
          body={{ step: "cancel" }}
          done={t("cancelled")}
          size="small"
          variant="danger-quiet"
          confirm={{ title: t("cancelTitle"), text: t("cancelText"), keep: t("cancelKeep") }}
        />
      )}
      {batch.state === "draft" && (
        <ActionButton
          label={t("approve")}
          path={steps}
          body={{ step: "approve" }}
          done={t("approved")}
          size="small"
          variant="primary"
        />
      )}
      {batch.state === "approved" && !isAsking && hasPayPal && batch.method === "paypal" && (
        <ActionButton
          label={t("sendByPayPal")}
          path={steps}
          body={{ step: "send_by_paypal" }}
          done={t("sending")}
          size="small"
          confirm={{ title: t("sendTitle", { amount }), text: t("sendText"), keep: t("keep") }}
        />
      )}
      {batch.state === "approved" && !isAsking && (
        <ActionButton
          label={t("send")}
          path={steps}
          body={{ step: "send" }}
          done={t("sent")}
          size="small"
          variant="primary"
          undo={{ label: t("undo"), path: steps, body: { step: "undo_send" }, done: t("undone") }}
        />
      )}
      {batch.state === "sent" && batch.provider === "by_hand" && sent === batch.payments && (
        <ActionButton
          label={t("undoSend")}
          path={steps}
          body={{ step: "undo_send" }}
          done={t("undone")}
          size="small"
          variant="quiet"
        />
      )}
      {batch.state === "sent" && sent > 0 && (
        <MarkDialog
          path={`${base}/payments`}
          step="paid"
          count={sent}
          trigger={t("markAllPaid")}
          variant="primary"
        />
      )}
    </>
  );
}
