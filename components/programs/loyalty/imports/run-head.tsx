import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { LinkButton } from "@/components/ui/button";
import { fileSize } from "@/components/ui/upload";
import { parseTimestamp } from "@/lib/kernel/time";
import { isBusy, type Run } from "@/lib/programs/loyalty/contract";
import { FailedHeader } from "./failed-header";

interface RunHeadProps {
  run: Run;
  base: string;
  slug: string;
  canWrite: boolean;
  timeZone: string;
  locale: string;
}

/** What is true of this file now, in the largest type; then why, then what can be done. */
export function RunHead({ run, base, slug, canWrite, timeZone, locale }: RunHeadProps) {
  const t = useTranslations("loyaltyImports");
  const saved = run.rowsNew + run.rowsChanged + (run.creatorsAdded > 0 ? run.rowsToAdd : 0);
  const leftOut =
    run.rowsRejected + run.rowsDuplicate + run.rowsUnmatched - (run.creatorsAdded > 0 ? run.rowsToAdd : 0);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const stopped = run.checks.find((check) => check.stops);
  const text = (): string | null => {
    const counts = {
      read: run.rowsRead,
      changes: run.rowsNew + run.rowsChanged,
      leftOut,
      unchanged: run.rowsUnchanged,
    };
    if (run.state === "checked") return t("texts.checked", counts);
    if (run.state === "needs_confirmation") {
      const values = { fall: number.format(stopped?.value ?? 0), limit: number.format(stopped?.limit ?? 0) };
      return t(stopped?.code === "shrunk" ? "texts.shrunk" : "texts.needs_confirmation", values);
    }
    if (run.state === "saved") return t("texts.saved", counts);
    if (run.state === "skipped") return t("texts.skipped");
    if (run.state === "undone") return t("texts.undone");
    if (run.state === "failed") return run.errorMessage;
    return null;
  };
  const api = `/api/${slug}/loyalty/sync-runs/${run.id}`;
  return (
    <section className="pad run-head">
      <div className="grow stack">
        <h2 className="h2">{t(`heads.${run.state}`, { count: saved })}</h2>
        {!isBusy(run.state) && text() && <p className="soft max-w-3xl">{text()}</p>}
        {run.state === "failed" && run.errorCode === "HEADER_DRIFT" && (
          <FailedHeader details={run.errorDetails} base={base} />
        )}
        {run.state === "saved" && run.creatorsAdded > 0 && (
          <p className="soft">
            {t("creators.added", { count: run.creatorsAdded })}.{" "}
            <a href={`/${slug}/admin/loyalty/creators`}>{t("creators.open")}</a>
          </p>
        )}
        <div className="row">
          {run.repeatsRunId && (
            <LinkButton href={`${base}/${run.repeatsRunId}`} size="small">
              {t("actions.earlier")}
            </LinkButton>
          )}
          {canWrite && (run.state === "skipped" || run.state === "failed") && (
            <ActionButton
              size="small"
              label={t("actions.retry")}
              path={`${api}/retry`}
              done={t("actions.retried")}
            />
          )}
          {canWrite && run.canUndo && (
            <ActionButton
              size="small"
              variant="danger-quiet"
              label={t("actions.undo")}
              path={`${api}/undo`}
              done={t("actions.undone")}
              confirm={{
                title: t("actions.undoTitle"),
                text: t("actions.undoText"),
                keep: t("actions.undoKeep"),
              }}
            />
          )}
        </div>
      </div>
      <Facts run={run} timeZone={timeZone} locale={locale} />
    </section>
  );
}

function Facts({ run, timeZone, locale }: Pick<RunHeadProps, "run" | "timeZone" | "locale">) {
  const t = useTranslations("loyaltyImports");
  const source = run.isUnattended ? t("nightly") : t(`sources.${run.source}`);
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(
    parseTimestamp(run.createdAt),
  );
  const night = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${run.businessDate}T00:00:00Z`),
  );
  const size = run.fileBytes === null ? null : fileSize(run.fileBytes, locale);
  const seconds =
    run.startedAt && run.checkedAt
      ? Math.max(
          0.1,
          Math.round(
            (parseTimestamp(run.checkedAt).getTime() - parseTimestamp(run.startedAt).getTime()) / 100,
          ) / 10,
        )
      : null;
  return (
    <p className="muted run-facts">
      {t("meta.at", {
        source: run.createdByName ? t("meta.by", { source, name: run.createdByName }) : source,
        when,
      })}
      <br />
      {size && (seconds === null ? t("meta.size", { size }) : t("meta.checkedIn", { size, seconds }))}
      {size && <br />}
      {t("meta.night", { date: night })}
    </p>
  );
}
