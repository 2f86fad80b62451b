import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/states";
import type { Freshness } from "@/lib/programs/loyalty/contract";
import { useFreshness } from "../freshness";

export function HistoryEmpty({
  figures,
}: {
  figures: Pick<Freshness, "figuresAt" | "isStale" | "nextCountAt">;
}) {
  const t = useTranslations("loyaltyApp");
  const { next } = useFreshness(figures);
  return <EmptyState title={t("historyEmptyTitle")}>{t("historyEmptyText", { next })}</EmptyState>;
}
