"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { RadioGroup } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import { payoutAccountInputSchema, payoutMethods, type PayoutMethod } from "@/lib/programs/loyalty/contract";

/** Where her money goes, typed twice. Pasting works, in both. */
export function PayoutAccountForm({ slug, method: known }: { slug: string; method: PayoutMethod | null }) {
  const t = useTranslations("loyaltyPayouts.details");
  const [method, setMethod] = useState<PayoutMethod>(known ?? "paypal");
  const isPayPal = method === "paypal";
  return (
    <Form
      path={`/api/${slug}/loyalty/payout-accounts`}
      method="PUT"
      submit={t("save")}
      done={t("saved")}
      schema={payoutAccountInputSchema}
      body={(values) => ({
        method,
        account: String(values["account"] ?? ""),
        accountAgain: String(values["accountAgain"] ?? ""),
      })}
    >
      <RadioGroup
        name="method"
        label={t("method")}
        value={method}
        onChange={(value) => setMethod(value as PayoutMethod)}
        choices={payoutMethods.map((value) => ({ value, label: t(`methods.${value}`) }))}
      />
      {/* A new method is a new field: what was typed for the other one is no account here. */}
      <TextField
        key={method}
        name="account"
        label={t(`account.${method}`)}
        hint={t(`accountHint.${method}`)}
        type={isPayPal ? "email" : "text"}
        autoComplete={isPayPal ? "email" : "off"}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        required
      />
      <TextField
        key={`${method}-again`}
        name="accountAgain"
        label={t(`again.${method}`)}
        hint={t("againHint")}
        type={isPayPal ? "email" : "text"}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        required
      />
    </Form>
  );
}
