"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";

export function PersonForm({
  slug,
  person,
}: {
  slug: string;
  person: { id: string; displayName: string; phone: string | null };
}) {
  const t = useTranslations("people");
  return (
    <Form
      path={`/api/${slug}/people/${person.id}`}
      method="PATCH"
      submit={t("save")}
      size="small"
      submitVariant="primary"
      done={t("saved")}
      warnOnLeave
      className="stack gap-3"
    >
      <TextField
        name="displayName"
        label={t("name")}
        defaultValue={person.displayName}
        small
        required
        maxLength={120}
      />
      <TextField
        name="phone"
        type="tel"
        label={t("phone")}
        defaultValue={person.phone ?? ""}
        small
        maxLength={32}
      />
    </Form>
  );
}
