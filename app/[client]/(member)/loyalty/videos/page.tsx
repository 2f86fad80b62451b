import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdjustmentLines } from "@/components/programs/loyalty/adjustment-lines";
import { StaleNotice } from "@/components/programs/loyalty/freshness";
import { VideoTable } from "@/components/programs/loyalty/video-table";
import { Section } from "@/components/ui/layout-parts";
import { MemberTitle } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { notFound } from "@/lib/kernel/errors";
import { listAdjustments, listVideos, readHome } from "@/lib/programs/loyalty/server";

const pageSize = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyApp"))("videosTitle") };
}

export default page(
  {
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const [t, format, home] = await Promise.all([
      getTranslations("loyaltyApp"),
      getFormatter(),
      readHome(scope),
    ]);
    if (!home.creator) throw notFound("your videos");
    const { id, periodStart } = home.creator;
    const [videos, adjustments] = await Promise.all([
      listVideos(scope, id, { from: periodStart, cursor: query.after, limit: pageSize }),
      listAdjustments(scope, id, { limit: 20 }),
    ]);
    const since = format.dateTime(new Date(`${periodStart}T00:00:00Z`), {
      month: "long",
      day: "numeric",
      timeZone: "UTC",
    });
    return (
      <>
        <StaleNotice figures={home} business={scope.client.name} />
        <MemberTitle title={t("videosTitle")} text={t("videosText", { date: since })} />
        <VideoTable
          videos={videos.items}
          metric={home.metric}
          currency={home.currency}
          since={periodStart}
          still
        />
        {(videos.next || query.after) && (
          <Pager
            summary={t("videoRange")}
            next={videos.next}
            previous={null}
            size={pageSize}
            pathname={`/${scope.client.slug}/loyalty/videos`}
            query={query}
          />
        )}
        {adjustments.items.length > 0 && (
          <Section id="adjustments" title={t("adjustmentsTitle")}>
            <p className="soft sm">{t("adjustmentsText", { business: scope.client.name })}</p>
            <AdjustmentLines adjustments={adjustments.items} metric={home.metric} currency={home.currency} />
          </Section>
        )}
      </>
    );
  },
);
