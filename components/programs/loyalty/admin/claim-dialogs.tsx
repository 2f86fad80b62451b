"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import type { ButtonVariant } from "@/components/ui/button";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { send } from "@/components/ui/request";
import { TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";
import { carriers, type RedemptionState } from "@/lib/programs/loyalty/contract";

export interface ClaimStepProps {
  slug: string;
  id: string;
  /** The state the page shows; if it is another by now, the step is refused. */
  from: RedemptionState;
  reward: string;
  name: string;
}

const stepsPath = ({ slug, id }: { slug: string; id: string }) =>
  `/api/${slug}/loyalty/redemptions/${id}/steps`;

/** Says what was done and offers to take it back, as long as nobody was told. */
function useUndoToast({ slug, id }: { slug: string; id: string }, from: RedemptionState = "fulfilled") {
  const t = useTranslations("loyaltyFulfilment.steps");
  const router = useRouter();
  const toast = useToast();
  return (message: string) =>
    toast({
      message,
      action: {
        label: t("undo"),
        onClick: () =>
          void send(stepsPath({ slug, id }), { body: { step: "undo", from } }).then(
            () => {
              toast({ message: t("undone") });
              router.refresh();
            },
            (error: Error) => toast({ message: error.message, tone: "bad" }),
          ),
      },
    });
}

export function ClaimDialog(props: {
  title: string;
  text: ReactNode;
  trigger: string;
  variant?: ButtonVariant;
  path: string;
  method?: "POST" | "PUT";
  submit: string;
  submitVariant?: ButtonVariant;
  done?: string;
  onDone?: () => void;
  body?: (values: Record<string, unknown>) => unknown;
  children: ReactNode;
}) {
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={props.title}
      description={props.text}
      trigger={props.trigger}
      look={{ size: "small", variant: props.variant }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={props.path}
        method={props.method}
        submit={props.submit}
        submitVariant={props.submitVariant}
        done={props.done}
        body={props.body}
        onSent={() => {
          setOpen(false);
          props.onDone?.();
        }}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        {props.children}
      </Form>
    </Dialog>
  );
}

/** A code, a reference, a note: for rewards that are sent somewhere. */
export function FulfilDialog(props: ClaimStepProps & { withCode: boolean; variant?: ButtonVariant }) {
  const t = useTranslations("loyaltyFulfilment.steps");
  const { reward, name, from } = props;
  const tell = useUndoToast(props);
  return (
    <ClaimDialog
      title={t("fulfilTitle", { reward })}
      text={t("fulfilText", { name })}
      trigger={props.withCode ? t("fulfilCard") : t("fulfil")}
      variant={props.variant}
      path={stepsPath(props)}
      submit={t("fulfil")}
      onDone={() => tell(t("fulfilled", { name }))}
      body={({ code, reference, note }) => ({
        step: "fulfil",
        from,
        code: code || undefined,
        reference: reference || undefined,
        note: note || undefined,
      })}
    >
      {props.withCode && (
        <TextField
          name="code"
          label={t("code")}
          hint={t("codeHint", { name })}
          autoComplete="off"
          maxLength={200}
        />
      )}
      <TextField
        name="reference"
        label={t("reference")}
        hint={t("referenceHint", { name })}
        autoComplete="off"
        maxLength={200}
      />
      <TextField name="note" label={t("note")} autoComplete="off" maxLength={500} />
    </ClaimDialog>
  );
}

export function ShipDialog(props: ClaimStepProps & { variant?: ButtonVariant }) {
  const t = useTranslations("loyaltyFulfilment.steps");
  const { reward, name, from } = props;
  const tell = useUndoToast(props);
  return (
    <ClaimDialog
      title={t("shipTitle", { reward })}
      text={t("shipText", { name })}
      trigger={t("ship")}
      variant={props.variant}
      path={stepsPath(props)}
      submit={t("shipSubmit")}
      onDone={() => tell(t("shipped", { name }))}
      body={({ carrier, trackingNumber }) => ({
        step: "ship",
        from,
        carrier,
        trackingNumber: trackingNumber ?? "",
      })}
    >
      <Select
        name="carrier"
        label={t("carrier")}
        choices={carriers.map((value) => ({ value, label: t(`carriers.${value}`) }))}
      />
      <TextField
        name="trackingNumber"
        label={t("tracking")}
        hint={t("trackingHint")}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={60}
      />
    </ClaimDialog>
  );
}

export function RejectDialog(props: ClaimStepProps) {
  const t = useTranslations("loyaltyFulfilment.steps");
  const { reward, name, from } = props;
  const tell = useUndoToast(props, "rejected");
  return (
    <ClaimDialog
      title={t("rejectTitle", { reward })}
      text={t("rejectText", { name })}
      trigger={t("reject")}
      variant="danger-quiet"
      path={stepsPath(props)}
      submit={t("reject")}
      submitVariant="danger"
      onDone={() => tell(t("rejected", { name }))}
      body={({ reason }) => ({ step: "reject", from, reason })}
    >
      <TextField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint", { name })}
        maxLength={300}
        required
      />
    </ClaimDialog>
  );
}
