import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { MissionHistoryList } from "@/components/programs/loyalty/app/mission-history-list";
import { LinkButton } from "@/components/ui/button";
import { history } from "@/components/ui/icon-paths";
import { MemberTitle } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { EmptyState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tabs";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { listMissionHistory } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyMissions.app.history"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const [t, app, finished] = await Promise.all([
      getTranslations("loyaltyMissions.app.history"),
      getTranslations("loyaltyMissions.app"),
      listMissionHistory(scope, { cursor: query.after, limit: 20 }),
    ]);
    const path = `/${scope.client.slug}/loyalty/missions`;
    return (
      <>
        <MemberTitle title={t("title")} text={t("text")} />
        <TabLinks
          label={app("which")}
          tabs={[
            { href: path, label: app("open") },
            { href: `${path}/history`, label: app("finished"), current: true },
          ]}
        />
        {finished.items.length === 0 ? (
          <EmptyState
            path={history}
            title={t("emptyTitle")}
            actions={
              <LinkButton href={path} variant="primary" wide>
                {t("see")}
              </LinkButton>
            }
          >
            {t("emptyText")}
          </EmptyState>
        ) : (
          <div className="pad stack gap-4 py-4">
            <MissionHistoryList rounds={finished.items} />
            {finished.next && (
              <LinkButton href={withQuery(`${path}/history`, {}, { after: finished.next })} wide>
                {t("older")}
              </LinkButton>
            )}
          </div>
        )}
      </>
    );
  },
);
