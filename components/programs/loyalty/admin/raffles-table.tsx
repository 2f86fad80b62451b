import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { ticket } from "@/components/ui/icon-paths";
import { Badge, type Tone } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import type { Raffle, RaffleSummary } from "@/lib/programs/loyalty/contract";
import { useRaffleTimes } from "../app/raffle-words";

export const rafflePhaseTones: Record<Raffle["phase"], Tone> = {
  draft: "line",
  open: "ok",
  paused: "warn",
  closed: "warn",
  sealed: "accent",
  drawn: "plain",
  archived: "plain",
};

/** Raffles, the latest end first; what waits to be drawn stands out. */
export function RafflesTable({
  raffles,
  timeZone,
  pathname,
  missionsHref,
}: {
  raffles: readonly RaffleSummary[];
  timeZone: string;
  pathname: string;
  missionsHref: string;
}) {
  const t = useTranslations("loyaltyRafflesAdmin");
  const { moment } = useRaffleTimes(timeZone);
  return (
    <DataTable
      label={t("title")}
      caption={`${t("title")}. ${t("order")}`}
      rows={raffles}
      rowKey={(raffle) => raffle.id}
      rowName={(raffle) => raffle.name}
      rowHref={(raffle) => `${pathname}/${raffle.id}`}
      empty={
        <EmptyState
          path={ticket}
          title={t("emptyTitle")}
          actions={
            <LinkButton href={missionsHref} size="small">
              {t("toMissions")}
            </LinkButton>
          }
        >
          {t("emptyText")}
        </EmptyState>
      }
      columns={[
        { id: "name", header: t("columns.name"), primary: true, cell: (raffle) => <b>{raffle.name}</b> },
        {
          id: "state",
          header: t("columns.state"),
          phone: "value",
          cell: (raffle) => (
            <Badge tone={rafflePhaseTones[raffle.phase]}>{t(`phases.${raffle.phase}`)}</Badge>
          ),
        },
        { id: "prize", header: t("columns.prize"), cell: (raffle) => raffle.prize },
        {
          id: "entered",
          header: t("columns.entered"),
          numeric: true,
          phone: "labelled",
          cell: (raffle) => raffle.entered,
        },
        {
          id: "ends",
          header: t("columns.ends"),
          numeric: true,
          phone: "labelled",
          cell: (raffle) => moment(raffle.endsAt),
        },
      ]}
    />
  );
}
