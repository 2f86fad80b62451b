"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import type { ChallengeState } from "@/lib/core/auth/contract";
import { CodeField } from "./code-field";
import { ResendCode } from "./resend-code";

interface EmailCodeFormProps {
  state: ChallengeState;
  onState: (state: ChallengeState) => void;
  onDone: () => void;
}

/** The second step of a new address: the code that was sent there. */
export function EmailCodeForm({ state, onState, onDone }: EmailCodeFormProps) {
  const t = useTranslations("auth");
  return (
    <Form
      path="/api/me/email/confirm"
      submit={t("code.submitEmail")}
      done={t("settings.emailChanged")}
      label={t("settings.email")}
      stay
      onSent={onDone}
      secondary={<ResendCode state={state} onSent={onState} />}
    >
      <p role="status">{t("code.sentTo", { email: state.maskedEmail, minutes: 5, tries: 3 })}</p>
      <CodeField />
    </Form>
  );
}
