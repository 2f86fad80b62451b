import { useTranslations } from "next-intl";
import { formatMoney } from "@/lib/kernel/money";
import type { RunRow } from "@/lib/programs/loyalty/contract";

interface Reader {
  locale: string;
  currency: string;
}

const fields = ["gmv", "units", "views", "likes", "comments"] as const;
const names = { gmv: "sales", units: "units", views: "views", likes: "likes", comments: "comments" } as const;

/** One line a changed figure: before, after, difference. Only falls are coloured. */
export function ChangedRows({ rows, locale, currency }: { rows: readonly RunRow[] } & Reader) {
  const t = useTranslations("loyaltyImports.changes");
  const lines = rows.flatMap((row): { row: RunRow; field: (typeof fields)[number] | null }[] => {
    const moved = fields.filter((field) => row[field] !== row[`${field}Before`]);
    return moved.length > 0 ? moved.map((field) => ({ row, field })) : [{ row, field: null }];
  });
  const show = (field: (typeof fields)[number], value: number) =>
    field === "gmv" ? formatMoney(value, currency, locale) : new Intl.NumberFormat(locale).format(value);
  return (
    <table className="data">
      <caption className="vh">{t("title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("creator")}</th>
          <th scope="col">{t("video")}</th>
          <th scope="col">{t("field")}</th>
          <th scope="col" className="n">
            {t("before")}
          </th>
          <th scope="col" className="n">
            {t("after")}
          </th>
          <th scope="col" className="n">
            {t("change")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ row, field }) => {
          const before = field ? (row[`${field}Before`] ?? 0) : 0;
          const after = field ? (row[field] ?? 0) : 0;
          return (
            <tr key={`${row.line}-${field ?? "details"}`}>
              <th scope="row">{row.handle}</th>
              <td className="sub run-title">{row.title}</td>
              <td>{field ? t(names[field]) : t("details")}</td>
              <td className="n">{field && <del>{show(field, before)}</del>}</td>
              <td className="n">{field && <ins>{show(field, after)}</ins>}</td>
              <td className={`n ${after < before ? "down" : ""}`}>
                {field && `${after < before ? "−" : "+"}${show(field, Math.abs(after - before))}`}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function NewRows({ rows, locale, currency }: { rows: readonly RunRow[] } & Reader) {
  const t = useTranslations("loyaltyImports.changes");
  const number = new Intl.NumberFormat(locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <table className="data">
      <caption className="vh">{t("new")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("creator")}</th>
          <th scope="col">{t("video")}</th>
          <th scope="col">{t("posted")}</th>
          <th scope="col" className="n">
            {t("sales")}
          </th>
          <th scope="col" className="n">
            {t("units")}
          </th>
          <th scope="col" className="n">
            {t("views")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <th scope="row">{row.handle}</th>
            <td className="sub run-title">{row.title || row.url}</td>
            <td>{row.postedOn && date.format(new Date(`${row.postedOn}T00:00:00Z`))}</td>
            <td className="n">{formatMoney(row.gmv ?? 0, currency, locale)}</td>
            <td className="n">{number.format(row.units ?? 0)}</td>
            <td className="n">{number.format(row.views ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Line, column, reason and what stood there; a value from the file is only ever text. */
export function SetAsideRows({
  rows,
  locale,
  title,
}: {
  rows: readonly RunRow[];
  locale: string;
  title: string;
}) {
  const t = useTranslations("loyaltyImports");
  const number = new Intl.NumberFormat(locale);
  const say = (reason: string) => {
    const key = `reasons.${reason}` as "reasons.handleEmpty";
    return t.has(key) ? t(key) : reason;
  };
  return (
    <table className="data roomy">
      <caption className="vh">{title}</caption>
      <thead>
        <tr>
          <th scope="col" className="n">
            {t("changes.line")}
          </th>
          <th scope="col">{t("changes.column")}</th>
          <th scope="col">{t("changes.reason")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <th scope="row" className="n">
              {number.format(row.line)}
            </th>
            <td>{row.columnName}</td>
            <td className="run-reason">
              <b>{say(row.reason ?? "")}</b>
              <span className="sub block">
                {row.rawValue === null || row.rawValue === "" ? t("changes.empty") : row.rawValue}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
