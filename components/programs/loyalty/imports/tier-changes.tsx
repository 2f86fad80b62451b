import { useTranslations } from "next-intl";
import type { Run } from "@/lib/programs/loyalty/contract";

const kinds = ["promoted", "demoted", "maintained", "entered"] as const;

export function TierChanges({ run, locale }: { run: Run; locale: string }) {
  const t = useTranslations("loyaltyImports.tiers");
  const number = new Intl.NumberFormat(locale);
  const counts = kinds
    .map((kind) => ({ kind, count: Number(run.tierChanges?.[kind] ?? 0) }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return null;
  return (
    <section className="pad border-line border-b py-3" aria-labelledby="tier-changes">
      <h3 className="h3" id="tier-changes">
        {t("title")}
      </h3>
      <p className="soft num">
        {counts.map(({ kind, count }) => `${t(kind)}: ${number.format(count)}`).join(" · ")}
      </p>
    </section>
  );
}
