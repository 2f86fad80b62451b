import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { Timeline } from "@/components/ui/layout-parts";
import { Badge } from "@/components/ui/marks";
import type { MissionHistoryItem } from "@/lib/programs/loyalty/contract";

/** Missions that are over, each with what the server says became of it. */
export function MissionHistoryList({ rounds }: { rounds: readonly MissionHistoryItem[] }) {
  const t = useTranslations("loyaltyMissions.app.history");
  const day = useCalendarDay();
  return (
    <Timeline
      entries={rounds.map((round) => ({
        key: round.id,
        when: day.full(round.closedOn),
        dateTime: round.closedOn,
        what: (
          <>
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <h2 className="h3">
                {round.name}
                {round.isRecurring && round.cycleNo !== null && (
                  <span className="muted"> {t("round", { round: round.cycleNo })}</span>
                )}
              </h2>
              <Badge tone={round.outcome === "paid" || round.outcome === "fulfilled" ? "ok" : "line"}>
                {t(`outcomes.${round.outcome}`)}
              </Badge>
            </div>
            {round.lines.map((line) => (
              <p className="sm soft" key={line}>
                {line}
              </p>
            ))}
          </>
        ),
      }))}
    />
  );
}
