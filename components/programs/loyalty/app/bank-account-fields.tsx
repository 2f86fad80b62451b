"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { RadioGroup, Select, type Choice } from "@/components/ui/choice";
import { TextField } from "@/components/ui/text-field";
import { bankAccountTypes } from "@/lib/programs/loyalty/contract";

/** A bank account: in the United States by its two numbers, everywhere else by its IBAN. */
export function BankAccountFields({ countries, home }: { countries: readonly Choice[]; home: string }) {
  const t = useTranslations("loyaltyPayouts.details.bank");
  const [country, setCountry] = useState(home);
  const kind = country === "US" ? "american" : "iban";
  const number = {
    inputMode: kind === "american" ? "numeric" : "text",
    autoComplete: "off",
    autoCapitalize: "characters",
    spellCheck: false,
    maxLength: 60,
    className: "num",
    required: true,
  } as const;
  return (
    <>
      <TextField
        name="holder"
        label={t("holder")}
        hint={t("holderHint")}
        autoComplete="name"
        maxLength={70}
        required
      />
      <Select
        name="country"
        label={t("country")}
        value={country}
        onChange={(event) => setCountry(event.target.value)}
        choices={countries}
      />
      {kind === "american" && (
        <>
          <RadioGroup
            name="accountType"
            label={t("type")}
            defaultValue="checking"
            choices={bankAccountTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
          />
          <TextField {...number} name="routing" label={t("routing")} hint={t("routingHint")} maxLength={20} />
        </>
      )}
      <TextField
        {...number}
        key={kind}
        name="account"
        label={t(`account.${kind}`)}
        hint={t(`hint.${kind}`)}
      />
      <TextField
        {...number}
        key={`${kind}-again`}
        name="accountAgain"
        label={t(`again.${kind}`)}
        hint={t("againHint")}
      />
      {kind === "iban" && (
        <TextField
          {...number}
          name="bic"
          label={t("bic")}
          hint={t("bicHint")}
          maxLength={20}
          required={false}
        />
      )}
    </>
  );
}
