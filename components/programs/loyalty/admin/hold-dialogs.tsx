"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import type { Hold } from "@/lib/programs/loyalty/contract";

interface HoldProps {
  slug: string;
  hold: Pick<Hold, "id" | "creators">;
}

export function ReleaseDialog({ slug, hold }: HoldProps) {
  const t = useTranslations("loyaltyHolds");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={t("releaseTitle")}
      description={t("releaseText")}
      trigger={t("release")}
      look={{ size: "small" }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={`/api/${slug}/loyalty/holds/${hold.id}/resolve`}
        submit={t("release")}
        submitVariant="primary"
        size="small"
        done={t("released")}
        onSent={() => setOpen(false)}
        body={(values) => ({ decision: "release", note: values["note"] })}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        <TextField name="note" label={t("note")} maxLength={300} required />
      </Form>
    </Dialog>
  );
}

export function UpholdDialog({ slug, hold }: HoldProps) {
  const t = useTranslations("loyaltyHolds");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={t("upholdTitle")}
      description={t("upholdText")}
      trigger={t("uphold")}
      look={{ size: "small" }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={`/api/${slug}/loyalty/holds/${hold.id}/resolve`}
        submit={t("uphold")}
        submitVariant="primary"
        size="small"
        done={t("upheld")}
        onSent={() => setOpen(false)}
        body={(values) => ({
          decision: "uphold",
          note: values["note"],
          reject: hold.creators.filter(({ id }) => values[`reject-${id}`] === true).map(({ id }) => id),
        })}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        <fieldset className="stack gap-2">
          <legend className="label">{t("whose")}</legend>
          {hold.creators.map(({ id, handle, claims }) => (
            <Checkbox
              key={id}
              name={`reject-${id}`}
              label={`@${handle}`}
              hint={t("claims", { count: claims })}
            />
          ))}
        </fieldset>
        <TextField name="note" label={t("noteRead")} maxLength={300} required />
      </Form>
    </Dialog>
  );
}

export function HoldDialog({ slug, creatorId, name }: { slug: string; creatorId: string; name: string }) {
  const t = useTranslations("loyaltyHolds");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={t("holdTitle", { name })}
      description={t("holdText")}
      trigger={t("hold")}
      look={{ size: "small" }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={`/api/${slug}/loyalty/creators/${creatorId}/hold`}
        submit={t("hold")}
        submitVariant="primary"
        size="small"
        done={t("held", { name })}
        onSent={() => setOpen(false)}
        body={(values) => ({ reason: values["reason"] })}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        <TextField name="reason" label={t("note")} maxLength={300} required />
      </Form>
    </Dialog>
  );
}
