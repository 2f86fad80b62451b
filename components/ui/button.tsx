import Link from "next/link";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from "react";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "danger-quiet";
/** small = admin (30 px), medium = 44 px, tall = the one action of a member screen (52 px). */
export type ButtonSize = "small" | "medium" | "tall";

export interface ButtonLook {
  variant?: ButtonVariant;
  size?: ButtonSize;
  wide?: boolean;
  /** Drawn before the words; give it a <Glyph>. */
  icon?: ReactNode;
}

function buttonClass({ variant = "secondary", size = "medium", wide }: ButtonLook, extra = ""): string {
  const parts = ["btn", variant, size === "medium" ? "" : size, wide ? "wide" : "", extra];
  return parts.filter(Boolean).join(" ");
}

export interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Busy keeps focus and place: the button stays where it is and says so. */
  busy?: boolean;
}

export function Button({
  variant,
  size,
  wide,
  icon,
  busy,
  className,
  children,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={busy ? "button" : (type ?? "button")}
      className={buttonClass({ variant, size, wide }, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <span className="spin" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

interface LinkButtonProps extends ButtonLook, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  href: string;
  /** A file or another business: let the browser fetch it, not the router. */
  external?: boolean;
}

export function LinkButton({
  href,
  external,
  variant,
  size,
  wide,
  icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  const look = buttonClass({ variant, size, wide }, className);
  if (external) {
    return (
      <a {...rest} href={href} className={look}>
        {icon}
        {children}
      </a>
    );
  }
  return (
    <Link {...rest} href={href} className={look} prefetch={false}>
      {icon}
      {children}
    </Link>
  );
}

export function IconButton({
  label,
  className,
  children,
  ...rest
}: { label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" {...rest} aria-label={label} title={label} className={`iconbtn ${className ?? ""}`}>
      {children}
    </button>
  );
}
