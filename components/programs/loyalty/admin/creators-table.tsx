import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { LinkButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Badge, Progress, TierMark } from "@/components/ui/marks";
import { withQuery, type Query, type Sort } from "@/components/ui/query";
import { EmptyState } from "@/components/ui/states";
import type { CreatorSummary } from "@/lib/programs/loyalty/contract";
import { useFigures, type Metric } from "../figures";
import { CreatorsBulk } from "./creators-bulk";

interface CreatorsTableProps {
  creators: readonly CreatorSummary[];
  metric: Metric;
  currency: string;
  slug: string;
  pathname: string;
  query: Query;
  sort: Sort;
  order: string;
  isFiltered: boolean;
  /** The page of the list as a file; the ticked rows are added to it. */
  exportHref: string;
}

export function CreatorsTable(props: CreatorsTableProps) {
  const { creators, metric, currency, slug, pathname, query, sort, order, isFiltered } = props;
  const t = useTranslations("loyaltyAdmin.creators");
  const figures = useFigures(currency);
  const day = useCalendarDay().short;
  return (
    <DataTable
      label={t("title")}
      caption={`${t("title")}. ${order}`}
      rows={creators}
      rowKey={(creator) => creator.id}
      rowName={(creator) => creator.name}
      rowHref={(creator) =>
        withQuery(pathname, query, {
          open: creator.id,
          after: one(query["after"]),
          before: one(query["before"]),
        })
      }
      openKey={one(query["open"])}
      closeHref={withQuery(pathname, query, {
        open: null,
        after: one(query["after"]),
        before: one(query["before"]),
      })}
      sort={{ current: sort, pathname, query: { ...query, open: undefined } }}
      bulk={<CreatorsBulk exportHref={props.exportHref} />}
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
              <LinkButton href={`/${slug}/admin/loyalty/imports`} size="small" variant="primary">
                {t("import")}
              </LinkButton>
            }
          >
            {t("emptyText")}
          </EmptyState>
        )
      }
      columns={[
        {
          id: "handle",
          header: t("columns.creator"),
          primary: true,
          sort: "ascending",
          cell: (creator) => (
            <>
              <b>{creator.name}</b>
              <span className="sub">{creator.handle}</span>
            </>
          ),
        },
        {
          id: "tier",
          header: t("columns.tier"),
          cell: (creator) => <TierMark name={creator.tierName} color={creator.tierColor} />,
        },
        {
          id: "sales",
          header: metric === "sales" ? t("columns.sales") : t("columns.units"),
          numeric: true,
          phone: "value",
          sort: "descending",
          cell: (creator) =>
            metric === "sales" ? figures.money(creator.periodSales) : figures.count(creator.periodUnits),
        },
        {
          id: "toNext",
          header: t("columns.toNext"),
          phone: "hide",
          cell: (creator) => <ToNext creator={creator} metric={metric} currency={currency} />,
        },
        {
          id: "total",
          header: t("columns.total"),
          numeric: true,
          phone: "hide",
          sort: "descending",
          cell: (creator) =>
            metric === "sales" ? figures.money(creator.totalSales) : figures.count(creator.totalUnits),
        },
        {
          id: "video",
          header: t("columns.lastVideo"),
          sort: "descending",
          cell: (creator) =>
            creator.lastVideoOn ? <span className="muted num">{day(creator.lastVideoOn)}</span> : null,
        },
        {
          id: "needs",
          header: t("columns.needs"),
          cell: (creator) =>
            creator.state === "archived" ? (
              <Badge>{t("archived")}</Badge>
            ) : creator.checkSoonOn ? (
              <Badge tone="warn">{t("check", { date: day(creator.checkSoonOn) })}</Badge>
            ) : creator.quietDays !== null ? (
              <Badge tone="warn">{t("quiet", { days: creator.quietDays })}</Badge>
            ) : creator.isPinned ? (
              <Badge tone="line">{t("byHand")}</Badge>
            ) : null,
        },
      ]}
    />
  );
}

const one = (value: string | string[] | undefined) =>
  Array.isArray(value) ? (value[0] ?? null) : (value ?? null);

function ToNext({
  creator,
  metric,
  currency,
}: {
  creator: CreatorSummary;
  metric: Metric;
  currency: string;
}) {
  const t = useTranslations("loyaltyAdmin.creators");
  const figures = useFigures(currency);
  if (creator.toKeep !== null) {
    return <span className="muted num">{t("toKeep", { missing: figures.of(metric, creator.toKeep) })}</span>;
  }
  if (creator.toNext === null) return <span className="muted">{t("topTier")}</span>;
  return (
    <span className="row num">
      <Progress size="mini" value={creator.value} max={creator.value + creator.toNext} />
      {figures.of(metric, creator.toNext)}
    </span>
  );
}
