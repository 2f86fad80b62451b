import type { ReactNode } from "react";
import { useTranslations } from "next-intl";
import { LinkButton } from "./button";
import { Glyph } from "./glyph";
import { cloudAlert, lock, wifiOff } from "./icon-paths";

interface StateProps {
  title: string;
  children?: ReactNode;
  /** One action, two at most. */
  actions?: ReactNode;
  /** A drawing from icon-paths; leave it out after a filter. */
  path?: string;
  /** Within a section rather than a whole screen. */
  inline?: boolean;
  heading?: "h1" | "h2" | "h3";
  role?: "alert" | "status";
}

/** What happened, what is safe, the next step. Left-aligned, within the thumb's reach. */
export function EmptyState({
  title,
  children,
  actions,
  path,
  inline,
  heading: Heading = "h2",
  role,
}: StateProps) {
  return (
    <div className={`state ${inline ? "inline" : ""}`} role={role}>
      {path && (
        <span className="glyph">
          <Glyph path={path} size="l" />
        </span>
      )}
      <Heading className="h2">{title}</Heading>
      {children && <div className="soft">{children}</div>}
      {actions && <div className="stack mt-1">{actions}</div>}
    </div>
  );
}

export function ErrorState({ reference, ...props }: Partial<StateProps> & { reference?: string | null }) {
  const t = useTranslations("failure");
  return (
    <EmptyState
      path={cloudAlert}
      role="alert"
      {...props}
      title={props.title ?? t("title")}
      actions={
        <>
          {props.actions}
          {reference && (
            <p className="sm muted num">
              {t("reference")} {reference}
            </p>
          )}
        </>
      }
    >
      {props.children ?? t("text")}
    </EmptyState>
  );
}

export function NoPermission({ homeHref, ...props }: Partial<StateProps> & { homeHref: string }) {
  const t = useTranslations("ui.forbidden");
  return (
    <EmptyState
      path={lock}
      {...props}
      title={props.title ?? t("title")}
      actions={
        props.actions ?? (
          <LinkButton href={homeHref} variant="primary">
            {t("action")}
          </LinkButton>
        )
      }
    >
      {props.children ?? t("text")}
    </EmptyState>
  );
}

export function Offline({ actions, heading }: { actions?: ReactNode; heading?: "h1" | "h2" }) {
  const t = useTranslations("ui.offline");
  return (
    <EmptyState path={wifiOff} title={t("pageTitle")} actions={actions} heading={heading}>
      {t("pageText")}
    </EmptyState>
  );
}

/** A grey shape where something will be. Give it a size with utilities: "h-3 w-2/5". */
export function Skeleton({ className = "h-3 w-full" }: { className?: string }) {
  return <span className={`sk ${className}`} aria-hidden="true" />;
}

export function SkeletonRows({ count = 6 }: { count?: number }) {
  return (
    <div className="pad stack gap-4 pt-4" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div className="row" key={index}>
          <Skeleton className="h-9 w-9 rounded-full" />
          <span className="grow stack">
            <Skeleton className="h-3 w-3/5" />
            <Skeleton className="h-3 w-11/12" />
          </span>
        </div>
      ))}
    </div>
  );
}
