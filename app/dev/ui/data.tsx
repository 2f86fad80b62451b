import { BarChart } from "@/components/ui/bar-chart";
import { Pager } from "@/components/ui/pager";
import { CreatorTable } from "./creator-table";
import { creators, salesByWeek } from "./samples";
import { Spec } from "./spec";

export function Data({ of }: { of: string }) {
  return (
    <>
      <Spec of={of} id="chart" title="Chart">
        <BarChart
          title="Sales by week"
          bars={salesByWeek}
          highlight="Nov 12"
          lastNote="so far"
          summary="Bar chart of sales by week. Lowest October 22, $287. Highest November 12, $791. The table below has every week."
          nameHead="Week from"
          valueHead="Sales"
        />
      </Spec>
      <Spec of={of} id="table" title="Table and paging, admin" wide>
        <div className="border-line rounded-block bg-surface sm overflow-hidden border">
          <CreatorTable rows={creators.slice(0, 6)} label={`Creators, ${of}`} still />
          <Pager
            summary="Highest sales first. 1 to 50 of 312"
            next="abc"
            previous={null}
            size={50}
            pathname="/dev/ui"
            query={{}}
          />
        </div>
      </Spec>
    </>
  );
}
