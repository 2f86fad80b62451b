import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminStale } from "@/components/programs/loyalty/admin/admin-stale";
import { MissionBuilder } from "@/components/programs/loyalty/admin/mission-builder";
import { MissionFigures } from "@/components/programs/loyalty/admin/mission-figures";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import {
  listRewards,
  listTags,
  previewMission,
  readFreshness,
  readLadder,
  readMission,
} from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyMissions.admin.detail"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.missions.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
  },
  async ({ scope, params }) => {
    const [t, nav, mission, ladder, rewards, tags, freshness] = await Promise.all([
      getTranslations("loyaltyMissions.admin.detail"),
      getTranslations("nav"),
      readMission(scope, params.id),
      readLadder(scope),
      scope.can("loyalty.rewards.read")
        ? listRewards(scope, { offer: "mission", limit: 200 })
        : { items: [] },
      scope.can("loyalty.creators.read") ? listTags(scope) : [],
      readFreshness(scope),
    ]);
    const preview = await previewMission(scope, mission);
    const pathname = `/${scope.client.slug}/admin/loyalty/missions`;
    const canWrite = scope.can("loyalty.missions.write");
    // The mission keeps its reward in the list when the reward itself has left it.
    const choices = [
      ...rewards.items.map(({ id, kind, name, state }) => ({
        id,
        kind,
        name,
        isPublished: state === "published",
      })),
      ...(rewards.items.some(({ id }) => id === mission.rewardId)
        ? []
        : [{ id: mission.rewardId, kind: mission.rewardKind, name: mission.rewardName, isPublished: true }]),
    ];
    return (
      <ClientMessages rooms={["ui", "loyaltyApp", "loyaltyMissions"]}>
        <PageHeader
          title={mission.name}
          crumbs={[{ label: nav("loyalty") }, { label: t("missions"), href: pathname }]}
          actions={
            <>
              {mission.kind === "raffle" && mission.state !== "draft" && (
                <LinkButton href={`/${scope.client.slug}/admin/loyalty/raffles/${mission.id}`} size="small">
                  {t("raffle")}
                </LinkButton>
              )}
              {canWrite && (
                <LinkButton href={withQuery(`${pathname}/new`, {}, { from: mission.id })} size="small">
                  {t("duplicate")}
                </LinkButton>
              )}
            </>
          }
        />
        <Work label={mission.name}>
          <AdminStale state={freshness} slug={scope.client.slug} />
          <MissionFigures mission={mission} currency={ladder.currency} slug={scope.client.slug} />
          <div className="pad py-5">
            <MissionBuilder
              // What was typed belongs to the version it was typed into.
              key={mission.version + mission.state}
              slug={scope.client.slug}
              metric={ladder.metric}
              currency={ladder.currency}
              timeZone={scope.client.timeZone}
              tiers={ladder.tiers.map(({ id, name, rank }) => ({ id, name, rank }))}
              rewards={choices}
              tags={tags.map(({ tag }) => tag)}
              mission={mission}
              preview={preview}
              canWrite={canWrite}
            />
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
