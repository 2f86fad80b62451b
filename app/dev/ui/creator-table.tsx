import { DataTable } from "@/components/ui/data-table";
import { Badge, Progress, TierMark } from "@/components/ui/marks";
import { EmptyState } from "@/components/ui/states";
import { BulkSample } from "./live-samples";
import { tierColors, type Creator } from "./samples";

export function CreatorTable({
  rows,
  label,
  still,
  open,
  pathname = "/dev/ui",
}: {
  rows: readonly Creator[];
  label: string;
  still?: boolean;
  open?: string;
  pathname?: string;
}) {
  return (
    <DataTable
      label={label}
      caption="Creators, sorted by sales this period, highest first"
      rows={rows}
      rowKey={(row) => row.handle}
      rowName={(row) => row.name}
      rowHref={(row) => `${pathname}?open=${row.handle}`}
      openKey={open}
      closeHref={pathname}
      still={still}
      bulk={<BulkSample />}
      sort={{ current: { by: "sales", direction: "descending" }, pathname, query: {} }}
      empty={<EmptyState inline title="No creators match" />}
      columns={[
        {
          id: "name",
          header: "Creator",
          primary: true,
          cell: (row) => (
            <>
              <b>{row.name}</b>
              <span className="sub">{row.handle}</span>
            </>
          ),
        },
        {
          id: "tier",
          header: "Tier",
          cell: (row) => <TierMark name={row.tier} color={tierColors[row.tier]} />,
        },
        {
          id: "sales",
          header: "Sales",
          numeric: true,
          sort: "descending",
          phone: "value",
          cell: (row) => row.sales,
        },
        {
          id: "next",
          header: "To next tier",
          phone: "hide",
          cell: (row) => (
            <>
              <Progress value={row.share} size="mini" />
              <span className="num">{row.left}</span>
            </>
          ),
        },
        {
          id: "last",
          header: "Last video",
          sort: "descending",
          className: "num sub",
          cell: (row) => row.last,
        },
        {
          id: "needs",
          header: "Needs",
          cell: (row) => row.need && <Badge tone={row.need.tone}>{row.need.text}</Badge>,
        },
      ]}
    />
  );
}
