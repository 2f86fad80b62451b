import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import type { RedemptionState, WorkItem } from "@/lib/programs/loyalty/contract";
import { ClaimsBulk, type BulkClaim } from "./claims-bulk";
import { NextStep } from "./claim-steps";
import { useWorkWords, workHref } from "./work-words";

interface WorkTableProps {
  items: readonly WorkItem[];
  slug: string;
  currency: string;
  now: Date;
  pathname: string;
  isFiltered: boolean;
  canFulfil: boolean;
}

const bulkStep = {
  instant: "fulfil",
  gift_ship: "ship",
  discount_start: "fulfil",
  discount_end: "conclude",
  gift_deliver: "deliver",
} as const;
/** A claim may be there twice in a life, once at a time: its row and what is to be done name the work. */
export const workKey = (item: WorkItem): string => `${item.kind}:${item.id}`;

export function WorkTable({ items, slug, currency, now, pathname, isFiltered, canFulfil }: WorkTableProps) {
  const t = useTranslations("loyaltyFulfilment.work");
  const kinds = useTranslations("loyaltyFulfilment.kinds");
  const words = useWorkWords(currency, now);
  const bulk: BulkClaim[] = items
    .filter((item) => item.redemptionId !== null && item.kind !== "boost_payout")
    .map((item) => ({
      key: workKey(item),
      id: item.id,
      label: words.title(item),
      parcel: `${item.name ?? item.handle ?? ""}, ${item.title}`,
      from: item.state as RedemptionState,
      step: item.kind in bulkStep ? bulkStep[item.kind as keyof typeof bulkStep] : null,
      canReject: item.state === "claimed",
    }));
  return (
    <DataTable
      label={t("title")}
      caption={t("text")}
      rows={items}
      rowKey={workKey}
      rowName={words.title}
      rowHref={(item) => workHref(slug, item)}
      roomy
      bulk={canFulfil ? <ClaimsBulk slug={slug} claims={bulk} /> : undefined}
      empty={
        isFiltered ? (
          <EmptyState
            title={t("noMatchTitle")}
            actions={
              <LinkButton href={pathname} size="small">
                {t("showAll")}
              </LinkButton>
            }
          >
            {t("noMatchText")}
          </EmptyState>
        ) : (
          <EmptyState title={t("emptyTitle")}>{t("emptyText")}</EmptyState>
        )
      }
      columns={[
        {
          id: "what",
          header: t("what"),
          primary: true,
          cell: (item) => (
            <>
              <b>{words.title(item)}</b>
              <span className="sub">{words.facts(item)}</span>
            </>
          ),
        },
        {
          id: "time",
          header: t("timeLeft"),
          phone: "value",
          cell: (item) => {
            const left = words.timeLeft(item.dueAt);
            return <Badge tone={left.tone}>{left.text}</Badge>;
          },
        },
        { id: "kind", header: t("kind"), phone: "hide", cell: (item) => kinds(item.kind) },
        {
          id: "act",
          header: t("act"),
          className: "n",
          cell: (item) => (
            <WorkAction item={item} slug={slug} canFulfil={canFulfil} isFirst={item === items[0]} />
          ),
        },
      ]}
    />
  );
}

/** What is done about a piece of work; the most urgent one is the filled button of its screen. */
export function WorkAction({
  item,
  slug,
  canFulfil,
  isFirst,
}: {
  item: WorkItem;
  slug: string;
  canFulfil: boolean;
  isFirst?: boolean;
}) {
  const t = useTranslations("loyaltyFulfilment");
  const variant = isFirst ? "primary" : "secondary";
  const label = {
    boost_payout: t("steps.pay"),
    raffle_draw: t("steps.draw"),
    reward_out: t("steps.restock"),
    handle_claim: t("steps.decide"),
  };
  if (item.kind in label || !canFulfil || !item.rewardKind) {
    return (
      <LinkButton href={workHref(slug, item)} size="small" variant={variant}>
        {label[item.kind as keyof typeof label] ?? t("work.open_claim")}
      </LinkButton>
    );
  }
  return (
    <NextStep
      variant={variant}
      slug={slug}
      id={item.id}
      from={item.state as RedemptionState}
      kind={item.rewardKind}
      isShipped={item.kind === "gift_deliver"}
      reward={item.title}
      name={item.name ?? item.handle ?? ""}
    />
  );
}
