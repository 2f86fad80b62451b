"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Select } from "@/components/ui/choice";
import { TextField } from "@/components/ui/text-field";
import { countryChoices, homeCountry } from "@/lib/kernel/countries";
import { isPostalCode, postalExample } from "@/lib/programs/loyalty/contract";

/** Where a gift goes. Browsers fill it in; the postal code is held to the shape of its country as soon as it is left. */
export function ClaimAddress() {
  const t = useTranslations("loyaltyRewards.sheet");
  const locale = useLocale();
  const [country, setCountry] = useState(() => homeCountry(locale));
  const choices = useMemo(() => countryChoices(locale), [locale]);
  const [problem, setProblem] = useState(false);
  const example = postalExample(country);
  const check = (code: string) => setProblem(code.trim() !== "" && !isPostalCode(country, code));
  return (
    <fieldset className="stack mt-5 gap-4">
      <legend className="h3 mb-3">{t("address")}</legend>
      <TextField
        name="shipping.recipient"
        label={t("recipient")}
        autoComplete="name"
        maxLength={80}
        required
      />
      <Select
        name="shipping.country"
        label={t("country")}
        autoComplete="country"
        value={country}
        onChange={(event) => {
          setCountry(event.target.value);
          setProblem(false);
        }}
        choices={choices}
      />
      <TextField
        name="shipping.line1"
        label={t("line1")}
        autoComplete="address-line1"
        maxLength={120}
        required
      />
      <TextField name="shipping.line2" label={t("line2")} autoComplete="address-line2" maxLength={120} />
      <TextField
        name="shipping.city"
        label={t("city")}
        autoComplete="address-level2"
        maxLength={80}
        required
      />
      <TextField name="shipping.region" label={t("region")} autoComplete="address-level1" maxLength={80} />
      <TextField
        name="shipping.postalCode"
        label={t("postalCode")}
        hint={example ? t("postalHint", { example }) : undefined}
        error={problem && example ? t("postalWrong", { example }) : undefined}
        autoComplete="postal-code"
        autoCapitalize="characters"
        maxLength={12}
        required
        onBlur={(event) => check(event.target.value)}
      />
      <TextField name="shipping.phone" label={t("phone")} type="tel" autoComplete="tel" maxLength={32} />
    </fieldset>
  );
}
