import { useFormatter, useNow, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { parseTimestamp } from "@/lib/kernel/time";
import type { Freshness } from "@/lib/programs/loyalty/contract";

type Figures = Pick<Freshness, "figuresAt" | "isStale" | "nextCountAt">;

/** How old the figures are, in the reader's own words and zone. */
export function useFreshness({ figuresAt, nextCountAt }: Figures) {
  const t = useTranslations("loyaltyApp");
  const format = useFormatter();
  const now = useNow();
  const when = (text: string) => {
    const at = parseTimestamp(text);
    const near = Math.abs(at.getTime() - now.getTime()) < 6 * 86_400_000;
    return format.dateTime(
      at,
      near
        ? { weekday: "short", hour: "numeric", minute: "2-digit" }
        : { dateStyle: "medium", timeStyle: "short" },
    );
  };
  const next = when(nextCountAt);
  return {
    updated: figuresAt ? t("updated", { when: when(figuresAt) }) : t("updatedNever"),
    counted: figuresAt ? t("countedTo", { when: when(figuresAt), next }) : t("countedNever", { next }),
    when: figuresAt ? when(figuresAt) : null,
    next,
  };
}

/** Said on every screen that shows figures when they are older than the business allows. */
export function StaleNotice({ figures, business }: { figures: Figures; business: string }) {
  const t = useTranslations("loyaltyApp");
  const { when, next } = useFreshness(figures);
  if (!figures.isStale) return null;
  return (
    <div className="pad py-2">
      <Notice tone="warn" title={t("stale")}>
        <p>{when ? t("staleText", { when, business }) : t("staleNever", { next })}</p>
      </Notice>
    </div>
  );
}

/** The same where only the age of the figures was asked for. Before the first file there is no figure to doubt. */
export function StaleFigures({
  state: { updatedAt, isStale },
  business,
}: {
  state: { updatedAt: string | null; isStale: boolean };
  business: string;
}) {
  if (!updatedAt) return null;
  return (
    <StaleNotice figures={{ figuresAt: updatedAt, isStale, nextCountAt: updatedAt }} business={business} />
  );
}
