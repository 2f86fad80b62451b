import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Toolbar } from "@/components/ui/toolbar";
import { withQuery } from "@/components/ui/query";
import type { ReportQuery, ReportSpan } from "@/lib/programs/loyalty/contract";

/** Which days: a month, a quarter, or two days of one's own. All of it is in the address. */
export function ReportSpanBar({
  span,
  pathname,
  today,
}: {
  span: ReportSpan;
  pathname: string;
  today: string;
}) {
  const t = useTranslations("loyaltyReports.page");
  const format = useFormatter();
  // A calendar day is the same day everywhere: it is never read as an instant.
  const day = (date: string) =>
    format.dateTime(new Date(`${date}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  const href = (query: ReportQuery) => withQuery(pathname, {}, { ...query } as Record<string, string | null>);
  const quarter = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
  return (
    <Toolbar label={t("title")}>
      {span.previous && (
        <LinkButton href={href(span.previous)} size="small">
          {t("previous")}
        </LinkButton>
      )}
      <b className="num">
        {t("span", { from: day(span.from), to: day(span.to) })}
        {span.to >= today && <span className="muted"> {t("soFar")}</span>}
      </b>
      {span.next && (
        <LinkButton href={href(span.next)} size="small">
          {t("next")}
        </LinkButton>
      )}
      <Link className="btn small quiet" href={href({ month: today.slice(0, 7) })} prefetch={false}>
        {t("thisMonth")}
      </Link>
      <Link className="btn small quiet" href={href({ quarter })} prefetch={false}>
        {t("thisQuarter")}
      </Link>
      <form className="row flex-wrap" method="get" action={pathname} aria-label={t("custom")}>
        <label className="row sm">
          {t("from")}
          <input
            className="input small"
            type="date"
            name="from"
            defaultValue={span.from}
            max={today}
            required
          />
        </label>
        <label className="row sm">
          {t("to")}
          <input className="input small" type="date" name="to" defaultValue={span.to} required />
        </label>
        <button className="btn small secondary" type="submit">
          {t("show")}
        </button>
      </form>
    </Toolbar>
  );
}
