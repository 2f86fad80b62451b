import { useTranslations } from "next-intl";
import Link from "next/link";
import { List, ListRow, Section } from "@/components/ui/layout-parts";
import type { MyRewards } from "@/lib/programs/loyalty/contract";
import { useRewardWords } from "./reward-words";

/** The rewards of a home page: four she may claim now, else the way to the others. */
export function HomeRewards({ rewards, base }: { rewards: MyRewards; base: string }) {
  const t = useTranslations("loyaltyApp.home");
  const words = useRewardWords(rewards.currency, rewards.timeZone);
  const ready = rewards.rewards.filter(({ status }) => status === "available");
  const path = `${base}/loyalty/rewards`;
  return (
    <Section
      id="rewards"
      title={t("rewards")}
      aside={
        <Link href={path} prefetch={false}>
          {t("allRewards", { count: rewards.rewards.length })}
        </Link>
      }
    >
      {ready.length === 0 ? (
        <p className="soft">{t("noRewards")}</p>
      ) : (
        <List>
          {ready.slice(0, 4).map((reward) => (
            <ListRow key={reward.id} href={path} title={reward.name} text={words.worth(reward)} />
          ))}
        </List>
      )}
    </Section>
  );
}
