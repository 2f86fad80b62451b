import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { barShapes } from "./bar-shapes";
import { Disclosure } from "./layout-parts";

export interface Bar {
  key: string;
  /** Under the bar; empty leaves it unlabelled. */
  label: string;
  /** In the table; the label when left out. */
  name?: string;
  value: number;
  /** The figure in words, in the table and over the highlighted bar. */
  text: string;
}

interface BarChartProps {
  title: string;
  bars: readonly Bar[];
  /** Key of the one bar in the accent. */
  highlight?: string;
  /** A word over the last bar, such as "so far". */
  lastNote?: string;
  /** Says the shape and the extremes. */
  summary: string;
  nameHead: string;
  valueHead: string;
  after?: ReactNode;
  tableOpen?: boolean;
}

/** One question, bars from zero, and the same figures one tap below. */
export function BarChart(props: BarChartProps) {
  const t = useTranslations("ui.chart");
  const { bars, highlight, lastNote } = props;
  const shapes = barShapes(bars.map((bar) => bar.value));
  return (
    <figure>
      <figcaption className="h3 mb-1">{props.title}</figcaption>
      <svg className="chart" viewBox="0 0 335 112" role="img" aria-label={props.summary}>
        {bars.map((bar, index) => {
          const shape = shapes[index];
          if (!shape) return null;
          const last = index === bars.length - 1;
          const anchor = index === 0 ? "start" : last ? "end" : "middle";
          const at = index === 0 ? 0 : last ? 335 : shape.center;
          return (
            <g key={bar.key}>
              <path className={bar.key === highlight ? "b now" : "b"} d={shape.path} />
              {bar.key === highlight && (
                <text className="k" x={at} y={shape.top - 6} textAnchor={anchor}>
                  {bar.text}
                </text>
              )}
              {last && lastNote && bar.key !== highlight && (
                <text x="335" y={shape.top - 6} textAnchor="end">
                  {lastNote}
                </text>
              )}
              {bar.label && (
                <text x={at} y="108" textAnchor={anchor}>
                  {bar.label}
                </text>
              )}
            </g>
          );
        })}
        <path className="ax" d="M0 92.5H335" />
      </svg>
      <Disclosure summary={t("table")} open={props.tableOpen}>
        <table className="figures">
          <caption className="vh">{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{props.nameHead}</th>
              <th scope="col" className="n">
                {props.valueHead}
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.key}>
                <th scope="row">{bar.name ?? bar.label}</th>
                <td className="n">{bar.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
      {props.after}
    </figure>
  );
}
