"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import { useSend } from "@/components/ui/use-send";
import type { Mission, MissionPreview, MissionReward } from "@/lib/programs/loyalty/contract";
import { MissionExample } from "./mission-example";
import { emptyMission, missionBody, missionText, type MissionText } from "./mission-draft";
import { MissionFields } from "./mission-fields";
import { MissionReach } from "./mission-reach";
import { MissionSteps } from "./mission-steps";

interface MissionBuilderProps {
  slug: string;
  metric: "sales" | "units";
  currency: string;
  timeZone: string;
  tiers: ReadonlyArray<{ id: string; name: string; rank: number }>;
  rewards: ReadonlyArray<Pick<MissionReward, "id" | "kind" | "name"> & { isPublished: boolean }>;
  tags: readonly string[];
  /** The saved mission; without it a new one is made. */
  mission?: Mission;
  /** Whom the saved one would reach. */
  preview?: MissionPreview;
  /** What a new one starts from: a template, or a mission to duplicate. */
  start?: MissionText;
  canWrite: boolean;
}

/** A mission in all its parts, with what a creator would see and whom it would reach beside it. */
export function MissionBuilder(props: MissionBuilderProps) {
  const { slug, metric, currency, timeZone, tiers, rewards, mission, start, canWrite } = props;
  const t = useTranslations("loyaltyMissions.admin.form");
  const router = useRouter();
  const toast = useToast();
  const [draft, setDraft] = useState<MissionText>(() =>
    mission ? missionText(mission, currency) : (start ?? emptyMission),
  );
  const [isDirty, setDirty] = useState(false);
  const { send, sending, problem } = useSend<Mission>();
  const summary = useRef<HTMLDivElement>(null);
  useLeaveWarning(isDirty && !sending);
  useEffect(() => {
    if (problem) summary.current?.focus();
  }, [problem]);

  const isOver = mission?.state === "ended" || mission?.state === "archived";
  const isOpen = canWrite && !isOver;
  const change = (patch: Partial<MissionText>) => {
    setDraft((now) => ({ ...now, ...patch }));
    setDirty(true);
  };
  async function save() {
    const root = `/api/${slug}/loyalty/missions`;
    const body = missionBody(draft, currency);
    const saved = mission
      ? await send(`${root}/${mission.id}`, { ...body, version: mission.version }, "PUT")
      : await send(root, body);
    if (!saved) return;
    setDirty(false);
    toast({ message: t(mission ? "saved" : "made") });
    if (mission) router.refresh();
    else router.push(`/${slug}/admin/loyalty/missions/${saved.data.id}`);
  }
  const stale = problem?.code === "STALE";
  const reward = rewards.find(({ id }) => id === draft.rewardId);
  return (
    <div className="grid gap-8 panel:grid-cols-[minmax(0,1fr)_22rem]">
      <form
        className="stack max-w-2xl gap-8"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && (
          <Notice
            ref={summary}
            tone="bad"
            title={stale ? t("staleTitle") : problem.message}
            action={
              stale && (
                <Button
                  size="small"
                  onClick={() => {
                    setDirty(false);
                    router.refresh();
                  }}
                >
                  {t("staleLoad")}
                </Button>
              )
            }
          >
            {stale && <p>{t("staleText")}</p>}
          </Notice>
        )}
        {mission && (mission.state === "published" || mission.state === "paused") && (
          <Notice title={t("runningTitle", { count: mission.active })}>
            <p>{t("runningText")}</p>
          </Notice>
        )}
        {isOver && <Notice title={t("overTitle")} />}
        <fieldset disabled={!isOpen} className="stack gap-8">
          <MissionFields
            draft={draft}
            change={change}
            errors={problem?.fields ?? {}}
            metric={metric}
            currency={currency}
            place={timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone}
            tiers={tiers}
            rewards={rewards}
            tags={props.tags}
            isNew={!mission}
            isFixed={mission !== undefined && mission.state !== "draft"}
            rewardsAside={
              isOpen &&
              (!mission || mission.state === "draft") && (
                <p className="sm">
                  <a href={`/${slug}/admin/loyalty/rewards/new?offer=mission`} target="_blank" rel="noopener">
                    {t("rewardMake")}
                  </a>{" "}
                  <Button size="small" variant="quiet" onClick={() => router.refresh()}>
                    {t("rewardReload")}
                  </Button>
                </p>
              )
            }
          />
        </fieldset>
        {isOpen && (
          <div>
            <Button type="submit" variant="primary" size="small" busy={sending}>
              {t(mission ? "save" : "make")}
            </Button>
          </div>
        )}
        {!canWrite && <p className="soft">{t("readOnly")}</p>}
      </form>
      <div className="stack gap-6 self-start panel:sticky panel:top-5">
        <MissionExample draft={draft} currency={currency} timeZone={timeZone} reward={reward} />
        {!isOver && <MissionReach slug={slug} draft={draft} currency={currency} />}
        {mission && props.preview && canWrite && (
          <MissionSteps slug={slug} mission={mission} preview={props.preview} isDirty={isDirty} />
        )}
      </div>
    </div>
  );
}
