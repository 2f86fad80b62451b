import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TierMark } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import { trophy } from "@/components/ui/icon-paths";
import type { Leaderboard } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { LeaderboardSwitch } from "./leaderboard-switch";

/** Her own place first, then everybody's: rank, handle, tier, figure. */
export function LeaderboardView({
  board,
  slug,
  pager,
}: {
  board: Leaderboard;
  slug: string;
  /** Links to the pages beside this one. */
  pager?: ReactNode;
}) {
  const t = useTranslations("loyaltyRaffles.leaderboard");
  const figures = useFigures(board.currency);
  return (
    <>
      {board.me && (
        <section className="pad pb-4" aria-label={t("yourPlace")}>
          {board.me.rank === null ? (
            <p className="soft">{t("unranked")}</p>
          ) : (
            <>
              <p className="display">{t("place", { rank: board.me.rank })}</p>
              <p className="soft">
                {t("placeText", {
                  total: board.total,
                  figure: figures.of(board.metric, board.me.value ?? 0),
                })}
              </p>
            </>
          )}
        </section>
      )}
      {board.items.length === 0 ? (
        <EmptyState title={t("emptyTitle")} path={trophy}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <ol className="list pad" aria-label={t("title")}>
          {board.items.map((row) => (
            <li key={row.handle} className="row gap-3 py-2.5" aria-current={row.isMe ? "true" : undefined}>
              <span className={`num fig w-8 shrink-0 ${row.isMe ? "" : "muted"}`}>{row.rank}</span>
              <span className="min-w-0 grow">
                <span className="h3 block truncate">
                  @{row.handle}
                  {row.isMe && <span className="sm muted"> {t("you")}</span>}
                </span>
                <span className="sm muted">
                  <TierMark name={row.tierName} color={row.tierColor} />
                </span>
              </span>
              <span className="num">{figures.of(board.metric, row.value)}</span>
            </li>
          ))}
        </ol>
      )}
      {pager}
      {board.me && (
        <section className="sect ruled mt-6" aria-labelledby="visibility">
          <header>
            <h2 className="h2" id="visibility">
              {t("visibility")}
            </h2>
          </header>
          <LeaderboardSwitch isShown={board.me.isShown} slug={slug} />
        </section>
      )}
    </>
  );
}
