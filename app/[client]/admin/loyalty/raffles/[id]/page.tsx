import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RaffleHead, RaffleLinks } from "@/components/programs/loyalty/admin/raffle-detail";
import { RaffleEntries } from "@/components/programs/loyalty/admin/raffle-entries";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { listRaffleEntries, readRaffle } from "@/lib/programs/loyalty/server";

const size = 50;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRafflesAdmin"))("columns.name") };
}

export default page(
  {
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: z.object({ after: z.string().max(1000).optional() }),
  },
  async ({ scope, params, query }) => {
    const [t, nav, raffle, entries] = await Promise.all([
      getTranslations("loyaltyRafflesAdmin"),
      getTranslations("nav"),
      readRaffle(scope, params.id),
      listRaffleEntries(scope, params.id, { cursor: query.after, limit: size }),
    ]);
    const { slug } = scope.client;
    const path = `/${slug}/admin/loyalty/raffles`;
    const canDraw = scope.can("loyalty.raffles.draw");
    return (
      <ClientMessages rooms={["ui", "loyaltyRafflesAdmin"]}>
        <PageHeader
          title={raffle.name}
          crumbs={[{ label: nav("loyalty") }, { label: t("title"), href: path }]}
          actions={<RaffleLinks raffle={raffle} slug={slug} />}
        />
        <Work label={raffle.name}>
          <RaffleHead raffle={raffle} slug={slug} canDraw={canDraw} />
          <RaffleEntries raffle={raffle} entries={entries.items} slug={slug} canDraw={canDraw} />
          {(entries.next || query.after) && (
            <Pager
              summary={t("range", { shown: entries.items.length, total: raffle.entered })}
              next={entries.next}
              previous={null}
              size={size}
              pathname={`${path}/${raffle.id}`}
              query={{}}
            />
          )}
        </Work>
      </ClientMessages>
    );
  },
);
