"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import type { ChallengeState, SignedIn } from "@/lib/core/auth/contract";
import { CodeField } from "./code-field";
import { leaveTo } from "./leave-to";
import { NewPasswordField } from "./new-password-field";
import { ResendCode } from "./resend-code";
import type { DoorPlace } from "./sign-in-form";

export function ResetFlow({ next, startsWithCode = false }: DoorPlace & { startsWithCode?: boolean }) {
  const t = useTranslations("auth");
  const [state, setState] = useState<ChallengeState | null>(null);
  if (!state && !startsWithCode) {
    return (
      <Form<ChallengeState>
        path="/api/auth/forgot"
        className="door-form"
        size="tall"
        submit={t("forgot.submit")}
        label={t("forgot.title")}
        stay
        onSent={setState}
      >
        <TextField
          name="email"
          type="email"
          label={t("forgot.email")}
          autoComplete="username"
          autoCapitalize="none"
          inputMode="email"
          required
        />
      </Form>
    );
  }
  return (
    <Form<SignedIn>
      path="/api/auth/reset"
      className="door-form"
      size="tall"
      submit={t("code.submitReset")}
      label={t("reset.title")}
      stay
      onSent={({ home }) => leaveTo(next ?? home)}
      secondary={<ResendCode state={state} onSent={setState} />}
    >
      <p role="status">
        {state
          ? t("code.sentTo", { email: state.maskedEmail, minutes: 15, tries: 3 })
          : t("code.sentToPlain")}{" "}
        {t("reset.note")}
      </p>
      <CodeField />
      <NewPasswordField label={t("reset.password")} />
    </Form>
  );
}
