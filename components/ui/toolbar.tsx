import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DropDown } from "./drop-down";
import { Glyph } from "./glyph";
import { check, plus, x } from "./icon-paths";
import { toggled, withQuery, type Query } from "./query";

export interface Filter {
  key: string;
  /** "Tier is" — the chip goes on with the chosen names. */
  label: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  several?: boolean;
}

export function Toolbar({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <div className="tool" role="search" aria-label={label}>
      {children}
    </div>
  );
}

function chosen(filter: Filter, query: Query): string[] {
  const value = query[filter.key];
  const values = Array.isArray(value) ? value : value ? [value] : [];
  return values.filter((one) => filter.options.some((option) => option.value === one));
}

/** Filters as sentences. All state is in the address: each chip and each choice is a link. */
export function FilterChips({
  filters,
  pathname,
  query,
  or,
}: {
  filters: readonly Filter[];
  pathname: string;
  query: Query;
  /** The word between two choices of one chip. */
  or: string;
}) {
  const t = useTranslations("ui.filter");
  const active = filters.filter((filter) => chosen(filter, query).length > 0);
  const none = Object.fromEntries(filters.map((filter) => [filter.key, null]));
  return (
    <>
      {active.map((filter) => (
        <span className="chip" key={filter.key}>
          <span>
            {filter.label}{" "}
            <b>
              {chosen(filter, query)
                .map((value) => filter.options.find((option) => option.value === value)?.label)
                .join(` ${or} `)}
            </b>
          </span>
          <Link
            href={withQuery(pathname, query, { [filter.key]: null })}
            aria-label={t("remove", { name: filter.label })}
            prefetch={false}
            scroll={false}
          >
            <Glyph path={x} size="xs" />
          </Link>
        </span>
      ))}
      <DropDown
        className="chip add"
        label={
          <>
            <Glyph path={plus} size="xs" />
            {t("add")}
          </>
        }
      >
        {filters.map((filter) => (
          <div key={filter.key} role="group" aria-label={filter.label}>
            <p className="heading">{filter.label}</p>
            {filter.options.map((option) => {
              const on = chosen(filter, query).includes(option.value);
              const next = filter.several
                ? toggled(query, filter.key, option.value)
                : on
                  ? null
                  : option.value;
              return (
                <Link
                  key={option.value}
                  className="option"
                  aria-current={on || undefined}
                  href={withQuery(pathname, query, { [filter.key]: next })}
                  prefetch={false}
                  scroll={false}
                >
                  <span className="grow">{option.label}</span>
                  {on && <Glyph path={check} size="s" />}
                </Link>
              );
            })}
          </div>
        ))}
      </DropDown>
      {active.length > 0 && (
        <Link
          className="btn small quiet"
          href={withQuery(pathname, query, none)}
          prefetch={false}
          scroll={false}
        >
          {t("clear")}
        </Link>
      )}
    </>
  );
}
