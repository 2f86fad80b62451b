import { useTranslations } from "next-intl";
import Link from "next/link";
import { ActionButton } from "@/components/ui/action-button";
import { Glyph } from "@/components/ui/glyph";
import {
  badgePercent,
  chevronRight,
  gift,
  megaphone,
  shoppingBag,
  sparkles,
  ticket,
  trendingUp,
} from "@/components/ui/icon-paths";
import type { Celebration } from "@/lib/programs/loyalty/contract";

const drawings: Record<Celebration["kind"], string> = {
  gift_card: gift,
  ads_credit: megaphone,
  physical_gift: shoppingBag,
  experience: ticket,
  commission_boost: badgePercent,
  discount: badgePercent,
  raffle: ticket,
  tier: trendingUp,
};

interface CelebrationBandProps {
  celebrations: readonly Celebration[];
  business: string;
  slug: string;
}

/**
 * A calm moment on home: the tier she rose to, what was fulfilled and what she won since she last said so. Opening the page changes nothing; only her
 * press on the button ends it, and only for what is listed here. Needs the words of "loyaltyRaffles" and "ui".
 */
export function CelebrationBand({ celebrations, business, slug }: CelebrationBandProps) {
  const t = useTranslations("loyaltyRaffles.celebration");
  if (celebrations.length === 0) return null;
  const [first] = celebrations;
  const isOne = celebrations.length === 1;
  return (
    <section className="band ok" aria-labelledby="celebration">
      <p className="kicker sm row">
        <Glyph path={sparkles} size="s" />
        {t("kicker")}
      </p>
      <h2 className="h2" id="celebration">
        {first && (isOne || first.what === "risen")
          ? t(`${first.what}Title`, { name: first.name })
          : t("title", { count: celebrations.length })}
      </h2>
      <ul className="soft">
        {celebrations.map((item) => (
          <li key={item.id}>
            {item.what === "fulfilled" ? (
              <span className="row gap-3 py-1">
                <Glyph path={drawings[item.kind]} size="s" />
                <span className="grow">
                  {isOne ? t("fulfilledOne", { business }) : t("fulfilled", { name: item.name })}
                </span>
              </span>
            ) : (
              <Link
                href={`/${slug}/loyalty/${item.raffleId ? `raffles/${item.raffleId}` : "tiers"}`}
                className="linkrow plain"
                prefetch={false}
              >
                <Glyph path={drawings[item.kind]} size="s" />
                <span className="grow">
                  {t(item.what === "won" && !item.claimUntil ? "wonClaimed" : item.what, { name: item.name })}
                </span>
                <Glyph path={chevronRight} size="s" />
              </Link>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-3">
        <ActionButton
          label={t("acknowledge")}
          path={`/api/${slug}/loyalty/celebrations/acknowledge`}
          body={{ ids: celebrations.map(({ id }) => id) }}
          done={t("acknowledged")}
        />
      </div>
    </section>
  );
}
