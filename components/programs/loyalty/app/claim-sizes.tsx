"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Glyph } from "@/components/ui/glyph";
import { circleAlert } from "@/components/ui/icon-paths";

export function ClaimSizes({ sizes, error }: { sizes: readonly string[]; error: string | undefined }) {
  const t = useTranslations("loyaltyRewards.sheet");
  const id = useId();
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className="h3 mb-2">{t("size")}</legend>
      <div className="grid grid-cols-4 gap-1">
        {sizes.map((size) => (
          <label className="day" key={size}>
            <input type="radio" name="size" value={size} aria-invalid={error ? true : undefined} />
            <b>{size}</b>
          </label>
        ))}
      </div>
      {error && (
        <p className="error mt-2" id={id}>
          <Glyph path={circleAlert} size="s" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
