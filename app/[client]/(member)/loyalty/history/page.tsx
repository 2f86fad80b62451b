import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { DecisionList } from "@/components/programs/loyalty/app/decision-list";
import { HistoryEmpty } from "@/components/programs/loyalty/app/empty-states";
import { StaleNotice } from "@/components/programs/loyalty/freshness";
import { LinkButton } from "@/components/ui/button";
import { MemberTitle } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { notFound } from "@/lib/kernel/errors";
import { listDecisions, readHome } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyApp"))("historyTitle") };
}

export default page(
  {
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const t = await getTranslations("loyaltyApp");
    const home = await readHome(scope);
    if (!home.creator) throw notFound("your tier history");
    const decisions = await listDecisions(scope, home.creator.id, { cursor: query.after, limit: 20 });
    return (
      <>
        <StaleNotice figures={home} business={scope.client.name} />
        <MemberTitle title={t("historyTitle")} text={t("historyText")} />
        {decisions.items.length === 0 ? (
          <HistoryEmpty figures={home} />
        ) : (
          <div className="pad stack gap-4 py-4">
            <DecisionList decisions={decisions.items} metric={home.metric} currency={home.currency} />
            {decisions.next && (
              <LinkButton
                href={withQuery(`/${scope.client.slug}/loyalty/history`, {}, { after: decisions.next })}
                wide
              >
                {t("older")}
              </LinkButton>
            )}
          </div>
        )}
      </>
    );
  },
);
