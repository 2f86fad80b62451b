"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { themes, type Theme } from "./theme";

/** Remembers the choice in a cookie, so that the server draws the next page in it from the first byte. */
export function ThemeSwitch({ current }: { current: Theme }) {
  const t = useTranslations("ui.theme");
  const [theme, setTheme] = useState(current);
  function choose(next: Theme) {
    setTheme(next);
    const root = document.documentElement;
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    const age = next === "system" ? 0 : 31_536_000;
    document.cookie = `theme=${next}; path=/; max-age=${age}; samesite=lax`;
  }
  return (
    <fieldset>
      <legend className="h3 mb-2">{t("label")}</legend>
      <div className="seg">
        {themes.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="theme"
              className="vh"
              checked={theme === value}
              onChange={() => choose(value)}
            />
            {t(value)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
