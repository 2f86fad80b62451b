"use client";

import { useTranslations } from "next-intl";
import { RadioGroup, Select } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import type { LoyaltySettings } from "@/lib/programs/loyalty/contract";

export interface LoyaltySettingsFormProps {
  slug: string;
  settings: LoyaltySettings;
  zones: ReadonlyArray<{ value: string; label: string }>;
  canWrite: boolean;
}

export function LoyaltySettingsForm({ slug, settings, zones, canWrite }: LoyaltySettingsFormProps) {
  const t = useTranslations("loyaltyAdmin.settings");
  return (
    <Form
      path={`/api/${slug}/loyalty/settings`}
      method="PATCH"
      submit={t("save")}
      submitVariant="primary"
      size="small"
      done={t("saved")}
      warnOnLeave
      key={settings.updatedAt}
      body={(values) => ({
        ...(settings.isMetricFixed ? {} : { metric: values["metric"] }),
        tierMode: values["tierMode"],
        checkpointMonths: Number(values["checkpointMonths"]),
        syncTime: values["syncTime"],
        syncTimeZone: values["syncTimeZone"],
        fallGuardPercent: Number(values["fallGuardPercent"]),
        unmatchedWarnPercent: Number(values["unmatchedWarnPercent"]),
        staleAfterHours: Number(values["staleAfterHours"]),
      })}
    >
      <fieldset disabled={!canWrite} className="stack gap-5">
        <RadioGroup
          name="metric"
          label={t("metric")}
          hint={settings.isMetricFixed ? t("metricFixed") : undefined}
          defaultValue={settings.metric}
          choices={(["sales", "units"] as const).map((value) => ({
            value,
            label: t(`metrics.${value}`),
            disabled: settings.isMetricFixed && value !== settings.metric,
          }))}
        />
        <RadioGroup
          name="tierMode"
          label={t("mode")}
          defaultValue={settings.tierMode}
          choices={(["checkpoint", "lifetime"] as const).map((value) => ({
            value,
            label: t(`modes.${value}`),
          }))}
        />
        <TextField
          name="checkpointMonths"
          label={t("months")}
          hint={t("monthsHint")}
          defaultValue={settings.checkpointMonths}
          inputMode="numeric"
          small
        />
        <TextField
          name="syncTime"
          type="time"
          label={t("syncTime")}
          defaultValue={settings.syncTime.slice(0, 5)}
          small
        />
        <Select
          name="syncTimeZone"
          label={t("syncZone")}
          choices={zones}
          defaultValue={settings.syncTimeZone}
          small
        />
        <TextField
          name="fallGuardPercent"
          label={t("guard")}
          hint={t("guardHint")}
          defaultValue={settings.fallGuardPercent}
          inputMode="numeric"
          small
        />
        <TextField
          name="unmatchedWarnPercent"
          label={t("unmatched")}
          defaultValue={settings.unmatchedWarnPercent}
          inputMode="numeric"
          small
        />
        <TextField
          name="staleAfterHours"
          label={t("stale")}
          defaultValue={settings.staleAfterHours}
          inputMode="numeric"
          small
        />
      </fieldset>
    </Form>
  );
}
