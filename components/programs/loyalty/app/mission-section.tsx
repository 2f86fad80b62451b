import type { ReactNode } from "react";

/** A part of the missions page with its quiet name, edge to edge, parted by a hairline. */
export function MissionSection({
  id,
  title,
  aside,
  nameId,
  children,
}: {
  id: string;
  title: string;
  /** Of the heading that tells it from others of its title. */
  nameId?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="sect ruled pt-4" aria-labelledby={nameId ? `${id} ${nameId}` : id}>
      <div className="row">
        <h2 id={id} className="sm muted font-medium">
          {title}
        </h2>
        {aside && <span className="end sm muted">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
