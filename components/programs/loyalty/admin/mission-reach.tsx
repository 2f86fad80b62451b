"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { KeyValue } from "@/components/ui/layout-parts";
import { send } from "@/components/ui/request";
import { sayFigure, type MissionPreview } from "@/lib/programs/loyalty/contract";
import { useMissionWords } from "../app/mission-words";
import { missionBody, type MissionText } from "./mission-draft";

/** Whom it reaches and who would have completed it, counted again whenever what decides it is changed. */
export function MissionReach({
  slug,
  draft,
  currency,
}: {
  slug: string;
  draft: MissionText;
  currency: string;
}) {
  const t = useTranslations("loyaltyMissions.admin.reach");
  const words = useMissionWords(currency);
  const day = useCalendarDay().short;
  const [problem, setProblem] = useState(false);
  const [answer, setAnswer] = useState<{ of: string; preview: MissionPreview } | null>(null);
  const { kind, target, rewardId, tierId, tag, countsFrom, daysToFinish, winnersCount } = missionBody(
    draft,
    currency,
  );
  const asked = JSON.stringify({
    kind,
    target,
    rewardId,
    tierId,
    tag,
    countsFrom,
    daysToFinish,
    winnersCount,
  });
  const latest = useRef(asked);
  useEffect(() => {
    latest.current = asked;
    // While one is typing each letter would be a question of its own.
    const timer = setTimeout(() => {
      send<MissionPreview>(`/api/${slug}/loyalty/missions/preview`, {
        method: "POST",
        body: JSON.parse(asked),
      })
        .then((preview) => {
          if (latest.current !== asked) return;
          setAnswer({ of: asked, preview });
          setProblem(false);
        })
        .catch(() => setProblem(latest.current === asked));
    }, 400);
    return () => clearTimeout(timer);
  }, [asked, slug]);

  const preview = answer?.preview;
  const figure = (value: number) => sayFigure(draft.kind, value, words);
  return (
    <section className="stack gap-3" aria-labelledby="mission-reach" aria-busy={answer?.of !== asked}>
      <h2 className="h3" id="mission-reach">
        {t("title")}
      </h2>
      {problem && <p className="sm muted">{t("unknown")}</p>}
      {preview && !problem && (
        <div className={answer.of === asked ? "stack gap-2" : "stack gap-2 muted"} role="status">
          <p className="lead">{t("recipients", { count: preview.recipients })}</p>
          {preview.wouldHaveCompleted !== null && preview.basis && (
            <p className="soft">
              {t(`would.${preview.basis}`, {
                count: preview.wouldHaveCompleted,
                from: preview.windowFrom ? day(preview.windowFrom) : "",
                to: preview.windowTo ? day(preview.windowTo) : "",
              })}
            </p>
          )}
          <KeyValue
            items={[
              ...(preview.median === null ? [] : [{ name: t("median"), value: figure(preview.median) }]),
              ...(preview.cost === null ? [] : [{ name: t("cost"), value: words.money(preview.cost) }]),
            ]}
          />
          {preview.recipients === 0 && <p className="sm muted">{t("nobody")}</p>}
        </div>
      )}
    </section>
  );
}
