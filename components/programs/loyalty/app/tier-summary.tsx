import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import Link from "next/link";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/layout-parts";
import { Gives, TierLadder } from "@/components/ui/marks";
import { explainTier, type Home, type HomeCreator } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { useWhyWords } from "../why-words";

interface TierSummaryProps {
  home: Home;
  creator: HomeCreator;
  business: string;
  base: string;
  updated: string;
}

/** The one fact a creator comes for, how far to the next, and why. */
export function TierSummary({ home, creator, business, base, updated }: TierSummaryProps) {
  const t = useTranslations("loyaltyApp");
  const figures = useFigures(home.currency);
  const words = useWhyWords(home.metric, home.currency);
  const reasons = explainTier(
    { ...creator, tierMode: home.tierMode, refunds: creator.period.refunds },
    words,
  );
  return (
    <>
      <section className="pad pt-2" aria-labelledby="tier">
        <p className="row muted">
          {t("yourTier")}
          <span className="end sm num">{updated}</span>
        </p>
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <h1 id="tier" className="display">
            {creator.tier.name}
          </h1>
          <p className="soft">
            <b className="fig text-ink text-xl">{figures.of(home.metric, creator.value)}</b>
            {creator.next && (
              <> {t("of", { threshold: figures.roundOf(home.metric, creator.next.tier.threshold) })}</>
            )}
          </p>
        </div>
        <Ladder home={home} creator={creator} />
        <NextStep home={home} creator={creator} business={business} />
        <Disclosure summary={t("why", { tier: creator.tier.name })}>
          <div className="soft stack pb-2">
            {reasons.map((reason) => (
              <p key={reason}>{reason}</p>
            ))}
            <p>
              <Link href={`${base}/loyalty/videos`} prefetch={false}>
                {t("everySale")}
              </Link>
            </p>
            <p>
              <Link href={`${base}/loyalty/history`} prefetch={false}>
                {t("history")}
              </Link>
            </p>
          </div>
        </Disclosure>
      </section>
      <section className="sect pt-3" aria-label={t("gives", { tier: creator.tier.name })}>
        <Gives items={[{ name: t("commission"), value: figures.percent(creator.tier.commissionBp) }]} />
        {creator.tier.benefits.length > 0 && (
          <ul className="soft sm stack mt-3">
            {creator.tier.benefits.map((benefit) => (
              <li key={benefit}>{benefit}</li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Ladder({ home, creator }: { home: Home; creator: HomeCreator }) {
  const t = useTranslations("loyaltyApp");
  return (
    <TierLadder
      label={t("tiers")}
      rungs={home.ladder.map((tier) => {
        const current = tier.id === creator.tier.id;
        return {
          name: tier.name,
          filled: tier.rank < creator.tier.rank ? 100 : current ? creator.progress * 100 : 0,
          current,
          note: !current
            ? undefined
            : creator.next
              ? t("rungNote", { percent: creator.progress, tier: creator.next.tier.name })
              : t("rungTop"),
        };
      })}
    />
  );
}

function NextStep({ home, creator, business }: { home: Home; creator: HomeCreator; business: string }) {
  const t = useTranslations("loyaltyApp");
  const figures = useFigures(home.currency);
  const tier = creator.tier.name;
  const day = useCalendarDay().short;
  const bold = (chunks: ReactNode) => <b className="num">{chunks}</b>;
  const lines: ReactNode[] = [];
  if (creator.isPinned) lines.push(t("pinned", { business, tier }));
  else if (creator.next) {
    const values = {
      missing: figures.of(home.metric, creator.next.missing),
      tier: creator.next.tier.name,
      b: bold,
    };
    lines.push(
      home.tierMode === "lifetime"
        ? t.rich("sellMoreLife", values)
        : t.rich("sellMore", { ...values, date: day(creator.periodEndsOn) }),
    );
  } else lines.push(t("top", { tier }));
  return (
    <>
      {lines.map((line, index) => (
        <p className="lead mt-4" key={index}>
          {line}
        </p>
      ))}
      {creator.checkOn && (
        <p className="sm muted mt-1">
          {creator.missingToKeep > 0
            ? t("keep", {
                missing: figures.of(home.metric, creator.missingToKeep),
                date: day(creator.checkOn),
                tier,
              })
            : t("keepSafe", { tier, date: day(creator.checkOn) })}
        </p>
      )}
      {creator.startsTomorrow && <p className="sm muted mt-1">{t("startsTomorrow")}</p>}
    </>
  );
}
