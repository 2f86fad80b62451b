"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextField } from "@/components/ui/text-field";
import type { ChallengeState } from "@/lib/core/auth/contract";
import { NewPasswordField } from "./new-password-field";
import type { DoorPlace } from "./sign-in-form";
import { VerifyForm } from "./verify-form";

/** Details, then the code. What was typed stays in this page: the password is sent again with the code and set then. */
export function SignUpFlow(place: DoorPlace & { email: string }) {
  const t = useTranslations("auth.signUp");
  const [state, setState] = useState<ChallengeState | null>(null);
  const typed = useRef({ name: "", password: "" });
  if (state) {
    return <VerifyForm {...place} initial={state} typed={typed.current} onAgain={() => setState(null)} />;
  }
  return (
    <Form<ChallengeState>
      path="/api/auth/sign-up"
      className="door-form"
      size="tall"
      submit={t("submit")}
      label={t("title")}
      stay
      extra={{ business: place.business }}
      body={(values) => {
        typed.current = { name: String(values.name ?? ""), password: String(values.password ?? "") };
        return values;
      }}
      onSent={setState}
    >
      <TextField name="name" label={t("name")} autoComplete="name" required />
      <TextField
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        autoCapitalize="none"
        inputMode="email"
        defaultValue={place.email}
        required
      />
      <NewPasswordField label={t("password")} />
      <div>
        <Checkbox name="acceptsTerms" label={t("termsLabel")} required />
        <Link className="act sm" href="/terms" target="_blank" prefetch={false}>
          {t("readTerms")}
        </Link>
      </div>
    </Form>
  );
}
