import { useFormatter, useNow, useTranslations } from "next-intl";
import { Timeline } from "@/components/ui/layout-parts";
import { parseTimestamp } from "@/lib/kernel/time";
import type { RewardHistory } from "@/lib/programs/loyalty/contract";
import { ClaimCodeLine } from "./claim-code-line";

/** The sentences the server made, one entry a reward, latest first. */
export function RewardHistoryList({ items, slug }: { items: RewardHistory["items"]; slug: string }) {
  const format = useFormatter();
  const now = useNow();
  const t = useTranslations("loyaltyRewards.history.outcome");
  return (
    <Timeline
      entries={items.map(({ id, kind, name, happenedAt, outcome, text: [first, ...rest] }) => ({
        key: id,
        when: format.dateTime(parseTimestamp(happenedAt), {
          month: "short",
          day: "numeric",
          ...(parseTimestamp(happenedAt).getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
        }),
        dateTime: parseTimestamp(happenedAt).toISOString(),
        what: (
          <>
            <p>
              <span className="vh">{t(outcome)}: </span>
              {first}
            </p>
            {rest.map((line) => (
              <p className="sm muted" key={line}>
                {line}
              </p>
            ))}
            {kind === "gift_card" && outcome === "fulfilled" && (
              <ClaimCodeLine slug={slug} id={id} name={name} />
            )}
          </>
        ),
      }))}
    />
  );
}
