"use client";

import { useTranslations } from "next-intl";
import { RadioGroup, Select, Switch } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import { decimalText, minorFromText } from "@/lib/kernel/money";
import type { LoyaltySettings } from "@/lib/programs/loyalty/contract";

interface LoyaltySettingsFormProps {
  slug: string;
  settings: LoyaltySettings;
  zones: ReadonlyArray<{ value: string; label: string }>;
  /** Zone of the business, in words: where schedules are kept. */
  zone: string;
  canWrite: boolean;
}

const numbers = [
  "fulfilHours",
  "boostCapacity",
  "discountSlotMinutes",
  "discountCapacity",
  "scheduleDaysAhead",
  "clearingDays",
] as const;

export function LoyaltySettingsForm({ slug, settings, zones, zone, canWrite }: LoyaltySettingsFormProps) {
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
        boostTime: values["boostTime"],
        discountFrom: values["discountFrom"],
        discountTo: values["discountTo"],
        scheduleWeekends: values["scheduleWeekends"] === true,
        leaderboardShown: values["leaderboardShown"] === true,
        ...Object.fromEntries(numbers.map((name) => [name, Number(values[name])])),
        payoutMinimum:
          minorFromText(String(values["payoutMinimum"]), settings.currency) ?? values["payoutMinimum"],
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
        <h2 className="t-h2">{t("claims")}</h2>
        <TextField
          name="fulfilHours"
          label={t("fulfilHours")}
          hint={t("fulfilHoursHint")}
          defaultValue={settings.fulfilHours}
          inputMode="numeric"
          small
        />
        <TextField
          name="boostTime"
          type="time"
          label={t("boostTime")}
          hint={t("inZone", { zone })}
          defaultValue={settings.boostTime}
          small
        />
        <TextField
          name="boostCapacity"
          label={t("boostCapacity")}
          defaultValue={settings.boostCapacity}
          inputMode="numeric"
          small
        />
        <TextField
          name="discountFrom"
          type="time"
          label={t("discountFrom")}
          hint={t("inZone", { zone })}
          defaultValue={settings.discountFrom}
          small
        />
        <TextField
          name="discountTo"
          type="time"
          label={t("discountTo")}
          defaultValue={settings.discountTo}
          small
        />
        <Select
          name="discountSlotMinutes"
          label={t("discountSlot")}
          choices={["15", "30", "60"].map((value) => ({
            value,
            label: t("minutes", { count: Number(value) }),
          }))}
          defaultValue={String(settings.discountSlotMinutes)}
          small
        />
        <TextField
          name="discountCapacity"
          label={t("discountCapacity")}
          defaultValue={settings.discountCapacity}
          inputMode="numeric"
          small
        />
        <TextField
          name="scheduleDaysAhead"
          label={t("daysAhead")}
          defaultValue={settings.scheduleDaysAhead}
          inputMode="numeric"
          small
        />
        <Switch name="scheduleWeekends" label={t("weekends")} defaultChecked={settings.scheduleWeekends} />
        <h2 className="t-h2">{t("money")}</h2>
        <TextField
          name="clearingDays"
          label={t("clearingDays")}
          hint={t("clearingDaysHint")}
          defaultValue={settings.clearingDays}
          inputMode="numeric"
          small
        />
        <TextField
          name="payoutMinimum"
          label={t("payoutMinimum", { currency: settings.currency })}
          hint={t("payoutMinimumHint")}
          defaultValue={decimalText(settings.payoutMinimum, settings.currency)}
          inputMode="decimal"
          small
        />
        <h2 className="t-h2">{t("showing")}</h2>
        <Switch
          name="leaderboardShown"
          label={t("leaderboard")}
          hint={t("leaderboardHint")}
          defaultChecked={settings.leaderboardShown}
        />
      </fieldset>
    </Form>
  );
}
