import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { parseTimestamp } from "@/lib/kernel/time";
import type { CreatorMission } from "@/lib/programs/loyalty/contract";
import { MissionSection } from "./mission-section";

/** A raffle she may enter, has entered, or waits for the draw of. The rest is on its own page. */
export function MissionRaffle({
  mission,
  timeZone,
  base,
}: {
  mission: CreatorMission;
  timeZone: string;
  base: string;
}) {
  const t = useTranslations("loyaltyMissions.app");
  const format = useFormatter();
  const { raffle, status } = mission;
  if (!raffle) return null;
  const href = `${base}/loyalty/raffles/${mission.id}`;
  // In the zone of the business, and said so: its clock closes the list, not the reader's.
  const when = format.dateTime(parseTimestamp(raffle.endsAt), {
    weekday: "long",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  });
  const place = timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone;
  return (
    <MissionSection id={`raffle-${mission.id}`} nameId={`name-${mission.id}`} title={t("raffle")}>
      <div className="row top gap-3.5">
        <div className="grow">
          <h3 className="h3 lead mt-0.5" id={`name-${mission.id}`}>
            {status === "raffle_open" ? (
              mission.reward.name
            ) : (
              <Link href={href} prefetch={false}>
                {mission.reward.name}
              </Link>
            )}
          </h3>
          <p className="sm soft mt-0.5">
            {t(`raffles.${status as "raffle_open"}`, { when, place, count: raffle.entries })}
          </p>
        </div>
        {status === "raffle_open" && (
          <LinkButton href={href} className="mt-3.5" aria-label={t("enterNamed", { raffle: mission.name })}>
            {t("enter")}
          </LinkButton>
        )}
      </div>
    </MissionSection>
  );
}
