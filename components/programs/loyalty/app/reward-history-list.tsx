import { useFormatter, useNow, useTranslations } from "next-intl";
import { Timeline } from "@/components/ui/layout-parts";
import { parseTimestamp } from "@/lib/kernel/time";
import type { RewardHistory } from "@/lib/programs/loyalty/contract";

/** The sentences the server made, one entry a reward, latest first. */
export function RewardHistoryList({ items }: { items: RewardHistory["items"] }) {
  const format = useFormatter();
  const now = useNow();
  const t = useTranslations("loyaltyRewards.history.outcome");
  return (
    <Timeline
      entries={items.map(({ id, happenedAt, outcome, text: [first, ...rest] }) => ({
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
          </>
        ),
      }))}
    />
  );
}
