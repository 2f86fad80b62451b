import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ClaimReward } from "@/components/programs/loyalty/app/claim-reward";
import { MissionsView } from "@/components/programs/loyalty/app/missions-view";
import { NotConnected } from "@/components/programs/loyalty/app/not-connected";
import { StaleNotice } from "@/components/programs/loyalty/freshness";
import { ClientMessages } from "@/components/ui/client-messages";
import { MemberTitle } from "@/components/ui/page-header";
import { TabLinks } from "@/components/ui/tabs";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import { countOpen } from "@/lib/programs/loyalty/contract";
import { readMissions } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyMissions.app"))("title") };
}

export default page(
  { access: { permission: "loyalty.app.use" }, params: z.object({ client: slugSchema }) },
  async ({ scope }) => {
    const t = await getTranslations("loyaltyMissions.app");
    const missions = await readMissions(scope);
    const { slug, name: business } = scope.client;
    const base = `/${slug}`;
    const path = `${base}/loyalty/missions`;
    if (!missions.creator) {
      return (
        <>
          <MemberTitle title={t("title")} />
          <NotConnected business={business} base={base} />
        </>
      );
    }
    const context = {
      currency: missions.currency,
      timeZone: missions.timeZone,
      today: dateIn(missions.timeZone, clock.now()),
      fulfilHours: missions.fulfilHours,
      clearingDays: missions.clearingDays,
      commissionBp: missions.creator.commissionBp,
    };
    return (
      <ClientMessages rooms={["ui", "loyaltyRewards"]}>
        <StaleNotice figures={missions} business={business} />
        <MemberTitle title={t("title")} />
        <TabLinks
          label={t("which")}
          tabs={[
            { href: path, label: t("open"), count: countOpen(missions.items), current: true },
            { href: `${path}/history`, label: t("finished"), count: missions.finished },
          ]}
        />
        <MissionsView
          missions={missions}
          business={business}
          base={base}
          claim={(mission, isFirst) =>
            mission.redemptionId && (
              <ClaimReward
                reward={mission.reward}
                claim={{ redemptionId: mission.redemptionId }}
                slug={slug}
                context={context}
                look={{ variant: isFirst ? "primary" : "secondary", wide: true }}
              />
            )
          }
        />
      </ClientMessages>
    );
  },
);
