"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonVariant } from "@/components/ui/button";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { send as request } from "@/components/ui/request";
import { useSelection } from "@/components/ui/table-region";
import { TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import type { PaymentState } from "@/lib/programs/loyalty/contract";

/** What can be marked of the ticked payments at once: paid or failed while sent, undone or tried again after. */
export function PaymentsBulk({
  path,
  states,
}: {
  path: string;
  states: Readonly<Record<string, PaymentState>>;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin.batch");
  const router = useRouter();
  const toast = useToast();
  const { keys, clear } = useSelection();
  const { send, sending, problem } = useSend();
  const of = (...wanted: PaymentState[]) => keys.filter((key) => wanted.includes(states[key] ?? "planned"));
  const sent = of("sent");
  async function act(step: "undo" | "retry", payments: string[], done: string) {
    if (!(await send(path, { step, payments }))) return;
    toast({ message: done });
    clear();
    router.refresh();
  }
  return (
    <>
      {sent.length > 0 && (
        <>
          <MarkDialog path={path} step="paid" payments={sent} count={sent.length} trigger={t("markPaid")} />
          <MarkDialog
            path={path}
            step="failed"
            payments={sent}
            count={sent.length}
            trigger={t("markFailed")}
            variant="danger-quiet"
          />
        </>
      )}
      {of("paid", "failed").length > 0 && (
        <Button
          size="small"
          busy={sending}
          onClick={() => void act("undo", of("paid", "failed"), t("undoDone"))}
        >
          {t("undoMark")}
        </Button>
      )}
      {of("failed").length > 0 && (
        <Button size="small" busy={sending} onClick={() => void act("retry", of("failed"), t("retried"))}>
          {t("retry")}
        </Button>
      )}
      {problem && <span role="alert">{problem.message}</span>}
    </>
  );
}

/** Paid with a reference, or failed with a reason the creators read. Without payments: all that were sent. */
export function MarkDialog({
  path,
  step,
  payments,
  count,
  trigger,
  variant,
}: {
  path: string;
  step: "paid" | "failed";
  payments?: string[];
  count: number;
  trigger: string;
  variant?: ButtonVariant;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin.batch");
  const ui = useTranslations("ui");
  const router = useRouter();
  const toast = useToast();
  const { clear } = useSelection();
  const [open, setOpen] = useState(false);
  const isPaid = step === "paid";
  function onSent() {
    setOpen(false);
    clear();
    toast({
      message: isPaid ? t("paidCount", { count }) : t("failedDone"),
      action: isPaid
        ? {
            label: t("undo"),
            onClick: () =>
              void request(path, { body: { step: "undo", ...(payments ? { payments } : {}) } }).then(
                () => {
                  toast({ message: t("undoDone") });
                  router.refresh();
                },
                (error: Error) => toast({ message: error.message, tone: "bad" }),
              ),
          }
        : undefined,
    });
    router.refresh();
  }
  return (
    <Dialog
      title={isPaid ? t(payments ? "paidTitle" : "allPaidTitle", { count }) : t("failedTitle", { count })}
      description={t(isPaid ? "paidText" : "failedText")}
      trigger={trigger}
      look={{ size: "small", variant }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={path}
        submit={trigger}
        submitVariant={isPaid ? "primary" : "danger"}
        body={(values) => ({ step, ...(payments ? { payments } : {}), ...values })}
        onSent={onSent}
        stay
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        {isPaid ? (
          <TextField
            name="reference"
            label={t("paidReference")}
            hint={t("paidReferenceHint")}
            maxLength={200}
            autoComplete="off"
          />
        ) : (
          <TextField name="reason" label={t("failedReason")} maxLength={300} required />
        )}
      </Form>
    </Dialog>
  );
}
