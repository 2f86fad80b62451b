import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { circleCheck, ticket, wallet } from "@/components/ui/icon-paths";
import { SectionBand } from "@/components/ui/layout-parts";
import { justBefore } from "@/lib/kernel/time";
import type { CreatorMission } from "@/lib/programs/loyalty/contract";
import { useMissionWords } from "./mission-words";

/** What waits for her: a reward to claim, or a boost that needs to know where its money goes. */
export function MissionReady({
  mission,
  currency,
  base,
  isFirst,
  claim,
}: {
  mission: CreatorMission;
  currency: string;
  base: string;
  isFirst: boolean;
  /** The button that opens the claim sheet. */
  claim: ReactNode;
}) {
  const t = useTranslations("loyaltyMissions.app");
  const words = useMissionWords(currency);
  const until = mission.claimUntil
    ? ` ${t("claimUntil", { day: words.moment(justBefore(mission.claimUntil)) })}`
    : "";
  if (mission.status === "needs_details") {
    return (
      <SectionBand
        tone="warn"
        kicker={
          <>
            <Glyph path={wallet} size="s" />
            {t("detailsKicker")}
          </>
        }
        title={mission.reward.name}
        actions={
          <LinkButton href={`${base}/loyalty/payouts`} variant={isFirst ? "primary" : "secondary"} wide>
            {t("detailsAction")}
          </LinkButton>
        }
      >
        <p>{t("detailsText", { mission: mission.name })}</p>
      </SectionBand>
    );
  }
  const won = mission.status === "raffle_won";
  return (
    <SectionBand
      kicker={
        <>
          <Glyph path={won ? ticket : circleCheck} size="s" />
          {t(won ? "wonKicker" : "readyKicker")}
        </>
      }
      title={mission.reward.name}
      actions={claim}
    >
      <p>
        {t(won ? "wonText" : "readyText", { mission: mission.name })}
        {until}
      </p>
    </SectionBand>
  );
}
