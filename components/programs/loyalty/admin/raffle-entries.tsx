import { useFormatter, useTranslations } from "next-intl";
import { DataTable } from "@/components/ui/data-table";
import { Badge, TierMark, type Tone } from "@/components/ui/marks";
import { Notice } from "@/components/ui/notice";
import { EmptyState } from "@/components/ui/states";
import { parseTimestamp } from "@/lib/kernel/time";
import type { Raffle, RaffleEntryRow } from "@/lib/programs/loyalty/contract";
import { useRaffleTimes } from "../app/raffle-words";
import { RedrawDialog } from "./redraw-dialog";

const tones: Record<RaffleEntryRow["state"], Tone> = {
  entered: "plain",
  withdrawn: "line",
  won: "ok",
  alternate: "info",
  lost: "line",
  forfeited: "warn",
};

/** Who is in, and once drawn what became of each prize; a place can be drawn again from here. */
export function RaffleEntries({
  raffle,
  entries,
  slug,
  canDraw,
}: {
  raffle: Raffle;
  entries: readonly RaffleEntryRow[];
  slug: string;
  canDraw: boolean;
}) {
  const t = useTranslations("loyaltyRafflesAdmin");
  const format = useFormatter();
  const { lastDay } = useRaffleTimes(raffle.timeZone);
  const isDrawn = raffle.phase === "drawn" || Boolean(raffle.draw?.drawnAt);
  const order = t(`entriesOrder.${isDrawn ? "drawn" : raffle.draw ? "sealed" : "open"}`);
  const mayRedraw = (row: RaffleEntryRow) =>
    row.state === "won" && !row.isHeld && ["claimable", "rejected"].includes(row.redemptionState ?? "");
  const toPassOn = entries.filter((row) => mayRedraw(row) && row.redemptionState === "rejected").length;
  return (
    <>
      {canDraw && toPassOn > 0 && (
        <div className="pad pb-4">
          <Notice tone="warn" title={t("toPassOn", { count: toPassOn })} />
        </div>
      )}
      <DataTable
        label={t("entriesTitle")}
        caption={`${t("entriesTitle")}. ${order}`}
        rows={entries}
        rowKey={(row) => row.id}
        rowName={(row) => row.handle}
        empty={<EmptyState title={t("entriesEmptyTitle")}>{t("entriesEmptyText")}</EmptyState>}
        columns={[
          {
            id: "creator",
            header: t("columns.creator"),
            primary: true,
            cell: (row) => (
              <>
                <b>{row.name}</b> <span className="sub">@{row.handle}</span>
              </>
            ),
          },
          {
            id: "state",
            header: t("columns.state"),
            phone: "value",
            cell: (row) => <Badge tone={tones[row.state]}>{t(`states.${row.state}`)}</Badge>,
          },
          ...(isDrawn
            ? [
                {
                  id: "rank",
                  header: t("columns.rank"),
                  numeric: true,
                  phone: "labelled" as const,
                  cell: (row: RaffleEntryRow) => row.drawRank ?? "",
                },
              ]
            : []),
          {
            id: "no",
            header: t("columns.no"),
            numeric: true,
            phone: "labelled",
            cell: (row) => row.entryNo ?? "",
          },
          {
            id: "tier",
            header: t("columns.tier"),
            phone: "hide",
            cell: (row) => <TierMark name={row.tierName} color={row.tierColor} />,
          },
          {
            id: "at",
            header: t("columns.at"),
            numeric: true,
            phone: "hide",
            cell: (row) =>
              format.dateTime(parseTimestamp(row.enteredAt), {
                month: "short",
                day: "numeric",
                hour: "numeric",
                minute: "2-digit",
                timeZone: raffle.timeZone,
              }),
          },
          ...(isDrawn
            ? [
                {
                  id: "claim",
                  header: t("columns.claim"),
                  className: "whitespace-normal",
                  cell: (row: RaffleEntryRow) =>
                    row.redrawReason
                      ? t("reason", { reason: row.redrawReason })
                      : row.isHeld
                        ? t("claims.held")
                        : row.redemptionState
                          ? t(`claims.${row.redemptionState}`, {
                              until: row.claimUntil ? lastDay(row.claimUntil) : "",
                            })
                          : "",
                },
                ...(canDraw
                  ? [
                      {
                        id: "actions",
                        header: t("columns.actions"),
                        cell: (row: RaffleEntryRow) =>
                          mayRedraw(row) && (
                            <RedrawDialog
                              slug={slug}
                              raffleId={raffle.id}
                              entryId={row.id}
                              handle={row.handle}
                            />
                          ),
                      },
                    ]
                  : []),
              ]
            : []),
        ]}
      />
    </>
  );
}
