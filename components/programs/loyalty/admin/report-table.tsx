import type { ReactNode } from "react";

/** Figures in rows: the first `words` columns are words, the others stand at their right edge. */
export function ReportTable({
  head,
  rows,
  foot,
  words = 1,
}: {
  head: ReactNode[];
  rows: { key: string; cells: ReactNode[] }[];
  foot?: ReactNode[];
  words?: number;
}) {
  // On a phone the table moves sideways: figures that break or touch are read wrong.
  const look = (at: number) => (at === 0 ? undefined : `ps-3 whitespace-nowrap ${at >= words ? "n" : ""}`);
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={String(head[0])}>
      <table className="figures">
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col" className={look(at)}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={at} className={look(at)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {foot.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={at} className={look(at)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
