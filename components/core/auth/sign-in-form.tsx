"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { TextField } from "@/components/ui/text-field";
import type { SignedIn } from "@/lib/core/auth/contract";
import { leaveTo } from "./leave-to";

export interface DoorPlace {
  business: string | null;
  /** Where the person wanted to go before signing in came between. */
  next: string | null;
  /** Both, as a query for the neighbouring pages. */
  query: string;
}

export function SignInForm({ business, next, query, identifier }: DoorPlace & { identifier: string }) {
  const t = useTranslations("auth.signIn");
  return (
    <Form<SignedIn>
      path="/api/auth/sign-in"
      className="door-form"
      size="tall"
      submit={t("submit")}
      extra={{ business }}
      label={t("title")}
      stay
      onSent={({ home }) => leaveTo(next ?? home)}
      secondary={
        <Link className="act self-start" href={`/unlock${query}`} prefetch={false}>
          {t("locked")}
        </Link>
      }
    >
      <TextField
        name="identifier"
        label={t("identifier")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="email"
        defaultValue={identifier}
        required
      />
      <PasswordField
        name="password"
        label={t("password")}
        required
        aside={
          <Link className="act" href={`/forgot${query}`} prefetch={false}>
            {t("forgot")}
          </Link>
        }
      />
    </Form>
  );
}
