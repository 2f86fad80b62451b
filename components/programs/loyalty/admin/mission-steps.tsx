"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { clock } from "@/lib/kernel/clock";
import { parseTimestamp } from "@/lib/kernel/time";
import type { Mission, MissionPreview, MissionStepName } from "@/lib/programs/loyalty/contract";

const steps: Record<Mission["state"], MissionStepName[]> = {
  draft: ["publish", "archive"],
  published: ["pause", "end"],
  paused: ["resume", "end"],
  ended: ["archive"],
  archived: [],
};

/** What can be done with a mission now, each saying what becomes of the rounds in progress before it is done. */
export function MissionSteps({
  slug,
  mission,
  preview,
  isDirty,
}: {
  slug: string;
  mission: Mission;
  preview: MissionPreview;
  isDirty: boolean;
}) {
  const t = useTranslations("loyaltyMissions.admin.steps");
  const raffle = mission.kind === "raffle";
  // Once its entries are closed a raffle goes its way by itself: sealed, drawn, ended.
  const isClosed = raffle && mission.endsAt !== null && parseTimestamp(mission.endsAt) <= clock.now();
  const possible = steps[mission.state].filter((step) => !isClosed || step === "archive");
  if (possible.length === 0) return null;
  if (isDirty) return <p className="sm muted">{t("saveFirst")}</p>;
  return (
    <div className="flex flex-wrap gap-2">
      {possible.map((step) => (
        <ActionButton
          key={step}
          size="small"
          variant={
            step === "publish" || step === "resume"
              ? "primary"
              : step === "end" || step === "archive"
                ? "danger-quiet"
                : "secondary"
          }
          label={t(raffle && step === "end" ? "end.actionRaffle" : `${step}.action`)}
          path={`/api/${slug}/loyalty/missions/${mission.id}/steps`}
          body={{ step }}
          done={t(raffle && step === "end" ? "end.doneRaffle" : `${step}.done`)}
          confirm={{
            title: t(raffle && step === "end" ? "end.titleRaffle" : `${step}.title`, {
              mission: mission.name,
            }),
            text: t(raffle ? `${step}.textRaffle` : `${step}.text`, {
              recipients: preview.recipients,
              active: mission.active,
              waiting: mission.dormant,
              entries: mission.reached,
            }),
            keep: t("keep"),
          }}
        />
      ))}
    </div>
  );
}
