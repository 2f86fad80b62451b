import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { target } from "@/components/ui/icon-paths";
import { Badge, type Tone } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import { isGivenOut, sayGoal, type Mission } from "@/lib/programs/loyalty/contract";
import { useMissionWords } from "../app/mission-words";

export const missionTones: Record<Mission["state"], Tone> = {
  draft: "line",
  published: "ok",
  paused: "warn",
  ended: "plain",
  archived: "plain",
};

/** Whom a mission is for, in words: "Silver, tag skincare". */
export function useAudience() {
  const t = useTranslations("loyaltyMissions.admin.list");
  return (mission: Mission) =>
    [mission.tierName ?? t("everyTier"), mission.tag ? t("withTag", { tag: mission.tag }) : ""]
      .filter(Boolean)
      .join(", ");
}

export function MissionsTable({
  missions,
  currency,
  pathname,
  isFiltered,
  canWrite,
}: {
  missions: readonly Mission[];
  currency: string;
  pathname: string;
  isFiltered: boolean;
  canWrite: boolean;
}) {
  const t = useTranslations("loyaltyMissions.admin.list");
  const words = useMissionWords(currency);
  const audience = useAudience();
  return (
    <DataTable
      label={t("title")}
      caption={`${t("title")}. ${t("order")}`}
      rows={missions}
      rowKey={(mission) => mission.id}
      rowName={(mission) => mission.name}
      rowHref={(mission) => `${pathname}/${mission.id}`}
      empty={
        isFiltered ? (
          <EmptyState
            title={t("noMatchTitle")}
            actions={
              <LinkButton href={pathname} size="small">
                {t("showAll")}
              </LinkButton>
            }
          />
        ) : (
          <EmptyState
            path={target}
            title={t("emptyTitle")}
            actions={
              canWrite && (
                <LinkButton href={`${pathname}/new`} size="small" variant="primary">
                  {t("new")}
                </LinkButton>
              )
            }
          >
            {t("emptyText")}
          </EmptyState>
        )
      }
      columns={[
        {
          id: "name",
          header: t("columns.mission"),
          primary: true,
          cell: (mission) => (
            <>
              <b>{mission.name}</b>
              <span className="sub">
                {mission.kind === "raffle" ? t("raffleGoal") : sayGoal(mission.kind, mission.target, words)}
              </span>
            </>
          ),
        },
        {
          id: "state",
          header: t("columns.state"),
          cell: (mission) => <Badge tone={missionTones[mission.state]}>{t(`states.${mission.state}`)}</Badge>,
        },
        { id: "audience", header: t("columns.audience"), cell: audience },
        {
          id: "reward",
          header: t("columns.reward"),
          cell: (mission) => (
            <>
              {mission.rewardName}{" "}
              {isGivenOut(mission) && (
                <span className="sub">
                  <Badge tone="warn">
                    {mission.waiting > 0 ? t("outWaiting", { count: mission.waiting }) : t("out")}
                  </Badge>
                </span>
              )}
            </>
          ),
        },
        {
          id: "reached",
          header: t("columns.reached"),
          numeric: true,
          phone: "labelled",
          cell: (mission) => words.count(mission.reached),
        },
        {
          id: "active",
          header: t("columns.active"),
          numeric: true,
          phone: "hide",
          cell: (mission) => (mission.kind === "raffle" ? "–" : words.count(mission.active)),
        },
        {
          id: "completed",
          header: t("columns.completed"),
          numeric: true,
          phone: "labelled",
          cell: (mission) => words.count(mission.completed),
        },
        {
          id: "cost",
          header: t("columns.cost"),
          numeric: true,
          phone: "value",
          cell: (mission) => words.money(mission.cost),
        },
      ]}
    />
  );
}
