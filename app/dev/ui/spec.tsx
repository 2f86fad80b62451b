import type { ReactNode } from "react";

export function Spec({
  of,
  id,
  title,
  wide,
  children,
}: {
  of: string;
  id: string;
  title: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={`spec ${wide ? "w12" : ""}`}>
      <h3 id={`${of}-${id}`}>{title}</h3>
      {children}
    </section>
  );
}
