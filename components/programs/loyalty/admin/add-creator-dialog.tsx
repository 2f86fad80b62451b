"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";

export function AddCreatorDialog({
  slug,
  tiers,
}: {
  slug: string;
  tiers: ReadonlyArray<{ id: string; name: string }>;
}) {
  const t = useTranslations("loyaltyAdmin.creators");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [tier, setTier] = useState("");
  const filled = (value: unknown) =>
    typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  return (
    <Dialog
      title={t("addTitle")}
      description={t("addText")}
      trigger={t("add")}
      look={{ size: "small", variant: "primary" }}
      open={open}
      onOpenChange={setOpen}
    >
      <Form
        path={`/api/${slug}/loyalty/creators`}
        submit={t("save")}
        done={t("added")}
        onSent={() => setOpen(false)}
        secondary={<CloseButton>{ui("cancel")}</CloseButton>}
        body={(values) => ({
          handle: values["handle"],
          name: filled(values["name"]),
          email: filled(values["email"]),
          tierId: filled(values["tierId"]),
          reason: filled(values["reason"]),
        })}
      >
        <TextField
          name="handle"
          label={t("handle")}
          hint={t("handleHint")}
          autoComplete="off"
          autoCapitalize="none"
          required
        />
        <TextField name="name" label={t("name")} autoComplete="off" />
        <TextField name="email" type="email" label={t("email")} hint={t("emailHint")} autoComplete="off" />
        <Select
          name="tierId"
          label={t("tier")}
          hint={t("tierHint")}
          value={tier}
          onChange={(event) => setTier(event.target.value)}
          choices={[
            { value: "", label: t("tierAuto") },
            ...tiers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {tier !== "" && <TextField name="reason" label={t("reason")} required />}
      </Form>
    </Dialog>
  );
}
