import type { ReactNode, Ref } from "react";
import { Glyph } from "./glyph";
import { circleAlert, circleCheck, info, triangleAlert } from "./icon-paths";

const drawings = { info, ok: circleCheck, warn: triangleAlert, bad: circleAlert };

interface NoticeProps {
  tone?: "info" | "ok" | "warn" | "bad";
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  ref?: Ref<HTMLDivElement>;
  /** Another drawing than the tone's. */
  path?: string;
}

/** Bad news speaks up on its own (role alert); the rest waits to be read. */
export function Notice({ tone = "info", title, children, action, ref, path }: NoticeProps) {
  return (
    <div
      ref={ref}
      className={`notice ${tone === "info" ? "" : tone}`}
      role={tone === "bad" ? "alert" : undefined}
      tabIndex={ref ? -1 : undefined}
    >
      <Glyph path={path ?? drawings[tone]} />
      <div>
        {title && <p className="h3">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}
