"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Glyph } from "@/components/ui/glyph";
import { check } from "@/components/ui/icon-paths";
import { PasswordField } from "@/components/ui/password-field";
import { passwordLength, passwordRules } from "@/lib/core/auth/contract";

/** Each rule is ticked as it is met, so nobody learns of a rule by breaking it. */
export function NewPasswordField({ label, name = "password" }: { label: string; name?: string }) {
  const t = useTranslations("auth.rules");
  const id = useId();
  const [text, setText] = useState("");
  return (
    <div className="stack gap-2">
      <PasswordField
        name={name}
        label={label}
        autoComplete="new-password"
        minLength={passwordLength.min}
        required
        aria-details={id}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className="rules" id={id} aria-label={t("label")}>
        {passwordRules.map((rule) => {
          const isMet = rule.isMet(text);
          return (
            <li key={rule.id} data-met={isMet}>
              {isMet ? <Glyph path={check} size="s" /> : <span className="dot" aria-hidden="true" />}
              {t(rule.id)}
              <span className="vh">{t(isMet ? "met" : "unmet")}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
