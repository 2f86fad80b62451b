import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Glyph } from "./glyph";
import { arrowDown, arrowUp } from "./icon-paths";
import { nextSort, sortText, withQuery, type Query, type Sort } from "./query";
import { SelectAll, TableRegion } from "./table-region";

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The row's name: bold, first, its header cell. Exactly one. */
  primary?: boolean;
  numeric?: boolean;
  /** Makes the head a link; the direction is the one a first press gives. */
  sort?: Sort["direction"];
  /** On a phone a row has two lines: "value" stands right of the name, "meta" (the default) on the second. */
  phone?: "value" | "meta" | "labelled" | "hide";
  className?: string;
}

interface DataTableProps<Row> {
  label: string;
  /** Says the order in words: "Creators, highest sales first". */
  caption: string;
  rows: readonly Row[];
  columns: ReadonlyArray<Column<Row>>;
  rowKey: (row: Row) => string;
  rowName: (row: Row) => string;
  rowHref?: (row: Row) => string;
  /** Key of the row whose panel is open. */
  openKey?: string | null;
  /** Where Esc leads when a row is open. */
  closeHref?: string;
  sort?: { current: Sort; pathname: string; query: Query };
  /** Buttons of the bulk bar; they read the keys with useSelection(). Without it rows cannot be selected. */
  bulk?: ReactNode;
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
  roomy?: boolean;
  /** In a page that scrolls, the table does not scroll by itself. */
  still?: boolean;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, caption, rows, columns, rowKey, rowName, rowHref, openKey, sort, bulk } = props;
  const t = useTranslations("ui.table");
  if (rows.length === 0 && props.empty) return props.empty;
  return (
    <TableRegion
      label={label}
      bulk={bulk}
      closeHref={openKey ? props.closeHref : undefined}
      still={props.still}
    >
      <table className={`data ${props.roomy ? "roomy" : ""} ${bulk ? "selects" : ""}`} role="table">
        <caption className="vh">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {bulk && (
              <th scope="col" role="columnheader" className="pick">
                <SelectAll label={t("selectAll")} />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                role="columnheader"
                className={headClass(column)}
                aria-sort={sort?.current.by === column.id ? sort.current.direction : undefined}
              >
                {sort && column.sort ? (
                  <Link
                    href={withQuery(sort.pathname, sort.query, {
                      sort: sortText(nextSort(sort.current, column.id, column.sort)),
                    })}
                    scroll={false}
                    prefetch={false}
                  >
                    {column.header}
                    {sort.current.by === column.id && (
                      <Glyph path={sort.current.direction === "descending" ? arrowDown : arrowUp} size="xs" />
                    )}
                  </Link>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => {
            const key = rowKey(row);
            const open = openKey === key;
            return (
              <tr key={key} role="row" className={open ? "open" : undefined} aria-current={open || undefined}>
                {bulk && (
                  <td role="cell" className="pick">
                    <input
                      className="cb"
                      type="checkbox"
                      data-row={key}
                      aria-label={t("select", { name: rowName(row) })}
                    />
                  </td>
                )}
                {columns.map((column) => cell(column, row, rowHref?.(row)))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableRegion>
  );
}

function headClass<Row>(column: Column<Row>): string {
  return [column.numeric ? "n" : "", column.sort ? "sorts" : "", column.className ?? ""]
    .filter(Boolean)
    .join(" ");
}

function cell<Row>(column: Column<Row>, row: Row, href: string | undefined): ReactNode {
  const phone = `on-phone-${column.primary ? "name" : (column.phone ?? "meta")}`;
  const look = [column.numeric ? "n" : "", phone, column.className ?? ""].filter(Boolean).join(" ");
  const content = column.cell(row);
  if (!column.primary) {
    return (
      <td key={column.id} role="cell" className={look} data-label={column.header}>
        {content}
      </td>
    );
  }
  return (
    <th key={column.id} scope="row" role="rowheader" className={look}>
      {href ? (
        <Link href={href} className="who" prefetch={false} scroll={false} data-row-link="">
          {content}
        </Link>
      ) : (
        <span className="who">{content}</span>
      )}
    </th>
  );
}
