import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { CreatorDetail } from "@/components/programs/loyalty/admin/creator-detail";
import { CreatorMissions } from "@/components/programs/loyalty/admin/mission-rounds";
import { ClientMessages } from "@/components/ui/client-messages";
import { PageHeader, Work } from "@/components/ui/page-header";
import { grantableRoles } from "@/lib/core/people/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import {
  listAdjustments,
  listDecisions,
  listRounds,
  listTags,
  listVideos,
  readCreator,
  readCreatorTags,
  readFreshness,
  readLadder,
} from "@/lib/programs/loyalty/server";

export default page(
  {
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    query: z.object({
      after: z.string().max(1000).optional(),
      decisions: z.string().max(1000).optional(),
      adjustments: z.string().max(1000).optional(),
    }),
  },
  async ({ scope, params, query }) => {
    const sharedLadder = readLadder(scope);
    const [nav, format, creator, ladder, freshness] = await Promise.all([
      getTranslations("nav"),
      getFormatter(),
      readCreator(scope, params.id, sharedLadder),
      sharedLadder,
      readFreshness(scope),
    ]);
    const [decisions, adjustments, videos, tags, known, rounds] = await Promise.all([
      listDecisions(scope, params.id, { cursor: query.decisions, limit: 10 }),
      listAdjustments(scope, params.id, { cursor: query.adjustments, limit: 10 }),
      listVideos(scope, params.id, { from: creator.periodStart, cursor: query.after, limit: 25 }),
      readCreatorTags(scope, params.id),
      listTags(scope),
      scope.can("loyalty.missions.read") ? listRounds(scope, params.id) : null,
    ]);
    const { slug } = scope.client;
    return (
      <ClientMessages rooms={["ui", "loyaltyAdmin", "loyaltyHolds", "people"]}>
        <PageHeader
          title={creator.name}
          crumbs={[
            { label: nav("loyalty") },
            { label: nav("creators"), href: `/${slug}/admin/loyalty/creators` },
          ]}
        />
        <Work label={creator.name}>
          <CreatorDetail
            creator={creator}
            ladder={ladder}
            freshness={freshness}
            decisions={decisions}
            adjustments={adjustments}
            videos={videos}
            missions={
              rounds && (
                <CreatorMissions
                  slug={slug}
                  creatorId={creator.id}
                  tags={tags.tags}
                  known={known.map(({ tag }) => tag)}
                  rounds={rounds.items}
                  currency={ladder.currency}
                  canWrite={scope.can("loyalty.creators.write") && creator.state === "active"}
                />
              )
            }
            slug={slug}
            query={query}
            today={dateIn(scope.client.timeZone, clock.now())}
            inviteUntil={format.dateTime(new Date(clock.now().getTime() + 7 * 86_400_000), {
              dateStyle: "medium",
            })}
            canInviteCreator={
              grantableRoles(scope).includes("creator") && scope.can("people.invitations.write")
            }
            may={{
              write: scope.can("loyalty.creators.write"),
              adjust: scope.can("loyalty.adjustments.write"),
              people: scope.can("people.people.read"),
              hold: scope.can("loyalty.holds.resolve"),
              view: scope.can("people.people.impersonate"),
            }}
          />
        </Work>
      </ClientMessages>
    );
  },
);
