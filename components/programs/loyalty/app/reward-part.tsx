import type { ReactNode } from "react";

/** A part of the rewards page with its quiet name, edge to edge, parted by a hairline. */
export function RewardPart({
  id,
  title,
  after,
  children,
}: {
  id: string;
  title: string;
  after?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="sect ruled pt-4" aria-labelledby={id}>
      <h2 id={id} className="sm muted font-medium">
        {title}
      </h2>
      <ul className="list">{children}</ul>
      {after}
    </section>
  );
}
