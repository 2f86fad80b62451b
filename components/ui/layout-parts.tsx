import Link from "next/link";
import type { ReactNode } from "react";
import { Glyph } from "./glyph";
import { chevronDown, chevronRight } from "./icon-paths";

/** One section of a member page, edge to edge, parted by a hairline. */
export function Section({
  title,
  id,
  aside,
  ruled = true,
  children,
}: {
  title?: string;
  id: string;
  aside?: ReactNode;
  ruled?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={`sect ${ruled ? "ruled" : ""}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <header>
          <h2 className="h2" id={id}>
            {title}
          </h2>
          {aside && <span className="sm muted">{aside}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

/** A tinted band means "this needs you". */
export function SectionBand({
  tone = "accent",
  title,
  kicker,
  children,
  actions,
}: {
  tone?: "accent" | "ok" | "warn" | "bad" | "info";
  kicker?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className={`band ${tone}`}>
      {kicker && <p className="kicker sm row">{kicker}</p>}
      <h2 className="h2">{title}</h2>
      {children && <div className="soft">{children}</div>}
      {actions && <div className="stack mt-3">{actions}</div>}
    </section>
  );
}

export function List({ children }: { children: ReactNode }) {
  return <ul className="list">{children}</ul>;
}

interface ListRowProps {
  title: ReactNode;
  text?: ReactNode;
  /** A drawing, an avatar, a tier mark. */
  lead?: ReactNode;
  end?: ReactNode;
  href?: string;
  external?: boolean;
}

export function ListRow({ title, text, lead, end, href, external }: ListRowProps) {
  const content = (
    <>
      {lead}
      <span className="grow">
        <span className="h3 block">{title}</span>
        {text && <span className="sm muted block">{text}</span>}
      </span>
      {end}
      {href && <Glyph path={chevronRight} size="s" />}
    </>
  );
  if (!href) return <li className="linkrow">{content}</li>;
  return (
    <li>
      {external ? (
        <a href={href} className="linkrow plain">
          {content}
        </a>
      ) : (
        <Link href={href} className="linkrow plain" prefetch={false}>
          {content}
        </Link>
      )}
    </li>
  );
}

/** Names at the left, values at the right; `stacked` for long values. */
export function KeyValue({
  items,
  stacked,
}: {
  items: ReadonlyArray<{ name: ReactNode; value: ReactNode }>;
  stacked?: boolean;
}) {
  return (
    <dl className={stacked ? "terms" : "kv"}>
      {items.map(({ name, value }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface TimelineEntry {
  key: string;
  when: string;
  dateTime?: string;
  what: ReactNode;
  who?: ReactNode;
}

export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map(({ key, when, dateTime, what, who }) => (
        <li key={key}>
          <time dateTime={dateTime}>{when}</time>
          <div>
            {what}
            {who && <span className="muted block">{who}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** A line that opens: "Why am I Silver?" */
export function Disclosure({
  summary,
  open,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="disclosure">
      <summary>
        {summary}
        <Glyph path={chevronDown} size="s" className="turn" />
      </summary>
      {children}
    </details>
  );
}

/** Upload, Check, Save. */
export function Steps({
  label,
  steps,
  current,
}: {
  label: string;
  steps: readonly string[];
  current: number;
}) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={index < current ? "done" : undefined}
          aria-current={index === current ? "step" : undefined}
        >
          <b aria-hidden="true">{index < current ? "✓" : index + 1}</b>
          {step}
        </li>
      ))}
    </ol>
  );
}
