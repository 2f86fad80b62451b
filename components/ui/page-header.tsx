import Link from "next/link";
import { Fragment, type ReactNode } from "react";

interface Crumb {
  label: string;
  href?: string;
}

/** The top bar of an admin page: where it is, its name (the h1), what can be done. */
export function PageHeader({
  title,
  crumbs = [],
  actions,
}: {
  title: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
}) {
  return (
    <header className="bar-top">
      {crumbs.map(({ label, href }) => (
        <Fragment key={label}>
          {href ? (
            <Link className="crumb" href={href} prefetch={false}>
              {label}
            </Link>
          ) : (
            <span className="crumb">{label}</span>
          )}
          <span className="muted" aria-hidden="true">
            /
          </span>
        </Fragment>
      ))}
      <h1>{title}</h1>
      {actions && <div className="end row">{actions}</div>}
    </header>
  );
}

/** The head of a member page that is not home. */
export function MemberTitle({
  title,
  text,
  action,
}: {
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="pad row top pb-2 pt-1">
      <div className="grow">
        <h1 className="h1">{title}</h1>
        {text && <p className="soft mt-1">{text}</p>}
      </div>
      {action}
    </div>
  );
}

/** The scrolling part of an admin page. Give the parts that need their own edges no padding. */
export function Work({ label, children, panel }: { label?: string; children: ReactNode; panel?: ReactNode }) {
  return (
    <div className="work-area">
      <main id="main" tabIndex={-1} aria-label={label}>
        {children}
      </main>
      {panel}
    </div>
  );
}
