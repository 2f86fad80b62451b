import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { DataTable } from "@/components/ui/data-table";
import { Timeline } from "@/components/ui/layout-parts";
import { Figures, Stat } from "@/components/ui/marks";
import { parseTimestamp } from "@/lib/kernel/time";
import type { RewardDetail } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** What is reserved, spent and left, what is open, which missions pay it, and its steps. */
export function RewardUsage({
  reward,
  slug,
  canSeeClaims,
}: {
  reward: RewardDetail;
  slug: string;
  canSeeClaims: boolean;
}) {
  const t = useTranslations("loyaltyRewardsAdmin");
  const figures = useFigures(reward.currency);
  const { limits } = reward;
  const rows = [
    {
      name: t("usage.pieces"),
      reserved: figures.count(limits.reservedCount),
      committed: figures.count(limits.committedCount),
      left:
        limits.stockTotal === null
          ? null
          : figures.count(limits.stockTotal - limits.reservedCount - limits.committedCount),
      total: limits.stockTotal === null ? null : figures.count(limits.stockTotal),
    },
    {
      name: t("usage.money"),
      reserved: figures.money(limits.reservedAmount),
      committed: figures.money(limits.committedAmount),
      left:
        limits.budgetTotal === null
          ? null
          : figures.money(limits.budgetTotal - limits.reservedAmount - limits.committedAmount),
      total: limits.budgetTotal === null ? null : figures.money(limits.budgetTotal),
    },
  ];
  return (
    <>
      <Figures label={reward.name}>
        <Stat label={t("detail.openOffers")} value={figures.count(reward.openOffers)} />
        <Stat label={t("detail.openClaims")} value={figures.count(reward.openClaims)} />
        <Stat label={t("columns.claims")} value={figures.count(reward.claimsThisMonth)} />
        <Stat label={t("detail.claimsEver")} value={figures.count(reward.claimsEver)} />
      </Figures>
      <div className="pad stack max-w-3xl gap-3 py-5">
        <h2 className="h2">{t("usage.title")}</h2>
        <DataTable
          still
          label={t("usage.title")}
          caption={t("usage.title")}
          rows={rows}
          rowKey={(row) => row.name}
          rowName={(row) => row.name}
          columns={[
            { id: "name", header: t("usage.what"), primary: true, cell: (row) => row.name },
            ...(["reserved", "committed", "left"] as const).map((id) => ({
              id,
              header: t(`usage.${id}`),
              numeric: true,
              phone: "labelled" as const,
              cell: (row: (typeof rows)[number]) => row[id] ?? "",
            })),
            {
              id: "total",
              header: t("usage.total"),
              numeric: true,
              phone: "labelled",
              cell: (row) => row.total ?? <span className="muted">{t("usage.noCap")}</span>,
            },
          ]}
        />
        <p className="sm muted">{t("usage.note")}</p>
        {reward.missions.length > 0 && (
          <p className="soft">
            {t("detail.missions")}: {reward.missions.map(({ name }) => name).join(", ")}
          </p>
        )}
        {canSeeClaims && reward.claimsEver > 0 && (
          <p>
            <Link href={`/${slug}/admin/loyalty/redemptions?reward=${reward.id}`} prefetch={false}>
              {t("detail.claims")}
            </Link>
          </p>
        )}
      </div>
    </>
  );
}

export function RewardHistorySteps({ reward }: { reward: RewardDetail }) {
  const t = useTranslations("loyaltyRewardsAdmin.detail");
  const format = useFormatter();
  return (
    <section className="stack gap-3" aria-labelledby="reward-steps">
      <h2 className="h2" id="reward-steps">
        {t("steps")}
      </h2>
      <Timeline
        entries={reward.steps.map((step, index) => ({
          key: `${step.at}-${index}`,
          when: format.dateTime(parseTimestamp(step.at), { dateStyle: "medium", timeStyle: "short" }),
          dateTime: parseTimestamp(step.at).toISOString(),
          what: t(`step.${step.to}`),
          who: step.by,
        }))}
      />
    </section>
  );
}
