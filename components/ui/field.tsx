import type { ReactNode } from "react";
import { Glyph } from "./glyph";
import { circleAlert } from "./icon-paths";

interface FieldFrameProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** At the label's right, such as "Forgot it?". */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
  return [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
}

/** Label above, hint between label and control, error below with its icon. */
export function Field({ id, label, hint, error, aside, children, className }: FieldFrameProps) {
  return (
    <div className={`field ${className ?? ""}`}>
      {aside ? (
        <div className="row">
          <label htmlFor={id} className="label">
            {label}
          </label>
          <span className="end -my-3">{aside}</span>
        </div>
      ) : (
        <label htmlFor={id}>{label}</label>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p className="error" id={`${id}-error`}>
          <Glyph path={circleAlert} size="s" />
          {error}
        </p>
      )}
    </div>
  );
}
