import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RafflesTable } from "@/components/programs/loyalty/admin/raffles-table";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { listRaffles } from "@/lib/programs/loyalty/server";

const size = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRafflesAdmin"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, query }) => {
    const [t, nav, raffles] = await Promise.all([
      getTranslations("loyaltyRafflesAdmin"),
      getTranslations("nav"),
      listRaffles(scope, { cursor: query.after, limit: size }),
    ]);
    const base = `/${scope.client.slug}/admin/loyalty`;
    return (
      <>
        <PageHeader title={t("title")} crumbs={[{ label: nav("loyalty") }]} />
        <Work label={t("title")}>
          <RafflesTable
            raffles={raffles.items}
            timeZone={scope.client.timeZone}
            pathname={`${base}/raffles`}
            missionsHref={`${base}/missions`}
          />
          {(raffles.next || query.after) && (
            <Pager
              summary={t("order")}
              next={raffles.next}
              previous={null}
              size={size}
              pathname={`${base}/raffles`}
              query={{}}
            />
          )}
        </Work>
      </>
    );
  },
);
