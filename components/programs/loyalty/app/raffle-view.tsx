import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { KeyValue, Section, SectionBand } from "@/components/ui/layout-parts";
import { Notice } from "@/components/ui/notice";
import type { Raffle } from "@/lib/programs/loyalty/contract";
import { ClaimReward } from "./claim-reward";
import { RaffleProof } from "./raffle-proof";
import { useRaffleTimes } from "./raffle-words";
import { useRewardWords } from "./reward-words";

interface RaffleViewProps {
  raffle: Raffle;
  /** The sealed list, where it is short enough to be shown. */
  list: string | null;
  business: string;
  slug: string;
  /** Today where the business is. */
  today: string;
}

/** A raffle from entering to the proof of its draw: where she stands first, the terms next, the proof last. */
export function RaffleView({ raffle, list, business, slug, today }: RaffleViewProps) {
  const t = useTranslations("loyaltyRaffles");
  const { moment, place } = useRaffleTimes(raffle.timeZone);
  const { worth } = useRewardWords(raffle.currency, raffle.timeZone);
  const { prize } = raffle;
  return (
    <>
      <Standing raffle={raffle} business={business} slug={slug} today={today} />
      <Section id="prize" title={t("prize")}>
        <p className="h3 lead">{prize.name}</p>
        {prize.description && <p className="soft mt-1">{prize.description}</p>}
        <div className="mt-3">
          <KeyValue
            items={[
              { name: t("worth"), value: worth(prize) },
              { name: t("winners"), value: t("drawn", { count: raffle.winnersCount }) },
              ...(raffle.alternatesCount > 0
                ? [{ name: t("alternates"), value: t("wait", { count: raffle.alternatesCount }) }]
                : []),
              { name: t("toClaim"), value: t("days", { count: raffle.claimDays }) },
              {
                name: t(raffle.phase === "open" ? "ends" : "ended"),
                value: t("when", { when: moment(raffle.endsAt), place }),
              },
              { name: t("for"), value: raffle.tierName ?? t(raffle.isForTag ? "forGroup" : "forAll") },
              { name: t("entered"), value: t("creators", { count: raffle.entered }) },
            ]}
          />
        </div>
      </Section>
      <RaffleProof raffle={raffle} list={list} slug={slug} />
    </>
  );
}

/** A prize she may not claim now: why, and from when she may. */
const blockedTexts = {
  boosted: "wonBoosted",
  held: "wonHeld",
  stock: "wonHeld",
  archived: "wonArchived",
  claimed: "wonClaimed",
  over: "forfeitedText",
} as const satisfies Record<NonNullable<NonNullable<Raffle["entry"]>["blockedBy"]>, string>;

/** The one fact she comes for, and the one thing she can do. */
function Standing({ raffle, business, slug, today }: Omit<RaffleViewProps, "list">) {
  const t = useTranslations("loyaltyRaffles");
  const { moment, lastDay, place } = useRaffleTimes(raffle.timeZone);
  const { entry, phase } = raffle;
  const api = `/api/${slug}/loyalty`;
  const when = t("when", { when: moment(raffle.endsAt), place });
  if (!raffle.isCreator) return <Looking raffle={raffle} />;
  if (!entry || entry.state === "withdrawn") {
    if (raffle.blockedBy !== null)
      return (
        <div className="pad">
          <Notice title={t(entry ? "leftTitle" : `blocked.${raffle.blockedBy}.title`)}>
            <p>
              {t(`blocked.${raffle.blockedBy}.text`, {
                business,
                tier: raffle.tierName ?? t("forGroup"),
                count: raffle.draw?.entriesCount ?? raffle.entered,
              })}
            </p>
          </Notice>
        </div>
      );
    return (
      <SectionBand
        title={t("openTitle")}
        actions={
          <ActionButton
            label={t("enter")}
            path={`${api}/missions/${raffle.id}/participate`}
            done={t("enterDone")}
            variant="primary"
            size="tall"
            wide
          />
        }
      >
        <p>{t("openText", { count: raffle.winnersCount, when })}</p>
      </SectionBand>
    );
  }
  switch (entry.state) {
    case "entered":
      if (phase === "open" || phase === "paused")
        return (
          <SectionBand
            tone="ok"
            title={t("inTitle")}
            actions={
              <ActionButton
                label={t("leave")}
                path={`${api}/raffles/${raffle.id}/withdraw`}
                done={t("leaveDone")}
                undo={{
                  label: t("leaveUndo"),
                  path: `${api}/missions/${raffle.id}/participate`,
                  done: t("enterDone"),
                }}
              />
            }
          >
            <p>{t("inText", { when, count: raffle.entered })}</p>
          </SectionBand>
        );
      return (
        <SectionBand tone="info" title={t(entry.entryNo === null ? "closedTitle" : "sealedTitle")}>
          <p>
            {entry.entryNo === null
              ? t("closedText", { count: raffle.entered })
              : t("sealedText", { no: entry.entryNo, count: raffle.draw?.entriesCount ?? 0, business })}
          </p>
        </SectionBand>
      );
    case "won":
      if (entry.redemptionState !== "claimable" || !entry.redemptionId)
        return (
          <SectionBand tone="ok" title={t("wonTitle", { prize: raffle.prize.name })}>
            <p>{t(entry.redemptionState === "rejected" ? "wonRejected" : "wonClaimed")}</p>
          </SectionBand>
        );
      if (entry.blockedBy)
        return (
          <SectionBand tone="info" title={t("wonTitle", { prize: raffle.prize.name })}>
            <p>
              {t(blockedTexts[entry.blockedBy], {
                no: entry.entryNo ?? 0,
                from: entry.opensAt ? moment(entry.opensAt) : "",
                until: entry.claimUntil ? lastDay(entry.claimUntil) : "",
                place,
                business,
              })}
            </p>
          </SectionBand>
        );
      return (
        <SectionBand
          title={t("wonTitle", { prize: raffle.prize.name })}
          actions={
            <ClaimReward
              reward={raffle.prize}
              claim={{ redemptionId: entry.redemptionId }}
              slug={slug}
              context={{
                currency: raffle.currency,
                timeZone: raffle.timeZone,
                today,
                fulfilHours: raffle.fulfilHours,
                clearingDays: raffle.clearingDays,
              }}
              look={{ variant: "primary", size: "tall", wide: true }}
            />
          }
        >
          <p>
            {t("wonText", {
              no: entry.entryNo ?? 0,
              until: entry.claimUntil ? lastDay(entry.claimUntil) : "",
              place,
            })}
          </p>
        </SectionBand>
      );
    case "alternate":
      return (
        <SectionBand tone="info" title={t("alternateTitle")}>
          <p>
            {t("alternateText", {
              place: (entry.drawRank ?? 0) - (raffle.draw?.winnersCount ?? 0),
              no: entry.entryNo ?? 0,
            })}
          </p>
        </SectionBand>
      );
    case "forfeited":
      return (
        <SectionBand tone="warn" title={t("forfeitedTitle")}>
          <p>{t("forfeitedText", { business })}</p>
        </SectionBand>
      );
    case "lost":
      return (
        <SectionBand tone="info" title={t("lostTitle")}>
          <p>
            {t("lostText", {
              no: entry.entryNo ?? 0,
              rank: entry.drawRank ?? 0,
              count: raffle.draw?.entriesCount ?? 0,
            })}
          </p>
        </SectionBand>
      );
  }
}

/** For staff who open the creators' page. */
function Looking({ raffle }: { raffle: Raffle }) {
  const t = useTranslations("loyaltyRaffles");
  return (
    <div className="pad">
      <Notice title={t("lookingTitle")}>
        <p>{t(`phases.${raffle.phase}`)}</p>
      </Notice>
    </div>
  );
}
