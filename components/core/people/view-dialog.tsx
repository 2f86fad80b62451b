"use client";

import { useTranslations } from "next-intl";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";

/** Begins to look at the app as a member. The whole page is loaded anew: nothing of the viewer's own may stay behind. */
export function ViewDialog({ slug, personId, name }: { slug: string; personId: string; name: string }) {
  const t = useTranslations("people");
  const ui = useTranslations("ui");
  return (
    <Dialog
      title={t("viewTitle", { name })}
      description={t("viewText")}
      trigger={t("view")}
      look={{ size: "small" }}
    >
      <Form
        path={`/api/${slug}/people/${personId}/view`}
        submit={t("viewStart", { name })}
        submitVariant="primary"
        size="small"
        onSent={() => window.location.assign(`/${slug}/home`)}
        body={(values) => ({ reason: values["reason"] })}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
      >
        <TextField
          name="reason"
          label={t("viewReason")}
          hint={t("viewReasonHint")}
          maxLength={200}
          required
        />
      </Form>
    </Dialog>
  );
}
