import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { download } from "@/components/ui/icon-paths";
import type { Run, RunRow } from "@/lib/programs/loyalty/contract";
import type { ShownOutcome } from "./outcome-figures";
import { ChangedRows, NewRows, SetAsideRows } from "./row-tables";

interface RowPage {
  items: RunRow[];
  next: string | null;
}

interface RunRowsProps {
  run: Run;
  shown: ShownOutcome;
  rows: RowPage;
  rejected: RowPage;
  isFirstPage: boolean;
  base: string;
  slug: string;
  locale: string;
  currency: string;
}

export function RunRows({
  run,
  shown,
  rows,
  rejected,
  isFirstPage,
  base,
  slug,
  locale,
  currency,
}: RunRowsProps) {
  const t = useTranslations("loyaltyImports.changes");
  const totals = {
    new: run.rowsNew,
    changed: run.rowsChanged,
    unmatched: run.rowsUnmatched,
    rejected: run.rowsRejected,
    duplicate: run.rowsDuplicate,
  };
  const titles = {
    new: t("new"),
    changed: t("title"),
    unmatched: t("unmatched"),
    rejected: t("rejected"),
    duplicate: t("duplicate"),
  };
  const csv = (
    <LinkButton
      href={`/api/${slug}/loyalty/sync-runs/${run.id}/set-aside`}
      external
      download
      size="small"
      variant="quiet"
      icon={<Glyph path={download} size="xs" />}
    >
      {t("csv")}
    </LinkButton>
  );
  const besides = shown !== "rejected" && run.rowsRejected > 0;
  return (
    <div className={`run-columns ${besides ? "two" : ""}`}>
      <section className="run-rows">
        <header className="row run-rows-head">
          <h3 className="h3" id="shown-rows">
            {titles[shown]}
          </h3>
          <span className="muted num">
            {totals[shown] === 0 ? t("none") : t("first", { shown: rows.items.length, total: totals[shown] })}
          </span>
          <span className="end row">
            {!isFirstPage && (
              <LinkButton href={`${base}?rows=${shown}`} size="small" variant="quiet">
                {t("back")}
              </LinkButton>
            )}
            {rows.next && (
              <LinkButton href={`${base}?rows=${shown}&after=${rows.next}`} size="small" variant="quiet">
                {t("more")}
              </LinkButton>
            )}
            {shown !== "new" && shown !== "changed" && totals[shown] > 0 && csv}
          </span>
        </header>
        {rows.items.length > 0 && (
          <div className="run-scroll" tabIndex={0} role="region" aria-label={titles[shown]}>
            {shown === "changed" ? (
              <ChangedRows rows={rows.items} locale={locale} currency={currency} />
            ) : shown === "new" ? (
              <NewRows rows={rows.items} locale={locale} currency={currency} />
            ) : (
              <SetAsideRows rows={rows.items} locale={locale} title={titles[shown]} />
            )}
          </div>
        )}
      </section>
      {besides && (
        <section className="run-rows">
          <header className="row run-rows-head">
            <h3 className="h3" id="rejected-rows">
              {t("rejected")}
            </h3>
            <span className="muted num">
              {t("first", { shown: rejected.items.length, total: run.rowsRejected })}
            </span>
            <span className="end">{csv}</span>
          </header>
          <div className="run-scroll" tabIndex={0} role="region" aria-label={t("rejected")}>
            <SetAsideRows rows={rejected.items} locale={locale} title={t("rejected")} />
          </div>
        </section>
      )}
    </div>
  );
}
