"use client";

import { useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import type { TierPreview } from "@/lib/programs/loyalty/contract";

type Line = TierPreview["rising"][number];

/** Who would rise or fall, counted on tonight's figures; before, after and difference side by side. */
export function TierWhatIf({ preview, figure }: { preview: TierPreview; figure: (value: number) => string }) {
  const t = useTranslations("loyaltyAdmin.tiers");
  return (
    <section className="stack gap-4" aria-labelledby="what-if" aria-live="polite">
      <h2 className="h2" id="what-if">
        {t("whatIf")}
      </h2>
      <p className="soft">{t("whatIfText")}</p>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t("whatIf")}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col" className="n">
                {t("before")}
              </th>
              <th scope="col" className="n">
                {t("after")}
              </th>
              <th scope="col" className="n">
                {t("difference")}
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.tiers.map((tier) => (
              <tr key={tier.rank}>
                <th scope="row">{tier.name}</th>
                <td className="n">{tier.before}</td>
                <td className="n">{tier.after}</td>
                <td className="n">{signed(tier.after - tier.before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="grid gap-6 phone:grid-cols-2">
        <Names
          title={t("rises", { count: preview.rises })}
          lines={preview.rising}
          total={preview.rises}
          figure={figure}
        />
        <div className="stack gap-1">
          <Names
            title={t("falls", { count: preview.falls })}
            lines={preview.falling}
            total={preview.falls}
            figure={figure}
          />
          {preview.falls > 0 && <p className="sm muted">{t("fallsText")}</p>}
        </div>
      </div>
    </section>
  );
}

function Names({
  title,
  lines,
  total,
  figure,
}: {
  title: string;
  lines: readonly Line[];
  total: number;
  figure: (value: number) => string;
}) {
  const t = useTranslations("loyaltyAdmin.tiers");
  const day = useCalendarDay();
  const shown = lines.slice(0, 10);
  const when = (line: Line) =>
    /^\d{4}-/.test(line.when)
      ? t("when", {
          date: day.full(line.when),
        })
      : t("tonight");
  return (
    <div className="stack gap-2">
      <h3 className="h3">{title}</h3>
      <ul className="stack gap-1">
        {shown.map((line) => (
          <li key={line.creatorId}>
            <b>{line.name}</b> <span className="muted">@{line.handle}</span>
            <span className="sm soft block">
              {t("line", { value: figure(line.value), from: line.from, to: line.to })}, {when(line)}
            </span>
          </li>
        ))}
      </ul>
      {total > shown.length && <p className="sm muted">{t("more", { count: total - shown.length })}</p>}
    </div>
  );
}

const signed = (value: number) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0");
