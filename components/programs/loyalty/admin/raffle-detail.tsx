import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { LinkButton } from "@/components/ui/button";
import { KeyValue } from "@/components/ui/layout-parts";
import { Badge, Figures, Stat } from "@/components/ui/marks";
import { Toolbar } from "@/components/ui/toolbar";
import type { Raffle } from "@/lib/programs/loyalty/contract";
import { useRaffleTimes } from "../app/raffle-words";
import { rafflePhaseTones } from "./raffles-table";

interface RaffleDetailProps {
  raffle: Raffle;
  slug: string;
  canDraw: boolean;
}

/** Where a raffle stands, what comes next, and the one step that is due. */
export function RaffleHead({ raffle, slug, canDraw }: RaffleDetailProps) {
  const t = useTranslations("loyaltyRafflesAdmin");
  const { moment } = useRaffleTimes(raffle.timeZone);
  const { phase, draw } = raffle;
  return (
    <>
      <Toolbar label={t("columns.state")}>
        <Badge tone={rafflePhaseTones[phase]}>{t(`phases.${phase}`)}</Badge>
        <span className="soft grow">
          {t(`next.${phase}`, {
            count: draw?.entriesCount ?? raffle.entered,
            when: draw?.drawnAt ? moment(draw.drawnAt) : "",
          })}
        </span>
        {canDraw && <NextStep raffle={raffle} slug={slug} />}
      </Toolbar>
      <Figures label={raffle.name}>
        <Stat label={t("facts.entered")} value={raffle.entered} />
        <Stat label={t("facts.winners")} value={raffle.winnersCount} />
        <Stat label={t("facts.alternates")} value={raffle.alternatesCount} />
        <Stat label={t("facts.claim")} value={raffle.claimDays} />
      </Figures>
      <div className="pad py-4">
        <KeyValue
          stacked
          items={[
            { name: t("columns.prize"), value: raffle.prize.name },
            { name: t(phase === "open" ? "facts.ends" : "facts.ended"), value: moment(raffle.endsAt) },
            ...(draw
              ? [
                  { name: t("listHash"), value: <Code>{draw.entriesHash}</Code> },
                  { name: t("commitment"), value: <Code>{draw.commitment}</Code> },
                  { name: t("seed"), value: draw.seed ? <Code>{draw.seed}</Code> : t("hidden") },
                ]
              : []),
          ]}
        />
      </div>
    </>
  );
}

function NextStep({ raffle, slug }: { raffle: Raffle; slug: string }) {
  const t = useTranslations("loyaltyRafflesAdmin");
  const path = `/api/${slug}/loyalty/raffles/${raffle.id}`;
  if (raffle.phase === "closed")
    return (
      <ActionButton
        label={t("seal")}
        path={`${path}/seal`}
        done={t("sealDone")}
        size="small"
        variant="primary"
      />
    );
  if (raffle.phase !== "sealed" || !raffle.draw) return null;
  const count = raffle.draw.entriesCount;
  return (
    <ActionButton
      label={count === 0 ? t("drawEmpty") : t("draw", { count: Math.min(raffle.draw.winnersCount, count) })}
      path={`${path}/draw`}
      done={t("drawDone")}
      size="small"
      variant="primary"
      confirm={{ title: t("drawTitle"), text: t("drawText", { count }), keep: t("drawKeep") }}
    />
  );
}

/** Links beside the title. */
export function RaffleLinks({ raffle, slug }: { raffle: Raffle; slug: string }) {
  const t = useTranslations("loyaltyRafflesAdmin");
  return (
    <>
      {raffle.draw && (
        <LinkButton href={`/api/${slug}/loyalty/raffles/${raffle.id}/list`} external download size="small">
          {t("download")}
        </LinkButton>
      )}
      <LinkButton href={`/${slug}/admin/loyalty/missions/${raffle.id}`} size="small">
        {t("mission")}
      </LinkButton>
    </>
  );
}

function Code({ children }: { children: string }) {
  return <code className="break-all">{children}</code>;
}
