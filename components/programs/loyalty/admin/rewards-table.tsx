import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Badge, TierMark } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import type { Reward, RewardState } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

const tones: Record<RewardState, "ok" | "warn" | "plain" | "line"> = {
  published: "ok",
  paused: "warn",
  draft: "line",
  archived: "plain",
};

export function RewardBadge({ state }: { state: RewardState }) {
  return <Badge tone={tones[state]}>{useTranslations("loyaltyRewardsAdmin.states")(state)}</Badge>;
}

export function RewardsTable({
  rewards,
  currency,
  pathname,
  isFiltered,
  canWrite,
}: {
  rewards: readonly Reward[];
  currency: string;
  pathname: string;
  isFiltered: boolean;
  canWrite: boolean;
}) {
  const t = useTranslations("loyaltyRewardsAdmin");
  const figures = useFigures(currency);
  return (
    <DataTable
      label={t("title")}
      caption={`${t("title")}. ${t("order")}`}
      rows={rewards}
      rowKey={(reward) => reward.id}
      rowName={(reward) => reward.name}
      rowHref={(reward) => `${pathname}/${reward.id}`}
      empty={
        isFiltered ? (
          <EmptyState
            title={t("noMatchTitle")}
            actions={
              <LinkButton href={pathname} size="small">
                {t("clear")}
              </LinkButton>
            }
          >
            {t("noMatchText")}
          </EmptyState>
        ) : (
          <EmptyState
            title={t("emptyTitle")}
            actions={
              canWrite && (
                <LinkButton href={`${pathname}/new`} size="small" variant="primary">
                  {t("new")}
                </LinkButton>
              )
            }
          >
            {t("emptyText")}
          </EmptyState>
        )
      }
      columns={[
        {
          id: "name",
          header: t("columns.name"),
          primary: true,
          cell: (reward) => (
            <>
              <b>{reward.name}</b>
              <span className="sub">{t(`kinds.${reward.kind}`)}</span>
            </>
          ),
        },
        {
          id: "state",
          header: t("columns.state"),
          phone: "value",
          cell: (reward) => <RewardBadge state={reward.state} />,
        },
        { id: "audience", header: t("columns.audience"), cell: (reward) => <AudienceOf reward={reward} /> },
        {
          id: "stock",
          header: t("columns.stock"),
          numeric: true,
          phone: "labelled",
          cell: ({ limits }) =>
            limits.stockTotal === null ? null : (
              <Left
                left={limits.stockTotal - limits.reservedCount - limits.committedCount}
                total={limits.stockTotal}
                write={figures.count}
              />
            ),
        },
        {
          id: "budget",
          header: t("columns.budget"),
          numeric: true,
          phone: "labelled",
          cell: ({ limits }) =>
            limits.budgetTotal === null ? null : (
              <Left
                left={limits.budgetTotal - limits.reservedAmount - limits.committedAmount}
                total={limits.budgetTotal}
                write={figures.round}
              />
            ),
        },
        {
          id: "claims",
          header: t("columns.claims"),
          numeric: true,
          phone: "labelled",
          cell: (reward) => figures.count(reward.claimsThisMonth),
        },
      ]}
    />
  );
}

function AudienceOf({ reward }: { reward: Reward }) {
  const t = useTranslations("loyaltyRewardsAdmin");
  if (reward.offer === "mission") return <span className="muted">{t("byMission")}</span>;
  const tier =
    reward.tierName && reward.tierColor ? (
      <TierMark name={reward.tierName} color={reward.tierColor} />
    ) : (
      t("everybody")
    );
  return reward.tag ? (
    <>
      {tier} <span className="muted">{t("taggedWith", { tag: reward.tag })}</span>
    </>
  ) : (
    tier
  );
}

function Left({ left, total, write }: { left: number; total: number; write: (value: number) => string }) {
  const t = useTranslations("loyaltyRewardsAdmin");
  const line = t("stockLine", { left: write(left), total: write(total) });
  return left > 0 ? <span className="num">{line}</span> : <Badge tone="warn">{line}</Badge>;
}
