import { useTranslations } from "next-intl";
import { Glyph } from "@/components/ui/glyph";
import { circleCheck, triangleAlert } from "@/components/ui/icon-paths";
import type { RunCheck } from "@/lib/programs/loyalty/contract";

export function RunChecks({ checks, locale }: { checks: readonly RunCheck[]; locale: string }) {
  const t = useTranslations("loyaltyImports.checks");
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const say = ({ code, isOk, value = 0, limit = 0 }: RunCheck): string => {
    const values = { value: number.format(value), limit: number.format(limit) };
    if (code === "columns") return t("columns", { version: value });
    if (code === "unmatched" || code === "rejected") return t(code, values);
    if (code === "fall") return value > 0 ? t("fall", values) : t("fallNone");
    if (code === "shrunk") return isOk ? t("shrunkNone") : t("shrunk", values);
    return t(isOk ? "repeatOk" : "repeatBad");
  };
  return (
    <ul className="run-checks" aria-label={t("label")}>
      {checks.map((check) => (
        <li key={check.code} className={check.isOk ? "ok" : "warn"}>
          <Glyph path={check.isOk ? circleCheck : triangleAlert} size="s" />
          <span className="num">
            <span className="vh">{t(check.isOk ? "ok" : "bad")} </span>
            {say(check)}
          </span>
        </li>
      ))}
    </ul>
  );
}
