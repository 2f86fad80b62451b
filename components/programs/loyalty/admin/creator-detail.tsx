import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { InviteDialog } from "@/components/core/people/invite-dialog";
import { ViewDialog } from "@/components/core/people/view-dialog";
import { ActionButton } from "@/components/ui/action-button";
import { LinkButton } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/layout-parts";
import { Badge } from "@/components/ui/marks";
import { withQuery, type Query } from "@/components/ui/query";
import {
  explainTier,
  type AdjustmentList,
  type Creator,
  type DecisionList,
  type Ladder,
  type VideoList,
} from "@/lib/programs/loyalty/contract";
import { AdjustmentLines } from "../adjustment-lines";
import { DecisionList as Decisions } from "../app/decision-list";
import { WeeksChart } from "../app/period-figures";
import { VideoTable } from "../video-table";
import { useWhyWords } from "../why-words";
import { AdminStale } from "./admin-stale";
import { CreatorAccount } from "./creator-account";
import { AdjustmentDialog, PinDialog, RenameDialog, ReverseDialog } from "./creator-dialogs";
import { HoldDialog } from "./hold-dialogs";
import { CreatorStanding, PeriodList } from "./creator-panel";

interface CreatorDetailProps {
  creator: Creator;
  ladder: Ladder;
  freshness: { updatedAt: string | null; isStale: boolean };
  decisions: DecisionList;
  adjustments: AdjustmentList;
  videos: VideoList;
  slug: string;
  query: Query;
  /** Tags and missions of the creator. */
  missions: ReactNode;
  today: string;
  inviteUntil: string;
  canInviteCreator: boolean;
  may: { write: boolean; adjust: boolean; people: boolean; view: boolean; hold: boolean };
}

export function CreatorDetail(props: CreatorDetailProps) {
  const { creator, ladder, decisions, adjustments, videos, slug, query, may } = props;
  const t = useTranslations("loyaltyAdmin");
  const words = useWhyWords(ladder.metric, ladder.currency);
  const pathname = `/${slug}/admin/loyalty/creators/${creator.id}`;
  const figures = { metric: ladder.metric, currency: ladder.currency };
  const reasons = explainTier(
    { ...creator, tierMode: ladder.tierMode, refunds: creator.period.refunds, startsTomorrow: false },
    words,
  );
  const Older = ({ name, cursor }: { name: string; cursor: string | null }) =>
    cursor && (
      <LinkButton href={withQuery(pathname, query, { [name]: cursor })} size="small">
        {t("creator.older")}
      </LinkButton>
    );
  return (
    <>
      <AdminStale state={props.freshness} slug={slug} />
      <div className="pad grid gap-8 py-5 panel:grid-cols-[1fr_22rem]">
        <div className="stack min-w-0 gap-8">
          <section className="stack gap-3" aria-labelledby="standing">
            <h2 className="h2 row" id="standing">
              @{creator.handle}
              {creator.state === "archived" && <Badge>{t("creators.archived")}</Badge>}
              {creator.isPinned && <Badge tone="line">{t("creators.byHand")}</Badge>}
            </h2>
            <CreatorStanding creator={creator} {...figures} />
            <Disclosure summary={t("creator.why", { tier: creator.tier.name })}>
              <div className="soft stack pb-2">
                {reasons.map((reason) => (
                  <p key={reason}>{reason}</p>
                ))}
              </div>
            </Disclosure>
          </section>
          <section className="max-w-xl">
            <WeeksChart {...figures} weeks={creator.weeks} counted="" />
          </section>
          <section className="stack gap-3" aria-labelledby="videos">
            <h2 className="h2" id="videos">
              {t("creator.videosTitle")}
            </h2>
            <VideoTable videos={videos.items} {...figures} since={creator.periodStart} still />
            <Older name="after" cursor={videos.next} />
          </section>
          <section className="stack gap-3" aria-labelledby="history">
            <h2 className="h2" id="history">
              {t("creator.history")}
            </h2>
            {decisions.items.length === 0 ? (
              <p className="soft">{t("creator.nothing")}</p>
            ) : (
              <Decisions decisions={decisions.items} {...figures} />
            )}
            <Older name="decisions" cursor={decisions.next} />
          </section>
        </div>
        <div className="stack content-start gap-8">
          <CreatorActions {...props} />
          <section className="stack gap-2">
            <h2 className="h3">{t("creator.period")}</h2>
            <PeriodList creator={creator} {...figures} />
          </section>
          {props.missions}
          <CreatorAccount creator={creator} slug={slug} canOpen={may.people} />
          <section className="stack gap-3" aria-labelledby="adjustments">
            <h2 className="h3" id="adjustments">
              {t("adjustments.title")}
            </h2>
            {adjustments.items.length === 0 ? (
              <p className="soft">{t("adjustments.none")}</p>
            ) : (
              <AdjustmentLines
                adjustments={adjustments.items}
                {...figures}
                action={
                  may.adjust
                    ? (adjustment) => (
                        <ReverseDialog slug={slug} creatorId={creator.id} adjustmentId={adjustment.id} />
                      )
                    : undefined
                }
              />
            )}
            <Older name="adjustments" cursor={adjustments.next} />
          </section>
        </div>
      </div>
    </>
  );
}

function CreatorActions({
  creator,
  ladder,
  slug,
  today,
  may,
  canInviteCreator,
  inviteUntil,
}: CreatorDetailProps) {
  const t = useTranslations("loyaltyAdmin.creator");
  const people = useTranslations("people");
  const steps = `/api/${slug}/loyalty/creators/${creator.id}/steps`;
  return (
    <div className="row flex-wrap">
      {may.adjust && (
        <AdjustmentDialog
          slug={slug}
          creatorId={creator.id}
          name={creator.name}
          metric={ladder.metric}
          currency={ladder.currency}
          today={today}
        />
      )}
      {canInviteCreator && creator.person && !creator.person.hasLogin && creator.state === "active" && (
        <InviteDialog
          slug={slug}
          roles={[{ value: "creator", label: people("roles.creator") }]}
          person={{ id: creator.personId, name: creator.name, email: creator.person.email }}
          trigger={t("invite")}
          until={inviteUntil}
        />
      )}
      {may.view && creator.state === "active" && (
        <ViewDialog slug={slug} personId={creator.personId} name={creator.name} />
      )}
      {may.hold && <HoldDialog slug={slug} creatorId={creator.id} name={creator.name} />}
      {may.write && (
        <>
          {creator.isPinned ? (
            <ActionButton
              label={t("unpin")}
              path={steps}
              body={{ step: "unpin" }}
              done={t("unpinned")}
              size="small"
            />
          ) : (
            <PinDialog slug={slug} creatorId={creator.id} tiers={ladder.tiers} />
          )}
          <RenameDialog slug={slug} creatorId={creator.id} handle={creator.handle} />
          {creator.state === "active" ? (
            <ActionButton
              label={t("archive")}
              path={steps}
              body={{ step: "archive" }}
              done={t("archived", { name: creator.name })}
              undo={{
                label: t("restore"),
                path: steps,
                body: { step: "restore" },
                done: t("restored", { name: creator.name }),
              }}
              size="small"
              variant="danger-quiet"
              confirm={{
                title: t("archiveTitle", { name: creator.name }),
                text: t("archiveText"),
                keep: t("keep"),
              }}
            />
          ) : (
            <ActionButton
              label={t("restore")}
              path={steps}
              body={{ step: "restore" }}
              done={t("restored", { name: creator.name })}
              size="small"
            />
          )}
        </>
      )}
    </div>
  );
}
