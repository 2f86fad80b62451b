"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RadioGroup, Select } from "@/components/ui/choice";
import { TextArea, TextField } from "@/components/ui/text-field";
import { rewardFrequencies, rewardKinds, type RewardKind } from "@/lib/programs/loyalty/contract";
import type { RewardText } from "./reward-draft";

interface FieldsProps {
  form: RewardText;
  change: (patch: Partial<RewardText>) => void;
  error: (field: string) => string | undefined;
  currency: string;
  tiers: readonly { id: string; name: string; rank: number }[];
  /** An existing reward keeps its kind; what is claimed bounds its stock. */
  existing?: { used: number };
}

type Input = React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>;

function useInputs({ form, change, error }: FieldsProps) {
  return (key: keyof RewardText, field: string = key) => ({
    value: form[key],
    error: error(field),
    small: true,
    onChange: (event: Input) => change({ [key]: event.target.value }),
  });
}

export function WhatFields(props: FieldsProps & { children?: ReactNode }) {
  const { form, change, existing, currency } = props;
  const t = useTranslations("loyaltyRewardsAdmin");
  const input = useInputs(props);
  const isWorth = ["gift_card", "ads_credit"].includes(form.kind);
  return (
    <fieldset className="stack gap-4">
      <legend className="h2 mb-3">{t("form.what")}</legend>
      {existing ? (
        <TextField
          small
          readOnly
          label={t("form.kind")}
          hint={t("form.kindFixed")}
          value={`${t(`kinds.${form.kind}`)} · ${t(`offers.${form.offer}`)}`}
        />
      ) : (
        <>
          <Select
            small
            label={t("form.kind")}
            hint={t(`kindTexts.${form.kind}`)}
            value={form.kind}
            onChange={(event) => change({ kind: event.target.value as RewardKind })}
            choices={rewardKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <RadioGroup
            name="offer"
            label={t("form.offer")}
            value={form.offer}
            onChange={(offer) => change({ offer: offer as RewardText["offer"] })}
            choices={[
              { value: "tier", label: t("form.offerTier"), hint: t("form.offerTierHint") },
              { value: "mission", label: t("form.offerMission"), hint: t("form.offerMissionHint") },
            ]}
          />
        </>
      )}
      {props.children}
      <TextField
        label={t("form.name")}
        hint={t("form.nameHint")}
        maxLength={60}
        required
        {...input("name")}
      />
      <TextField label={t("form.description")} maxLength={500} {...input("description")} />
      <TextArea
        label={t("form.instructions")}
        hint={t("form.instructionsHint")}
        maxLength={1000}
        {...input("instructions")}
      />
      <div className="grid gap-4 phone:grid-cols-2">
        {isWorth && (
          <TextField
            label={t("form.valueAmount", { currency })}
            inputMode="decimal"
            required
            {...input("valueAmount")}
          />
        )}
        {form.kind === "commission_boost" && (
          <>
            <TextField label={t("form.boost")} inputMode="decimal" required {...input("boost", "boostBp")} />
            <TextField label={t("form.boostDays")} inputMode="numeric" required {...input("boostDays")} />
          </>
        )}
        {form.kind === "discount" && (
          <>
            <TextField
              label={t("form.discountPercent")}
              inputMode="numeric"
              required
              {...input("discountPercent")}
            />
            <TextField
              label={t("form.discountHours")}
              inputMode="decimal"
              required
              {...input("discountHours", "discountMinutes")}
            />
            <TextField
              label={t("form.couponCode")}
              hint={t("form.couponCodeHint")}
              maxLength={8}
              autoCapitalize="characters"
              required
              {...input("couponCode")}
              onChange={(event) => change({ couponCode: event.target.value.toUpperCase() })}
            />
            <TextField
              label={t("form.couponMaxUses")}
              hint={t("form.couponMaxUsesHint")}
              inputMode="numeric"
              {...input("couponMaxUses")}
            />
          </>
        )}
        {form.kind === "physical_gift" && (
          <TextField label={t("form.sizes")} hint={t("form.sizesHint")} {...input("sizes")} />
        )}
      </div>
    </fieldset>
  );
}

export function AudienceFields(props: FieldsProps) {
  const { form, change, tiers } = props;
  const t = useTranslations("loyaltyRewardsAdmin");
  const input = useInputs(props);
  const own = tiers.find(({ id }) => id === form.tierId);
  const below = own ? tiers.filter(({ rank }) => rank < own.rank) : [];
  return (
    <fieldset className="stack gap-4">
      <legend className="h2 mb-3">{t("form.audience")}</legend>
      <div className="grid gap-4 phone:grid-cols-2">
        <Select
          label={t("form.tier")}
          hint={t("form.tierHint")}
          {...input("tierId")}
          onChange={(event) => change({ tierId: event.target.value, previewFromTierId: "" })}
          choices={[
            { value: "", label: t("form.everyTier") },
            ...tiers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextField label={t("form.tag")} hint={t("form.tagHint")} maxLength={30} {...input("tag")} />
        {below.length > 0 && (
          <Select
            label={t("form.preview")}
            hint={t("form.previewHint")}
            {...input("previewFromTierId")}
            choices={[
              { value: "", label: t("form.previewNone") },
              ...below.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </div>
    </fieldset>
  );
}

export function LimitFields(props: FieldsProps) {
  const { form, existing, currency } = props;
  const t = useTranslations("loyaltyRewardsAdmin");
  const input = useInputs(props);
  const isForever = ["gift_card", "physical_gift", "experience"].includes(form.kind);
  const isBoost = form.kind === "commission_boost";
  return (
    <fieldset className="stack gap-4">
      <legend className="h2 mb-3">{t("form.limits")}</legend>
      <div className="grid gap-4 phone:grid-cols-2">
        {form.offer === "tier" && (
          <>
            {form.frequency !== "unlimited" && (
              <TextField label={t("form.quantity")} inputMode="numeric" required {...input("quantity")} />
            )}
            <Select
              label={t("form.frequency")}
              hint={
                form.frequency === "one_time"
                  ? t(isForever ? "form.oneTimeForever" : "form.oneTimeStint")
                  : undefined
              }
              {...input("frequency")}
              choices={rewardFrequencies.map((value) => ({ value, label: t(`form.frequencies.${value}`) }))}
            />
          </>
        )}
        <TextField
          label={t("form.expiresDays")}
          hint={t("form.expiresDaysHint")}
          inputMode="numeric"
          {...input("expiresDays")}
        />
        <TextField
          label={t("form.stockTotal")}
          hint={t("form.stockHint", { used: existing?.used ?? 0 })}
          inputMode="numeric"
          {...input("stockTotal")}
        />
        {!isBoost && (
          <>
            <TextField
              label={t("form.unitCost", { currency })}
              hint={t("form.unitCostHint")}
              inputMode="decimal"
              {...input("unitCost")}
            />
            <TextField
              label={t("form.budgetTotal", { currency })}
              hint={t("form.budgetHint")}
              inputMode="decimal"
              {...input("budgetTotal")}
            />
          </>
        )}
        <TextField
          label={t("form.displayOrder")}
          hint={t("form.displayOrderHint")}
          inputMode="numeric"
          {...input("displayOrder")}
        />
      </div>
    </fieldset>
  );
}
