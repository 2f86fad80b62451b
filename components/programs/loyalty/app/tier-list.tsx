import { useTranslations } from "next-intl";
import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { lock } from "@/components/ui/icon-paths";
import { Badge, TierMark } from "@/components/ui/marks";
import type { Home, HomeCreator, Tier, TierReward } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { rewardDrawings } from "./redemption-row";
import { useRewardWords } from "./reward-words";

interface TierListProps {
  home: Home;
  creator: HomeCreator;
  rewards: readonly TierReward[];
  base: string;
}

/** The ladder from the top: what each tier asks and gives, her place on it, and what is missing. */
export function TierList({ home, creator, rewards, base }: TierListProps) {
  const t = useTranslations("loyaltyRewards.tiers");
  const shared = rewards.filter(({ tierId }) => tierId === null);
  return (
    <>
      {[...home.ladder].reverse().map((tier) => (
        <TierPart
          key={tier.id}
          tier={tier}
          home={home}
          creator={creator}
          base={base}
          rewards={rewards.filter(({ tierId }) => tierId === tier.id)}
        />
      ))}
      {shared.length > 0 && (
        <section className="sect ruled" aria-labelledby="every-tier">
          <h2 id="every-tier" className="h2">
            {t("everyTier")}
          </h2>
          <RewardLines rewards={shared} home={home} />
        </section>
      )}
    </>
  );
}

function TierPart({
  tier,
  home,
  creator,
  rewards,
  base,
}: Omit<TierListProps, "rewards"> & { tier: Tier; rewards: readonly TierReward[] }) {
  const t = useTranslations("loyaltyRewards.tiers");
  const figures = useFigures(home.currency);
  const isHers = tier.id === creator.tier.id;
  const missing = tier.threshold - creator.value;
  return (
    <section
      className={isHers ? "band" : "sect ruled"}
      aria-labelledby={`tier-${tier.rank}`}
      aria-current={isHers ? "step" : undefined}
    >
      <div className="row">
        <h2 id={`tier-${tier.rank}`} className="h2">
          <TierMark name={tier.name} color={tier.color} />
        </h2>
        <span className="end sm num soft">
          {isHers ? (
            <Badge tone="accent">{t("you")}</Badge>
          ) : tier.rank > creator.tier.rank && missing > 0 ? (
            t("missing", { missing: figures.of(home.metric, missing) })
          ) : null}
        </span>
      </div>
      <p className="soft">
        {tier.threshold === 0
          ? t("startsAtZero")
          : t("startsAt", { threshold: figures.roundOf(home.metric, tier.threshold) })}
        {" · "}
        <b>{figures.percent(tier.commissionBp)}</b> {t("commission").toLowerCase()}
      </p>
      {tier.benefits.length > 0 && (
        <ul className="soft sm stack mt-1 gap-1">
          {tier.benefits.map((benefit) => (
            <li key={benefit}>{benefit}</li>
          ))}
        </ul>
      )}
      <RewardLines rewards={rewards} home={home} />
      {isHers && (
        <p className="sm">
          <Link href={`${base}/home`} className="act justify-start" prefetch={false}>
            {t("why", { tier: tier.name })}
          </Link>
        </p>
      )}
    </section>
  );
}

function RewardLines({ rewards, home }: { rewards: readonly TierReward[]; home: Home }) {
  const t = useTranslations("loyaltyRewards.tiers");
  const { worth } = useRewardWords(home.currency, home.timeZone);
  if (rewards.length === 0) return null;
  return (
    <ul className="list mt-2">
      {rewards.map((reward) => (
        <li className="row gap-3.5 py-2.5" key={reward.id}>
          <Glyph path={reward.isPreview ? lock : rewardDrawings[reward.kind]} />
          <div className="grow">
            <h3 className="h3">{reward.name}</h3>
            <p className="sm muted">
              {worth(reward)}
              {reward.isPreview && <span className="vh">, {t("locked")}</span>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
