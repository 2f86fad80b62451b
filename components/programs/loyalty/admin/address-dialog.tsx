"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Select } from "@/components/ui/choice";
import { TextField } from "@/components/ui/text-field";
import { countryChoices } from "@/lib/kernel/countries";
import type { Address } from "@/lib/programs/loyalty/contract";
import { ClaimDialog } from "./claim-dialogs";

/** Until a gift is shipped, where it goes can be mended. */
export function AddressDialog({ slug, id, address }: { slug: string; id: string; address: Address }) {
  const t = useTranslations("loyaltyFulfilment.steps");
  const locale = useLocale();
  const choices = useMemo(() => countryChoices(locale), [locale]);
  return (
    <ClaimDialog
      title={t("addressTitle")}
      text={t("addressText")}
      trigger={t("address")}
      path={`/api/${slug}/loyalty/redemptions/${id}/address`}
      method="PUT"
      submit={t("addressSave")}
      done={t("addressSaved")}
    >
      <TextField
        name="recipient"
        label={t("recipient")}
        defaultValue={address.recipient}
        maxLength={80}
        required
      />
      <Select name="country" label={t("country")} defaultValue={address.country} choices={choices} />
      <TextField name="line1" label={t("line1")} defaultValue={address.line1} maxLength={120} required />
      <TextField name="line2" label={t("line2")} defaultValue={address.line2} maxLength={120} />
      <TextField name="city" label={t("city")} defaultValue={address.city} maxLength={80} required />
      <TextField name="region" label={t("region")} defaultValue={address.region} maxLength={80} />
      <TextField
        name="postalCode"
        label={t("postalCode")}
        defaultValue={address.postalCode}
        maxLength={12}
        required
      />
      <TextField name="phone" label={t("phone")} defaultValue={address.phone} type="tel" maxLength={32} />
    </ClaimDialog>
  );
}
