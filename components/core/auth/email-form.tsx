"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { TextField } from "@/components/ui/text-field";
import type { ChallengeState } from "@/lib/core/auth/contract";

const EmailCodeForm = lazy(() =>
  import("./email-code-form").then((module) => ({ default: module.EmailCodeForm })),
);

/** The new address is typed, proved with a code, and only then used. */
export function EmailForm({ email }: { email: string }) {
  const t = useTranslations("auth");
  const router = useRouter();
  const [state, setState] = useState<ChallengeState | null>(null);
  if (state) {
    return (
      <Suspense fallback={null}>
        <EmailCodeForm
          state={state}
          onState={setState}
          onDone={() => {
            setState(null);
            router.refresh();
          }}
        />
      </Suspense>
    );
  }
  return (
    <Form<ChallengeState>
      path="/api/me/email"
      submit={t("settings.changeEmail")}
      submitVariant="secondary"
      label={t("settings.email")}
      stay
      onSent={setState}
    >
      <p className="soft">{t("settings.emailNow", { email })}</p>
      <TextField
        name="email"
        type="email"
        label={t("settings.newEmail")}
        autoComplete="email"
        inputMode="email"
        required
      />
      <PasswordField name="currentPassword" label={t("settings.currentPassword")} required />
    </Form>
  );
}
