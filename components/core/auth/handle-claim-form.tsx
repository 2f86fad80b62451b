"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { TextArea, TextField } from "@/components/ui/text-field";

export function HandleClaimForm({ slug, business }: { slug: string; business: string }) {
  const t = useTranslations("auth.claim");
  return (
    <Form
      path={`/api/${slug}/loyalty/handle-claims`}
      className="door-form"
      size="tall"
      submit={t("submit")}
      done={t("sent", { business })}
      label={t("title")}
      body={({ evidenceUrl, ...values }) => ({ ...values, ...(evidenceUrl ? { evidenceUrl } : {}) })}
    >
      <TextField
        name="handle"
        label={t("handle")}
        hint={t("handleHint")}
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <TextField
        name="evidenceUrl"
        type="url"
        inputMode="url"
        label={t("evidenceUrl")}
        hint={t("evidenceUrlHint")}
      />
      <TextArea name="evidenceText" label={t("evidenceText")} maxLength={1000} />
    </Form>
  );
}
