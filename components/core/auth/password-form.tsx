"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { NewPasswordField } from "./new-password-field";

export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("auth.settings");
  // A new key empties the fields once the password is changed.
  const [round, setRound] = useState(0);
  return (
    <Form
      key={round}
      path="/api/me/password"
      submit={t("changePassword")}
      submitVariant="secondary"
      done={t("passwordChanged")}
      label={t("password")}
      body={({ currentPassword, password }) => ({ currentPassword, password })}
      onSent={() => setRound(round + 1)}
    >
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name="currentPassword" label={t("currentPassword")} required />
      <NewPasswordField label={t("newPassword")} />
    </Form>
  );
}
