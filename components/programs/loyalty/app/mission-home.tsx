import { useTranslations } from "next-intl";
import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { circleCheck, ticket, wallet } from "@/components/ui/icon-paths";
import { Section } from "@/components/ui/layout-parts";
import { Progress } from "@/components/ui/marks";
import {
  countOpen,
  inSentence,
  pickMissions,
  sayFigure,
  sayProgress,
  type CreatorMission,
  type CreatorMissions,
} from "@/lib/programs/loyalty/contract";
import { missionDrawings } from "./mission-row";
import { useMissionWords } from "./mission-words";

/** The missions of a home page: what waits for her and the next few, most urgent first. */
export function HomeMissions({
  missions,
  base,
  count = 3,
}: {
  missions: CreatorMissions;
  base: string;
  count?: number;
}) {
  const t = useTranslations("loyaltyMissions.app.home");
  const shown = pickMissions(missions.items, count);
  const path = `${base}/loyalty/missions`;
  const open = countOpen(missions.items);
  return (
    <Section
      id="missions"
      title={t("title")}
      aside={
        <Link href={path} prefetch={false}>
          {open > 0 ? t("all", { count: open }) : t("ahead")}
        </Link>
      }
    >
      {shown.length === 0 ? (
        <p className="soft">{t(missions.creator?.isRecognised === false ? "noneYet" : "none")}</p>
      ) : (
        <ul className="list">
          {shown.map((mission, index) => (
            <HomeMission
              key={mission.id}
              mission={mission}
              currency={missions.currency}
              base={base}
              isFirst={index === 0}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function HomeMission({
  mission,
  currency,
  base,
  isFirst,
}: {
  mission: CreatorMission;
  currency: string;
  base: string;
  /** What waits comes first in the list: the first of it has the one filled button of the page. */
  isFirst: boolean;
}) {
  const t = useTranslations("loyaltyMissions.app.home");
  const words = useMissionWords(currency);
  const { kind, value, target, status, reward } = mission;
  const path = `${base}/loyalty/missions`;
  if (status === "claimable" || status === "raffle_won" || status === "needs_details") {
    const details = status === "needs_details";
    return (
      <li className="row gap-3 py-2.5">
        <span className="text-accent-text">
          <Glyph path={details ? wallet : status === "raffle_won" ? ticket : circleCheck} />
        </span>
        <div className="grow">
          <p className="h3">
            {details ? t("details") : t(status === "raffle_won" ? "won" : "done", { mission: mission.name })}
          </p>
          <p className="sm muted">
            {details ? t("detailsText") : t("ready", { reward: inSentence(reward.name) })}
          </p>
        </div>
        <LinkButton
          href={details ? `${base}/loyalty/payouts` : path}
          variant={isFirst ? "primary" : "secondary"}
          aria-label={`${details ? t("add") : t("claim")}: ${reward.name}`}
        >
          {details ? t("add") : t("claim")}
        </LinkButton>
      </li>
    );
  }
  if (status === "waiting_for_boost") {
    return (
      <li>
        <Link href={path} className="linkrow plain" prefetch={false}>
          <Glyph path={circleCheck} />
          <span className="grow">
            <span className="h3 block">
              {t(kind === "raffle" ? "won" : "done", { mission: mission.name })}
            </span>
            <span className="sm muted block">
              {t("boosted", {
                reward: inSentence(reward.name),
                opens: mission.opensAt ? words.moment(mission.opensAt) : "",
              })}
            </span>
          </span>
        </Link>
      </li>
    );
  }
  if (kind === "raffle") {
    return (
      <li>
        <Link href={`${base}/loyalty/raffles/${mission.id}`} className="linkrow plain" prefetch={false}>
          <Glyph path={ticket} />
          <span className="grow">
            <span className="h3 block">{t("raffle", { reward: reward.name })}</span>
            <span className="sm muted block">
              {t("raffleText", {
                day: words.moment(mission.raffle?.endsAt ?? ""),
                count: mission.raffle?.entries ?? 0,
              })}
            </span>
          </span>
        </Link>
      </li>
    );
  }
  return (
    <li>
      <Link href={path} className="linkrow plain top" prefetch={false}>
        <Glyph path={missionDrawings[kind]} />
        <span className="stack grow gap-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="h3">{mission.name}</span>
            <span className="sm soft num">{sayProgress(kind, value, target, words)}</span>
          </span>
          <Progress value={value} max={target} />
          <span className="sm muted">
            {t(reward.left === 0 ? "toGoNoneLeft" : "toGo", {
              left: sayFigure(kind, Math.max(0, target - value), words),
              reward: inSentence(reward.name),
            })}
          </span>
        </span>
      </Link>
    </li>
  );
}
