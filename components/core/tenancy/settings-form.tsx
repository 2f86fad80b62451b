"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Select } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { checkBrand, settingsPatchSchema, type Settings } from "@/lib/core/tenancy/contract";

interface SettingsFormProps {
  settings: Settings;
  zones: ReadonlyArray<{ value: string; label: string }>;
  canWrite: boolean;
}

const locales = ["en-US", "en-GB", "en-CA", "en-AU", "en-IE"] as const;

export function SettingsForm({ settings, zones, canWrite }: SettingsFormProps) {
  const t = useTranslations("tenancy");
  const [color, setColor] = useState(settings.brandColor);
  return (
    <Form
      path={`/api/${settings.slug}/tenancy/settings`}
      method="PATCH"
      submit={t("save")}
      submitVariant="primary"
      size="small"
      done={t("saved")}
      schema={settingsPatchSchema}
      extra={{ updatedAt: settings.updatedAt }}
      warnOnLeave
      className="stack gap-4"
      key={settings.updatedAt}
    >
      <fieldset disabled={!canWrite} className="stack gap-4">
        <TextField
          name="name"
          label={t("name")}
          hint={t("nameHint")}
          defaultValue={settings.name}
          maxLength={80}
          small
          required
        />
        <TextField
          label={t("address")}
          hint={t("addressHint")}
          value={settings.slug}
          readOnly
          aside={<span className="muted">{t("fixed")}</span>}
          small
        />
        <TextField
          label={t("currency")}
          hint={t("currencyHint")}
          value={settings.currency}
          readOnly
          aside={<span className="muted">{t("fixed")}</span>}
          small
        />
        <div className="row items-end gap-3">
          <div className="grow">
            <TextField
              name="brandColor"
              label={t("color")}
              hint={t("colorHint")}
              value={color}
              onChange={(event) => setColor(event.target.value)}
              spellCheck={false}
              autoComplete="off"
              small
            />
          </div>
          <input
            type="color"
            className="h-[30px] w-12 cursor-pointer"
            aria-label={t("color")}
            value={/^#[0-9a-f]{6}$/i.test(color) ? color : settings.brandColor}
            onChange={(event) => setColor(event.target.value)}
          />
        </div>
        <BrandAdvice color={color} />
        <Select
          name="timeZone"
          label={t("timeZone")}
          hint={t("timeZoneHint")}
          choices={zones}
          defaultValue={settings.timeZone}
          small
        />
        <Select
          name="locale"
          label={t("locale")}
          hint={t("localeHint")}
          choices={locales.map((value) => ({ value, label: t(`locales.${value}`) }))}
          defaultValue={settings.locale}
          small
        />
      </fieldset>
    </Form>
  );
}

function BrandAdvice({ color }: { color: string }) {
  const t = useTranslations("tenancy");
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null;
  const { looksLikeError, isFaintOnWhite } = checkBrand(color.toLowerCase());
  const text = looksLikeError ? t("colorError") : isFaintOnWhite ? t("colorFaint") : t("colorFine");
  return <Notice tone={looksLikeError ? "warn" : "info"} title={text} />;
}
