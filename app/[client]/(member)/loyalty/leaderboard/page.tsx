import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { LeaderboardView } from "@/components/programs/loyalty/app/leaderboard-view";
import { StaleFigures } from "@/components/programs/loyalty/freshness";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { MemberTitle } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { readFreshness, readLeaderboard } from "@/lib/programs/loyalty/server";

const size = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRaffles.leaderboard"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const t = await getTranslations("loyaltyRaffles.leaderboard");
    const [board, freshness] = await Promise.all([
      readLeaderboard(scope, { cursor: query.after, limit: size }),
      readFreshness(scope),
    ]);
    const path = `/${scope.client.slug}/loyalty/leaderboard`;
    return (
      <ClientMessages rooms={["ui", "loyaltyRaffles"]}>
        <MemberTitle title={t("title")} text={t(board.tierMode === "lifetime" ? "textLifetime" : "text")} />
        <StaleFigures state={freshness} business={scope.client.name} />
        <LeaderboardView
          board={board}
          slug={scope.client.slug}
          pager={
            (board.next || query.after) && (
              <div className="pad stack gap-3 pt-4">
                {board.next && (
                  <LinkButton href={withQuery(path, {}, { after: board.next })} wide>
                    {t("more", { count: size })}
                  </LinkButton>
                )}
                {query.after && (
                  <LinkButton href={path} variant="quiet" wide>
                    {t("first")}
                  </LinkButton>
                )}
              </div>
            )
          }
        />
      </ClientMessages>
    );
  },
);
