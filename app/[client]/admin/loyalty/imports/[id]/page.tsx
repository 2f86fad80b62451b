import "@/components/programs/loyalty/imports/imports.css";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { OutcomeFigures } from "@/components/programs/loyalty/imports/outcome-figures";
import { RunChecks } from "@/components/programs/loyalty/imports/run-checks";
import { RunHead } from "@/components/programs/loyalty/imports/run-head";
import { RunNotes } from "@/components/programs/loyalty/imports/run-notes";
import { RunProgress } from "@/components/programs/loyalty/imports/run-progress";
import { RunRows } from "@/components/programs/loyalty/imports/run-rows";
import { SaveBar } from "@/components/programs/loyalty/imports/save-bar";
import { TierChanges } from "@/components/programs/loyalty/imports/tier-changes";
import { ClientMessages } from "@/components/ui/client-messages";
import { Steps } from "@/components/ui/layout-parts";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { awaitsDecision, isBusy, rowOutcomes } from "@/lib/programs/loyalty/contract";
import { listRunRows, readRunPage } from "@/lib/programs/loyalty/server";

const shownFirst = 50;
const setAsideFirst = 10;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyImports"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: z.object({ rows: z.enum(rowOutcomes).optional(), after: z.string().max(1000).optional() }),
  },
  async ({ scope, viewer, params: { id }, query }) => {
    const [t, run] = await Promise.all([getTranslations("loyaltyImports"), readRunPage(scope, id)]);
    const base = `/${scope.client.slug}/admin/loyalty/imports`;
    const isRead = run.checkedAt !== null && !["queued", "reading", "failed", "skipped"].includes(run.state);
    const shown = query.rows ?? (run.rowsChanged > 0 ? "changed" : run.rowsNew > 0 ? "new" : "unmatched");
    const [rows, rejected] = isRead
      ? await Promise.all([
          listRunRows(scope, id, { outcome: shown, cursor: query.after, limit: shownFirst }),
          listRunRows(scope, id, { outcome: "rejected", limit: setAsideFirst }),
        ])
      : [null, null];
    const reader = { locale: viewer?.locale ?? scope.client.locale, currency: scope.client.currency };
    const canWrite = scope.can("loyalty.imports.write");
    const step = isRead
      ? awaitsDecision(run.state)
        ? 1
        : 2
      : run.state === "reading" || run.state === "queued"
        ? 1
        : 0;
    return (
      <ClientMessages rooms={["ui", "loyaltyImports"]}>
        <PageHeader
          title={run.fileName}
          crumbs={[{ label: t("title"), href: base }]}
          actions={
            <Steps
              label={t("steps.label")}
              steps={[t("steps.upload"), t("steps.check"), t("steps.save")]}
              current={run.state === "saved" ? 3 : step}
            />
          }
        />
        <Work label={t("title")}>
          <RunHead
            run={run}
            base={base}
            slug={scope.client.slug}
            canWrite={canWrite}
            timeZone={viewer?.timeZone ?? scope.client.timeZone}
            locale={reader.locale}
          />
          {isBusy(run.state) && (
            <div className="pad border-line border-b pb-4">
              <RunProgress
                key={run.state}
                slug={scope.client.slug}
                id={run.id}
                state={run.state}
                bytesRead={run.bytesRead}
                fileBytes={run.fileBytes}
                rowsRead={run.rowsRead}
              />
            </div>
          )}
          {isRead && rows && rejected && (
            <>
              <OutcomeFigures
                run={run}
                shown={shown}
                locale={reader.locale}
                href={(outcome) => `${base}/${id}?rows=${outcome}`}
              />
              <RunChecks checks={run.checks} locale={reader.locale} />
              {run.state === "saved" && <TierChanges run={run} locale={reader.locale} />}
              <RunNotes run={run} locale={reader.locale} />
              <RunRows
                run={run}
                shown={shown}
                rows={rows}
                rejected={rejected}
                isFirstPage={!query.after}
                base={`${base}/${id}`}
                slug={scope.client.slug}
                {...reader}
              />
            </>
          )}
        </Work>
        {canWrite && awaitsDecision(run.state) && (
          <SaveBar
            slug={scope.client.slug}
            id={run.id}
            rows={run.rowsNew + run.rowsChanged}
            rowsToAdd={run.rowsToAdd}
            creatorsToAdd={run.creatorsToAdd}
            createsCreators={run.createsCreators}
            needsConfirmation={run.state === "needs_confirmation"}
          />
        )}
      </ClientMessages>
    );
  },
);
