import { useFormatter, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Badge, type Tone } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import { parseTimestamp } from "@/lib/kernel/time";
import type { RedemptionState, RedemptionSummary } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { ClaimsBulk, type BulkClaim } from "./claims-bulk";

interface ClaimsTableProps {
  claims: readonly RedemptionSummary[];
  slug: string;
  currency: string;
  now: Date;
  pathname: string;
  isFiltered: boolean;
  canFulfil: boolean;
}

export const stateTones: Record<RedemptionState, Tone> = {
  claimable: "line",
  claimed: "warn",
  fulfilled: "ok",
  concluded: "plain",
  rejected: "plain",
  expired: "plain",
};

export function ClaimsTable({
  claims,
  slug,
  currency,
  now,
  pathname,
  isFiltered,
  canFulfil,
}: ClaimsTableProps) {
  const t = useTranslations("loyaltyFulfilment");
  const format = useFormatter();
  const figures = useFigures(currency);
  const when = (at: string | null) =>
    at &&
    format.dateTime(parseTimestamp(at), {
      month: "short",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
    });
  const bulk: BulkClaim[] = claims.map((claim) => ({
    key: claim.id,
    id: claim.id,
    label: `${claim.name}, ${claim.title}`,
    from: claim.state,
    step: bulkStepOf(claim),
    canReject: claim.state === "claimed",
  }));
  return (
    <DataTable
      label={t("list.title")}
      caption={t("list.text")}
      rows={claims}
      rowKey={(claim) => claim.id}
      rowName={(claim) => `${claim.name}, ${claim.title}`}
      rowHref={(claim) => `/${slug}/admin/loyalty/redemptions/${claim.id}`}
      bulk={canFulfil ? <ClaimsBulk slug={slug} claims={bulk} withReject /> : undefined}
      empty={
        isFiltered ? (
          <EmptyState
            title={t("list.noMatchTitle")}
            actions={
              <LinkButton href={pathname} size="small">
                {t("list.clear")}
              </LinkButton>
            }
          >
            {t("list.noMatchText")}
          </EmptyState>
        ) : (
          <EmptyState
            title={t("list.emptyTitle")}
            actions={
              <LinkButton href={`/${slug}/admin/loyalty/rewards`} size="small">
                {t("list.reward")}
              </LinkButton>
            }
          >
            {t("list.emptyText")}
          </EmptyState>
        )
      }
      columns={[
        {
          id: "creator",
          header: t("list.creator"),
          primary: true,
          cell: (claim) => (
            <>
              <b>{claim.name}</b>
              <span className="sub">@{claim.handle}</span>
            </>
          ),
        },
        { id: "reward", header: t("list.reward"), cell: (claim) => claim.title },
        {
          id: "kind",
          header: t("list.kind"),
          phone: "hide",
          cell: (claim) => t(`rewardKinds.${claim.kind}`),
        },
        {
          id: "state",
          header: t("list.state"),
          phone: "value",
          cell: (claim) => (
            <>
              <Badge tone={stateTones[claim.state]}>{t(`states.${claim.state}`)}</Badge>{" "}
              {claim.isHeld && <Badge tone="bad">{t("list.held")}</Badge>}
            </>
          ),
        },
        {
          id: "claimed",
          header: t("list.claimed"),
          cell: (claim) => <span className="num">{when(claim.claimedAt)}</span>,
        },
        {
          id: "due",
          header: t("list.due"),
          phone: "hide",
          cell: (claim) => {
            const at = claim.scheduledAt ?? claim.dueAt;
            if (claim.state !== "claimed" || at === null) return null;
            return parseTimestamp(at) <= now ? (
              <Badge tone="bad">{when(at)}</Badge>
            ) : (
              <span className="muted num">{when(at)}</span>
            );
          },
        },
        {
          id: "value",
          header: t("list.value"),
          numeric: true,
          phone: "hide",
          cell: (claim) => (claim.valueAmount > 0 ? figures.money(claim.valueAmount) : null),
        },
      ]}
    />
  );
}

function bulkStepOf({ state, kind }: RedemptionSummary): BulkClaim["step"] {
  if (kind === "commission_boost") return null;
  if (state === "claimed") return kind === "physical_gift" ? "ship" : "fulfil";
  if (state === "fulfilled") return kind === "physical_gift" ? "deliver" : "conclude";
  return null;
}
