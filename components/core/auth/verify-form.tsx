"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import type { ChallengeState, SignedIn } from "@/lib/core/auth/contract";
import { CodeField } from "./code-field";
import { leaveTo } from "./leave-to";
import { NewPasswordField } from "./new-password-field";
import { ResendCode } from "./resend-code";
import type { DoorPlace } from "./sign-in-form";

interface VerifyFormProps extends DoorPlace {
  /** Missing when the page was opened anew: then the password is asked for once more. */
  initial?: ChallengeState;
  typed?: { name: string; password: string };
  onAgain?: () => void;
}

export function VerifyForm({ business, next, initial, typed, onAgain }: VerifyFormProps) {
  const t = useTranslations("auth");
  const [state, setState] = useState(initial ?? null);
  return (
    <Form<SignedIn>
      path="/api/auth/verify"
      className="door-form"
      size="tall"
      submit={t("code.submitSignUp")}
      label={t("code.title")}
      stay
      body={(values) => ({
        ...values,
        business,
        ...(typed ? { password: typed.password, name: typed.name } : {}),
      })}
      onSent={({ home }) => leaveTo(next ?? home)}
      secondary={<ResendCode state={state} onSent={setState} />}
    >
      <p role="status">
        {state ? t("code.sentTo", { email: state.maskedEmail, minutes: 5, tries: 3 }) : t("code.sentToPlain")}
      </p>
      <CodeField />
      {!typed && <NewPasswordField label={t("signUp.password")} />}
      {onAgain && (
        <Button variant="quiet" className="self-start px-0" onClick={onAgain}>
          {t("code.other")}
        </Button>
      )}
    </Form>
  );
}
