import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Badge, Figures, Stat } from "@/components/ui/marks";
import { Notice } from "@/components/ui/notice";
import { isGivenOut, type Mission } from "@/lib/programs/loyalty/contract";
import { useMissionWords } from "../app/mission-words";
import { missionTones, useAudience } from "./missions-table";

/** What a mission has come to so far. A draft has come to nothing, so it shows its state alone. */
export function MissionFigures({
  mission,
  currency,
  slug,
}: {
  mission: Mission;
  currency: string;
  slug: string;
}) {
  const t = useTranslations("loyaltyMissions.admin.list");
  const words = useMissionWords(currency);
  const audience = useAudience();
  const raffle = mission.kind === "raffle";
  return (
    <>
      <p className="pad row border-line border-b py-3">
        <Badge tone={missionTones[mission.state]}>{t(`states.${mission.state}`)}</Badge>
        <span className="muted sm">{audience(mission)}</span>
      </p>
      {isGivenOut(mission) && (
        <div className="pad py-4">
          <Notice
            tone="warn"
            title={t("outTitle", { reward: mission.rewardName })}
            action={
              <LinkButton href={`/${slug}/admin/loyalty/rewards/${mission.rewardId}`} size="small">
                {t("outAction")}
              </LinkButton>
            }
          >
            <p>{raffle ? t("outRaffle") : t("outText", { waiting: mission.waiting })}</p>
          </Notice>
        </div>
      )}
      {mission.state !== "draft" && (
        <Figures label={t("figures")}>
          <Stat
            label={t(raffle ? "columns.entered" : "columns.reached")}
            value={words.count(mission.reached)}
          />
          {!raffle && (
            <Stat
              label={t("columns.active")}
              value={words.count(mission.active)}
              note={mission.dormant > 0 ? t("waiting", { count: mission.dormant }) : undefined}
            />
          )}
          <Stat
            label={t(raffle ? "columns.won" : "columns.completed")}
            value={words.count(mission.completed)}
            note={mission.missed > 0 ? t("missed", { count: mission.missed }) : undefined}
          />
          <Stat label={t("columns.cost")} value={words.money(mission.cost)} />
        </Figures>
      )}
    </>
  );
}
