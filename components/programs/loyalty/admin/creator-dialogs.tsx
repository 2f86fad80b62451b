"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import type { ButtonVariant } from "@/components/ui/button";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { DateField, TextField } from "@/components/ui/text-field";
import { minorFromText } from "@/lib/kernel/money";
import { adjustmentKinds } from "@/lib/programs/loyalty/contract";

interface StepProps {
  slug: string;
  creatorId: string;
}

function StepDialog({
  title,
  text,
  trigger,
  variant,
  path,
  submit,
  done,
  body,
  children,
}: {
  title: string;
  text: string;
  trigger: string;
  variant?: ButtonVariant;
  path: string;
  submit: string;
  done: string;
  body: (values: Record<string, unknown>) => unknown;
  children: ReactNode;
}) {
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={title}
      description={text}
      trigger={trigger}
      look={{ size: "small", variant }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={path}
        submit={submit}
        done={done}
        body={body}
        onSent={() => setOpen(false)}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        {children}
      </Form>
    </Dialog>
  );
}

export function AdjustmentDialog({
  slug,
  creatorId,
  name,
  metric,
  currency,
  today,
}: StepProps & { name: string; metric: "sales" | "units"; currency: string; today: string }) {
  const t = useTranslations("loyaltyAdmin.adjustments");
  return (
    <StepDialog
      title={t("newTitle", { name })}
      text={t("newText")}
      trigger={t("new")}
      variant="primary"
      path={`/api/${slug}/loyalty/creators/${creatorId}/adjustments`}
      submit={t("save")}
      done={t("saved")}
      body={(values) => ({
        kind: values["kind"],
        // What is no number is sent as it is: the answer then stands beside the field.
        amount: values["amount"]
          ? (minorFromText(String(values["amount"]), currency) ?? values["amount"])
          : 0,
        units: values["units"] ? Number(values["units"]) : 0,
        effectiveOn: values["effectiveOn"],
        reason: values["reason"],
      })}
    >
      <Select
        name="kind"
        label={t("kind")}
        choices={adjustmentKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <TextField
        name="amount"
        label={t("amount", { currency })}
        hint={t("amountHint")}
        inputMode="text"
        autoComplete="off"
      />
      {metric === "units" && (
        <TextField name="units" label={t("unitsField")} inputMode="numeric" autoComplete="off" />
      )}
      <DateField name="effectiveOn" label={t("effectiveOn")} defaultValue={today} max={today} required />
      <TextField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint", { name })}
        maxLength={300}
        required
      />
    </StepDialog>
  );
}

export function ReverseDialog({ slug, creatorId, adjustmentId }: StepProps & { adjustmentId: string }) {
  const t = useTranslations("loyaltyAdmin.adjustments");
  return (
    <StepDialog
      title={t("reverseTitle")}
      text={t("reverseText")}
      trigger={t("reverse")}
      path={`/api/${slug}/loyalty/creators/${creatorId}/adjustments/${adjustmentId}/reverse`}
      submit={t("reverse")}
      done={t("reversed")}
      body={(values) => ({ reason: values["reason"] })}
    >
      <TextField name="reason" label={t("reverseReason")} maxLength={300} required />
    </StepDialog>
  );
}

export function PinDialog({
  slug,
  creatorId,
  tiers,
}: StepProps & { tiers: ReadonlyArray<{ id: string; name: string }> }) {
  const t = useTranslations("loyaltyAdmin");
  return (
    <StepDialog
      title={t("creator.pinTitle")}
      text={t("creator.pinText")}
      trigger={t("creator.pin")}
      path={`/api/${slug}/loyalty/creators/${creatorId}/steps`}
      submit={t("creator.pin")}
      done={t("creator.pinned")}
      body={(values) => ({ step: "pin", tierId: values["tierId"], reason: values["reason"] })}
    >
      <Select
        name="tierId"
        label={t("creators.tier")}
        choices={tiers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField name="reason" label={t("creators.reason")} maxLength={300} required />
    </StepDialog>
  );
}

export function RenameDialog({ slug, creatorId, handle }: StepProps & { handle: string }) {
  const t = useTranslations("loyaltyAdmin");
  return (
    <StepDialog
      title={t("creator.renameTitle")}
      text={t("creator.renameText")}
      trigger={t("creator.rename")}
      path={`/api/${slug}/loyalty/creators/${creatorId}/steps`}
      submit={t("creator.rename")}
      done={t("creator.renamed")}
      body={(values) => ({ step: "rename", handle: values["handle"] })}
    >
      <TextField
        name="handle"
        label={t("creators.handle")}
        hint={t("creators.handleHint")}
        defaultValue={handle}
        autoCapitalize="none"
        autoComplete="off"
        required
      />
    </StepDialog>
  );
}

export function RejectClaimDialog({ slug, claimId, name }: { slug: string; claimId: string; name: string }) {
  const t = useTranslations("loyaltyAdmin.claims");
  return (
    <StepDialog
      title={t("rejectTitle")}
      text={name}
      trigger={t("reject")}
      variant="danger-quiet"
      path={`/api/${slug}/loyalty/handle-claims/${claimId}/decide`}
      submit={t("reject")}
      done={t("rejected")}
      body={(values) => ({ decision: "reject", reason: values["reason"] })}
    >
      <TextField name="reason" label={t("rejectReason", { name })} maxLength={300} required />
    </StepDialog>
  );
}
