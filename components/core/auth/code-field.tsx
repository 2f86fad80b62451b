"use client";

import { useTranslations } from "next-intl";
import { TextField } from "@/components/ui/text-field";

/** One field, not six: paste, the phone's own suggestion and screen readers all know how to fill it. */
export function CodeField() {
  const t = useTranslations("auth.code");
  return (
    <TextField
      name="code"
      label={t("label")}
      className="code-input"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 \-]*"
      maxLength={9}
      required
      autoFocus
    />
  );
}
