"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { RadioGroup, type Choice } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import { payoutMethods, type PayoutMethod } from "@/lib/programs/loyalty/contract";

const BankAccountFields = lazy(() =>
  import("./bank-account-fields").then((module) => ({ default: module.BankAccountFields })),
);
const fetchSchema = () => import("./payout-account-schema").then((module) => module.payoutAccountInputSchema);

/** Where her money goes, typed twice. Pasting works, in both. */
export function PayoutAccountForm({
  slug,
  method: known,
  countries,
  home,
}: {
  slug: string;
  method: PayoutMethod | null;
  /** Where a bank account can be, in the reader's words and order. */
  countries: readonly Choice[];
  home: string;
}) {
  const t = useTranslations("loyaltyPayouts.details");
  const [method, setMethod] = useState<PayoutMethod>(known ?? "paypal");
  const isPayPal = method === "paypal";
  return (
    <Form
      path={`/api/${slug}/loyalty/payout-accounts`}
      method="PUT"
      submit={t("save")}
      done={t("saved")}
      schema={fetchSchema}
      body={(values) => {
        const text = (name: string) => String(values[name] ?? "");
        const account = { method, account: text("account"), accountAgain: text("accountAgain") };
        if (method !== "bank") return account;
        return {
          ...account,
          holder: text("holder"),
          country: text("country"),
          ...(text("country") === "US"
            ? { routing: text("routing"), accountType: values["accountType"] ?? undefined }
            : { bic: text("bic") }),
        };
      }}
    >
      <RadioGroup
        name="method"
        label={t("method")}
        value={method}
        onChange={(value) => setMethod(value as PayoutMethod)}
        choices={payoutMethods.map((value) => ({ value, label: t(`methods.${value}`) }))}
      />
      {method === "bank" ? (
        <Suspense fallback={null}>
          <BankAccountFields countries={countries} home={home} />
        </Suspense>
      ) : (
        <>
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
        </>
      )}
    </Form>
  );
}
