import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";

export interface ProfileFormProps {
  name: string;
  timeZone: string;
  locale: string;
  zones: readonly string[];
  regions: ReadonlyArray<{ value: string; label: string }>;
}

export function ProfileForm({ name, timeZone, locale, zones, regions }: ProfileFormProps) {
  const t = useTranslations("auth.settings");
  return (
    <Form
      path="/api/me"
      method="PATCH"
      submit={t("saveProfile")}
      submitVariant="secondary"
      done={t("saved")}
      label={t("profile")}
    >
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        defaultValue={name}
        autoComplete="name"
        required
      />
      <Select
        name="timeZone"
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        defaultValue={timeZone}
        choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
      />
      <Select
        name="locale"
        label={t("locale")}
        hint={t("localeHint")}
        defaultValue={locale}
        choices={regions}
      />
    </Form>
  );
}
