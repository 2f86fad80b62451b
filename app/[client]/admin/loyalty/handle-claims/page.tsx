import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { RejectClaimDialog } from "@/components/programs/loyalty/admin/creator-dialogs";
import { ActionButton } from "@/components/ui/action-button";
import { ClientMessages } from "@/components/ui/client-messages";
import { DataTable } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { formatMoney } from "@/lib/kernel/money";
import { parseTimestamp } from "@/lib/kernel/time";
import { claimStates } from "@/lib/programs/loyalty/contract";
import { listClaims, readLadder } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyAdmin.claims"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.claims.decide" },
    params: z.object({ client: slugSchema }),
    query: z.object({ state: z.enum(claimStates).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav, format, claims, ladder] = await Promise.all([
      getTranslations("loyaltyAdmin.claims"),
      getTranslations("nav"),
      getFormatter(),
      listClaims(scope, query.state ?? "pending"),
      readLadder(scope),
    ]);
    const { slug } = scope.client;
    const locale = scope.viewer?.locale ?? "en";
    return (
      <ClientMessages rooms={["ui", "loyaltyAdmin"]}>
        <PageHeader title={t("title")} crumbs={[{ label: nav("loyalty") }]} />
        <Work label={t("title")}>
          <Toolbar label={t("title")}>
            <span className="soft grow">{t("text")}</span>
            <FilterChips
              pathname={`/${slug}/admin/loyalty/handle-claims`}
              query={query}
              or=""
              filters={[
                {
                  key: "state",
                  label: t("stateIs"),
                  options: claimStates.map((value) => ({ value, label: t(`states.${value}`) })),
                },
              ]}
            />
          </Toolbar>
          <DataTable
            label={t("title")}
            caption={t("text")}
            rows={claims}
            rowKey={(claim) => claim.id}
            rowName={(claim) => claim.name}
            roomy
            empty={<EmptyState title={t("emptyTitle")}>{t("emptyText")}</EmptyState>}
            columns={[
              {
                id: "who",
                header: t("columns.who"),
                primary: true,
                cell: (claim) => (
                  <>
                    <b>{claim.name}</b> <span className="sub">{claim.email}</span>
                  </>
                ),
              },
              {
                id: "handle",
                header: t("columns.handle"),
                phone: "value",
                cell: (claim) => `@${claim.handle}`,
              },
              {
                id: "evidence",
                header: t("columns.evidence"),
                className: "whitespace-normal",
                cell: (claim) => (
                  <>
                    {claim.evidenceText}{" "}
                    {claim.evidenceUrl && (
                      <a
                        href={claim.evidenceUrl}
                        target="_blank"
                        rel="noopener noreferrer nofollow"
                        className="underline"
                      >
                        {t("open")}
                      </a>
                    )}
                  </>
                ),
              },
              {
                id: "known",
                header: t("columns.known"),
                className: "whitespace-normal",
                cell: (claim) =>
                  claim.creator
                    ? t("known", {
                        videos: claim.creator.totalVideos,
                        sales: formatMoney(claim.creator.totalSales, ladder.currency, locale),
                      })
                    : t("unknown"),
              },
              {
                id: "when",
                header: t("columns.when"),
                cell: (claim) =>
                  format.dateTime(parseTimestamp(claim.createdAt), {
                    dateStyle: "medium",
                    timeStyle: "short",
                  }),
              },
              {
                id: "act",
                header: t("columns.decision"),
                cell: (claim) =>
                  claim.state === "pending" ? (
                    <span className="row">
                      <ActionButton
                        label={t("approve")}
                        path={`/api/${slug}/loyalty/handle-claims/${claim.id}/decide`}
                        body={{ decision: "approve" }}
                        done={t("approved", { handle: claim.handle, name: claim.name })}
                        size="small"
                        confirm={{
                          title: t("approveTitle", { handle: claim.handle, email: claim.email }),
                          text: t("approveText"),
                          keep: t("keep"),
                        }}
                      />
                      <RejectClaimDialog slug={slug} claimId={claim.id} name={claim.name} />
                    </span>
                  ) : (
                    <Badge tone={claim.state === "approved" ? "ok" : "plain"}>
                      {t(`states.${claim.state}`)}
                    </Badge>
                  ),
              },
            ]}
          />
        </Work>
      </ClientMessages>
    );
  },
);
