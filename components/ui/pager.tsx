import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Glyph } from "./glyph";
import { chevronLeft, chevronRight } from "./icon-paths";
import { withQuery, type Query } from "./query";

interface PagerProps {
  /** The order and the range in words: "Highest sales first. 1 to 50 of 312". */
  summary: ReactNode;
  /** Cursors of the pages beside this one; null at an end. */
  next: string | null;
  previous: string | null;
  size: number;
  pathname: string;
  query: Query;
}

/** Keyset paging: the address holds after=… or before=…, never a page number. A list of one page has its summary alone. */
export function Pager({ summary, next, previous, size, pathname, query }: PagerProps) {
  const t = useTranslations("ui.table");
  const isPaged = Boolean(query["after"] ?? query["before"]);
  if (!next && !previous && !isPaged)
    return (
      <p className="pager m-0">
        <span className="grow num">{summary}</span>
      </p>
    );
  return (
    <nav className="pager" aria-label={t("pages")}>
      <span className="grow num">{summary}</span>
      {isPaged && !previous ? (
        // A list that only goes on, and somebody who came along: the way back is its beginning.
        <Step href={withQuery(pathname, query, { after: null })}>{t("first")}</Step>
      ) : (
        <Step href={previous ? withQuery(pathname, query, { before: previous }) : null}>
          <Glyph path={chevronLeft} size="xs" />
          {t("previous")}
        </Step>
      )}
      <Step href={next ? withQuery(pathname, query, { after: next }) : null}>
        {t("next", { count: size })}
        <Glyph path={chevronRight} size="xs" />
      </Step>
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) {
    return (
      <span className="btn small secondary" role="link" aria-disabled="true">
        {children}
      </span>
    );
  }
  return (
    <Link className="btn small secondary" href={href} prefetch={false}>
      {children}
    </Link>
  );
}
