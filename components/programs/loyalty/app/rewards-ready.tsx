import { Glyph } from "@/components/ui/glyph";
import { circleCheck } from "@/components/ui/icon-paths";
import { SectionBand } from "@/components/ui/layout-parts";
import { justBefore } from "@/lib/kernel/time";
import type { MyRedemption, MyReward, MyRewards } from "@/lib/programs/loyalty/contract";
import { ClaimReward } from "./claim-reward";
import { rewardDrawings } from "./redemption-row";
import { RewardPart } from "./reward-part";
import { useRewardWords } from "./reward-words";

/** What she may claim now: the first in a band with the one filled button, the others below it. */
export function RewardsReady({
  earned,
  available,
  rewards,
  slug,
}: {
  earned: MyRedemption[];
  available: MyReward[];
  rewards: MyRewards;
  slug: string;
}) {
  const { t, day, worth } = useRewardWords(rewards.currency, rewards.timeZone);
  const terms = {
    currency: rewards.currency,
    timeZone: rewards.timeZone,
    today: rewards.today,
    fulfilHours: rewards.fulfilHours,
    clearingDays: rewards.clearingDays,
    commissionBp: rewards.creator?.commissionBp,
  };
  const items = [
    ...earned.map((one) => ({
      one,
      claim: { redemptionId: one.id },
      from: one.missionName
        ? t(one.source === "raffle" ? "wonIn" : "fromMission", { mission: one.missionName })
        : "",
      left: null,
    })),
    ...available.map((one) => ({
      one,
      claim: { rewardId: one.id },
      from: "",
      left: one.stockLeft === null ? null : t("left", { count: one.stockLeft }),
    })),
  ];
  const [first, ...others] = items;
  if (!first) return null;
  const line = ({ one, from, left }: (typeof items)[number]) =>
    [
      from || worth(one) + ".",
      one.claimUntil ? t("claimBy", { day: day(justBefore(one.claimUntil)) }) : "",
      left ? `${left}.` : "",
    ]
      .filter(Boolean)
      .join(" ");
  return (
    <>
      <SectionBand
        kicker={
          <>
            <Glyph path={circleCheck} size="s" />
            {t("ready")}
          </>
        }
        title={first.one.name}
        actions={
          <ClaimReward
            reward={first.one}
            claim={first.claim}
            slug={slug}
            context={terms}
            look={{ variant: "primary", wide: true }}
          />
        }
      >
        {first.one.description && <p>{first.one.description}</p>}
        <p>{line(first)}</p>
      </SectionBand>
      {others.length > 0 && (
        <RewardPart id="ready" title={t("alsoReady")}>
          {others.map((item) => (
            <li className="row gap-3.5 py-3" key={item.one.id}>
              <Glyph path={rewardDrawings[item.one.kind]} />
              <div className="grow">
                <h3 className="h3">{item.one.name}</h3>
                <p className="sm muted">{line(item)}</p>
              </div>
              <ClaimReward reward={item.one} claim={item.claim} slug={slug} context={terms} short />
            </li>
          ))}
        </RewardPart>
      )}
    </>
  );
}
