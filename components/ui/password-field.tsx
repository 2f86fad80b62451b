"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "./button";
import { Glyph } from "./glyph";
import { eye, eyeOff } from "./icon-paths";
import { TextField, type TextFieldProps } from "./text-field";

export function PasswordField(props: Omit<TextFieldProps, "type" | "kind" | "end">) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState(false);
  return (
    <TextField
      autoComplete="current-password"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
      type={shown ? "text" : "password"}
      end={
        <IconButton
          label={t(shown ? "hidePassword" : "showPassword")}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Glyph path={shown ? eyeOff : eye} />
        </IconButton>
      }
    />
  );
}
