import { useTranslations } from "next-intl";
import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { circleHelp, circleX } from "@/components/ui/icon-paths";
import type { Run } from "@/lib/programs/loyalty/contract";

export type ShownOutcome = "new" | "changed" | "unmatched" | "rejected" | "duplicate";

/** Five outcomes side by side; each leads to its rows. Unchanged rows are counted and not kept. */
export function OutcomeFigures({
  run,
  shown,
  href,
  locale,
}: {
  run: Run;
  shown: ShownOutcome;
  href: (outcome: ShownOutcome) => string;
  locale: string;
}) {
  const t = useTranslations("loyaltyImports.outcomes");
  const figures = [
    { key: "new", value: run.rowsNew, tone: "" },
    { key: "changed", value: run.rowsChanged, tone: "" },
    { key: "unchanged", value: run.rowsUnchanged, tone: "" },
    { key: "unmatched", value: run.rowsUnmatched, tone: run.rowsUnmatched > 0 ? "warn" : "" },
    { key: "rejected", value: run.rowsRejected, tone: run.rowsRejected > 0 ? "bad" : "" },
  ] as const;
  return (
    <nav className="figs outcomes" aria-label={t("label")}>
      {figures.map(({ key, value, tone }) => {
        const content = (
          <>
            <span className={`outcome-name ${tone}`}>
              {tone === "warn" && <Glyph path={circleHelp} size="s" />}
              {tone === "bad" && <Glyph path={circleX} size="s" />}
              {t(key)}
            </span>
            <span className="v">{new Intl.NumberFormat(locale).format(value)}</span>
            <span className="xs muted block">{t(`${key}Hint`)}</span>
          </>
        );
        if (key === "unchanged") return <div key={key}>{content}</div>;
        return (
          <Link
            key={key}
            href={href(key)}
            scroll={false}
            prefetch={false}
            className="plain"
            aria-current={shown === key ? "true" : undefined}
          >
            {content}
          </Link>
        );
      })}
    </nav>
  );
}
