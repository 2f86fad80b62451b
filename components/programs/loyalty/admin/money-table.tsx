import { useFormatter, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { DataTable, type Column } from "@/components/ui/data-table";
import { Badge } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import { parseTimestamp } from "@/lib/kernel/time";
import type { MoneyList, MoneyRow, MoneyView } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";
import { ClawBackDialog, RevealAccountDialog } from "./payout-dialogs";
import { PayoutsBulk } from "./payouts-bulk";

const notes = ["on_hold", "no_account", "account_held", "negative", "below_minimum"] as const;
type Note = (typeof notes)[number];

interface MoneyTableProps {
  view: MoneyView;
  list: MoneyList;
  slug: string;
  canWrite: boolean;
  canReveal: boolean;
}

/** One of the lists of money: who, how much, to where, since when, and what to do. */
export function MoneyTable({ view, list, slug, canWrite, canReveal }: MoneyTableProps) {
  const t = useTranslations("loyaltyPayoutsAdmin");
  const format = useFormatter();
  const day = useCalendarDay().short;
  const { money } = useFigures(list.currency);
  const date = (value: string) => format.dateTime(parseTimestamp(value), { dateStyle: "medium" });
  const moment = (value: string) =>
    format.dateTime(parseTimestamp(value), { dateStyle: "medium", timeStyle: "short" });
  const note = (row: MoneyRow) =>
    notes.includes(row.note as Note)
      ? t(`notes.${row.note as Note}`, {
          until: row.heldUntil ? moment(row.heldUntil) : "",
          minimum: money(list.minimum),
        })
      : "";
  const hasAccount = ["due", "waiting", "sent", "failed", "paid"].includes(view);
  const hasWords = view === "failed" || view === "paid";
  const hasDay = view === "details" || view === "clearing" || view === "running";
  const columns: (Column<MoneyRow> | false)[] = [
    {
      id: "creator",
      header: t("columns.creator"),
      primary: true,
      cell: (row) => (
        <>
          <b>{row.name}</b> <span className="sub">@{row.handle}</span>
        </>
      ),
    },
    {
      id: "amount",
      header: t("columns.amount"),
      numeric: true,
      phone: "value",
      cell: (row) => money(row.amount),
    },
    hasAccount && {
      id: "account",
      header: t("columns.account"),
      cell: (row) =>
        row.method && row.hint ? (
          <span className="row">
            {t(`methods.${row.method}`)}, {row.hint}
            {canReveal && row.accountId && (
              <RevealAccountDialog slug={slug} accountId={row.accountId} name={row.name} />
            )}
          </span>
        ) : (
          <span className="muted">{t("notes.no_account")}</span>
        ),
    },
    view === "waiting" && {
      id: "note",
      header: t("columns.note"),
      className: "whitespace-normal",
      cell: (row) => <Badge tone={row.note === "on_hold" ? "bad" : "warn"}>{note(row)}</Badge>,
    },
    hasWords && {
      id: "words",
      header: t("columns.words"),
      className: "whitespace-normal",
      cell: (row) => row.words,
    },
    hasDay && {
      id: "day",
      header: t(view === "running" ? "columns.ends" : "columns.clears"),
      cell: (row) => (row.day ? <span className="num">{day(row.day)}</span> : null),
    },
    {
      id: "since",
      header: t("columns.since"),
      phone: "hide",
      cell: (row) => <span className="muted num">{date(row.at)}</span>,
    },
    (canWrite || view === "sent" || view === "failed") &&
      !hasDay && {
        id: "actions",
        header: t("columns.actions"),
        cell: (row) => (
          <span className="row">
            {row.batchId && (
              <LinkButton href={`/${slug}/admin/loyalty/payouts/${row.batchId}`} size="small" variant="quiet">
                {t("openBatch")}
              </LinkButton>
            )}
            {canWrite && (
              <ClawBackDialog
                slug={slug}
                creatorId={row.creatorId}
                name={row.name}
                currency={list.currency}
              />
            )}
          </span>
        ),
      },
  ];
  return (
    <DataTable
      label={t(`views.${view}`)}
      caption={t(`texts.${view}`)}
      rows={list.items}
      rowKey={(row) => row.key}
      rowName={(row) => row.name}
      roomy
      bulk={
        view === "due" && canWrite ? (
          <PayoutsBulk
            slug={slug}
            methods={Object.fromEntries(
              list.items.flatMap((row) => (row.method ? [[row.creatorId, row.method]] : [])),
            )}
          />
        ) : undefined
      }
      empty={<EmptyState title={t(`empty.${view}`)}>{t("emptyText")}</EmptyState>}
      columns={columns.filter((column) => column !== false)}
    />
  );
}
