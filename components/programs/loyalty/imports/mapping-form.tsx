"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";

interface MappingField {
  field: string;
  known: string;
  value: string | null;
  isRequired: boolean;
  isAbsent: boolean;
}

export function MappingForm({
  slug,
  fields,
  canWrite,
}: {
  slug: string;
  fields: readonly MappingField[];
  canWrite: boolean;
}) {
  const t = useTranslations("loyaltyImports.mapping");
  return (
    <Form
      path={`/api/${slug}/loyalty/imports/mapping`}
      method="PUT"
      submit={t("save")}
      submitVariant="primary"
      size="small"
      done={t("saved")}
      warnOnLeave
      body={(values) => ({
        columns: Object.fromEntries(
          fields.flatMap(({ field }): [string, string | null][] => {
            if (values[`${field}-absent`] === true) return [[field, null]];
            const name = String(values[field] ?? "").trim();
            return name === "" ? [] : [[field, name]];
          }),
        ),
      })}
    >
      <fieldset disabled={!canWrite} className="stack gap-5">
        {fields.map(({ field, known, value, isRequired, isAbsent }) => (
          <div key={field} className="stack">
            <TextField
              small
              name={field}
              label={field}
              hint={t("hint", { names: known })}
              defaultValue={value ?? ""}
              aside={isRequired ? t("required") : undefined}
            />
            {!isRequired && (
              <Checkbox name={`${field}-absent`} label={t("absent")} defaultChecked={isAbsent} />
            )}
          </div>
        ))}
      </fieldset>
    </Form>
  );
}
