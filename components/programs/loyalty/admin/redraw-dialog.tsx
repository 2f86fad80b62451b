"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";

/** Takes an unclaimed prize back, with the reason that is kept. */
export function RedrawDialog({
  slug,
  raffleId,
  entryId,
  handle,
}: {
  slug: string;
  raffleId: string;
  entryId: string;
  handle: string;
}) {
  const t = useTranslations("loyaltyRafflesAdmin");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={t("redrawTitle", { handle })}
      description={t("redrawText", { handle })}
      trigger={t("redraw")}
      look={{ size: "small", variant: "danger-quiet" }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={`/api/${slug}/loyalty/raffles/${raffleId}/entries/${entryId}/redraw`}
        submit={t("redrawSubmit")}
        submitVariant="danger"
        done={t("redrawDone")}
        onSent={() => setOpen(false)}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        <TextField
          name="reason"
          label={t("redrawReason")}
          hint={t("redrawReasonHint")}
          required
          maxLength={300}
        />
      </Form>
    </Dialog>
  );
}
