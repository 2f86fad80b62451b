"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { DateField } from "@/components/ui/text-field";

/** Gives a role, optionally until the end of a day in the giver's own zone. */
export function RoleForm({
  slug,
  personId,
  roles,
}: {
  slug: string;
  personId: string;
  roles: ReadonlyArray<{ value: string; label: string }>;
}) {
  const t = useTranslations("people");
  return (
    <Form
      path={`/api/${slug}/people/${personId}/roles`}
      submit={t("roleGive")}
      size="small"
      submitVariant="secondary"
      done={t("roleGiven")}
      body={(values) => ({
        role: values["role"],
        validUntil: values["validUntil"]
          ? new Date(`${String(values["validUntil"])}T23:59:59`).toISOString()
          : null,
      })}
      className="stack gap-3"
    >
      <Select name="role" label={t("inviteRole")} hint={t("inviteRoleHint")} choices={roles} small />
      <DateField name="validUntil" label={t("roleUntilLabel")} hint={t("roleUntilHint")} small />
    </Form>
  );
}
