import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { RaffleView } from "@/components/programs/loyalty/app/raffle-view";
import { ClientMessages } from "@/components/ui/client-messages";
import { MemberTitle } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import { readRaffle, readRaffleList } from "@/lib/programs/loyalty/server";

/** A longer list is downloaded instead of drawn. */
const longestShown = 500;

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyRafflesAdmin"))("columns.name") };
}

export default page(
  { access: { permission: "loyalty.app.use" }, params: z.object({ client: slugSchema, id: z.uuid() }) },
  async ({ scope, params }) => {
    const raffle = await readRaffle(scope, params.id);
    const isShort = raffle.draw !== null && raffle.draw.entriesCount <= longestShown;
    return (
      <ClientMessages rooms={["ui", "loyaltyRaffles", "loyaltyRewards"]}>
        <MemberTitle title={raffle.name} text={raffle.description || undefined} />
        <RaffleView
          raffle={raffle}
          list={isShort ? await readRaffleList(scope, params.id) : null}
          business={scope.client.name}
          slug={scope.client.slug}
          today={dateIn(raffle.timeZone, clock.now())}
        />
      </ClientMessages>
    );
  },
);
