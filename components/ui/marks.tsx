import type { ReactNode } from "react";
import { initials } from "./initials";

export type Tone = "plain" | "ok" | "warn" | "bad" | "info" | "accent" | "line";

/** Status in a word. Only where something needs doing. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge ${tone === "plain" ? "" : tone}`}>{children}</span>;
}

export function Chip({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <span className="chip">
      <span>{children}</span>
      {action}
    </span>
  );
}

interface ProgressProps {
  value: number;
  max?: number;
  /** Says what is measured; without it the words beside the bar must. */
  label?: string;
  tone?: "plain" | "accent" | "ok" | "bad";
  size?: "mini" | "normal" | "thick";
}

/* Lengths are SVG attributes: the content policy allows no style attributes. The stroke does not scale with the
   box, so its round end stays round at any width. */
export function Progress({ value, max = 100, label, tone = "plain", size = "normal" }: ProgressProps) {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  return (
    <svg
      className={`bar ${tone === "plain" ? "" : tone} ${size === "normal" ? "" : size}`}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      role={label ? "progressbar" : undefined}
      aria-label={label}
      aria-valuenow={label ? Math.round(share) : undefined}
      aria-valuemin={label ? 0 : undefined}
      aria-valuemax={label ? 100 : undefined}
      aria-hidden={label ? undefined : true}
    >
      {share > 0 && <line x1="-5" x2={share} y1="0.5" y2="0.5" vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}

/** A figure standing alone. In a <Figures> row. */
export function Stat({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div>
      <dt className="muted">{label}</dt>
      <dd>
        <span className="v">{value}</span>
        {note && <span className="soft block">{note}</span>}
      </dd>
    </div>
  );
}

/** Key figures side by side across the work area. */
export function Figures({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <dl className="figs" aria-label={label}>
      {children}
    </dl>
  );
}

/** Two to four small figures with their names below; the member app's way. */
export function Gives({ items }: { items: ReadonlyArray<{ name: ReactNode; value: ReactNode }> }) {
  return (
    <dl className="gives">
      {items.map(({ name, value }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Avatar({ name, size, accent }: { name: string; size?: "s" | "l"; accent?: boolean }) {
  return (
    <span className={`av ${size ?? ""} ${accent ? "accent" : ""}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** A tier's colour is data: a small diamond before the name, never the text's colour. */
export function TierMark({ name, color }: { name: string; color: string }) {
  return (
    <span className="tier">
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path
          d="M6 1.2 10.8 6 6 10.8 1.2 6z"
          fill={color}
          stroke="#000"
          strokeOpacity=".22"
          strokeLinejoin="round"
        />
      </svg>
      {name}
    </span>
  );
}

interface Rung {
  name: string;
  /** 0 to 100 of this rung. */
  filled: number;
  current?: boolean;
  /** Read out after the name of the current one. */
  note?: string;
}

/** The tiers as one broken bar; the current one named in ink. */
export function TierLadder({ rungs, label }: { rungs: readonly Rung[]; label: string }) {
  return (
    <ol className="ladder" aria-label={label}>
      {rungs.map((rung) => (
        <li key={rung.name} aria-current={rung.current ? "step" : undefined}>
          <svg className="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={Math.min(100, Math.max(0, rung.filled))} height="1" />
          </svg>
          <span>
            {rung.name}
            {rung.note && <span className="vh">, {rung.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
