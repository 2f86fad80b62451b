"use client";

import { useTranslations } from "next-intl";
import { dateIn } from "@/lib/kernel/time";
import type { MissionReward } from "@/lib/programs/loyalty/contract";
import { LockedRow, MissionRow } from "../app/mission-row";
import { previewOf, type MissionText } from "./mission-draft";

/** The mission as a creator would read it, redrawn with every letter. */
export function MissionExample({
  draft,
  currency,
  timeZone,
  reward,
}: {
  draft: MissionText;
  currency: string;
  timeZone: string;
  reward: Pick<MissionReward, "id" | "kind" | "name"> | undefined;
}) {
  const t = useTranslations("loyaltyMissions.admin.example");
  // The day a browser is in differs from the server's for a moment at midnight; an example may.
  const today = dateIn(timeZone, new Date());
  const mission = previewOf(draft, currency, reward, { name: t("name"), reward: t("reward") }, today);
  const raffle = draft.kind === "raffle";
  return (
    <section className="stack gap-1" aria-labelledby="mission-example">
      <h2 className="h3" id="mission-example">
        {t("title")}
      </h2>
      <p className="sm muted">{t(raffle ? "textRaffle" : "text")}</p>
      <div className="border-line rounded-block bg-surface border px-4 py-1" suppressHydrationWarning>
        <ul className="list">
          {raffle ? (
            <LockedRow mission={mission} currency={currency} isOpen />
          ) : (
            <MissionRow mission={mission} currency={currency} timeZone={timeZone} lastBusinessDate={null} />
          )}
        </ul>
      </div>
    </section>
  );
}
