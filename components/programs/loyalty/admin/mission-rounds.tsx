import { useTranslations } from "next-intl";
import { Badge, Progress } from "@/components/ui/marks";
import { sayFigure, sayProgress, type Round } from "@/lib/programs/loyalty/contract";
import { useMissionWords } from "../app/mission-words";
import { CreatorTags } from "./mission-tags";

/** On a creator's page: the tags that aim missions at her, and the rounds she is at or has just finished. */
export function CreatorMissions({
  slug,
  creatorId,
  tags,
  known,
  rounds,
  currency,
  canWrite,
}: {
  slug: string;
  creatorId: string;
  tags: readonly string[];
  known: readonly string[];
  rounds: readonly Round[];
  currency: string;
  canWrite: boolean;
}) {
  const t = useTranslations("loyaltyMissions.admin.creator");
  const words = useMissionWords(currency);
  return (
    <>
      <section className="stack gap-2" aria-labelledby="tags">
        <h2 className="h3" id="tags">
          {t("tags")}
        </h2>
        {tags.length === 0 && <p className="soft">{t("noTags")}</p>}
        <CreatorTags
          slug={slug}
          creatorId={creatorId}
          tags={tags}
          known={known}
          canWrite={canWrite}
          words={{
            field: t("field"),
            hint: t("hint"),
            add: t("add"),
            saved: t("saved"),
            remove: Object.fromEntries(tags.map((tag) => [tag, t("remove", { tag })])),
          }}
        />
      </section>
      <section className="stack gap-2" aria-labelledby="rounds">
        <h2 className="h3" id="rounds">
          {t("missions")}
        </h2>
        {rounds.length === 0 ? (
          <p className="soft">{t("noMissions")}</p>
        ) : (
          <ul className="list">
            {rounds.slice(0, 8).map((round) => (
              <li key={round.id} className="stack gap-1 py-2">
                <div className="row">
                  <span className="grow">{round.name}</span>
                  {round.state === "active" ? (
                    <span className="sm soft num">
                      {sayProgress(round.kind, round.value, round.target, words)}
                    </span>
                  ) : (
                    <Badge tone={round.state === "completed" ? "ok" : "line"}>
                      {t(`states.${round.state}`)}
                    </Badge>
                  )}
                </div>
                {round.state === "active" && <Progress size="mini" value={round.value} max={round.target} />}
                {round.state === "missed" && (
                  <span className="sm muted">
                    {t("reached", { figure: sayFigure(round.kind, round.value, words) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
