import { useCalendarDay } from "@/components/ui/calendar-day";
import { Timeline } from "@/components/ui/layout-parts";
import { explainDecision, type Decision } from "@/lib/programs/loyalty/contract";
import type { Metric } from "../figures";
import { useWhyWords } from "../why-words";

/** Each decision in plain words: what happened, on which figures, by which rule. */
export function DecisionList({
  decisions,
  metric,
  currency,
}: {
  decisions: readonly Decision[];
  metric: Metric;
  currency: string;
}) {
  const day = useCalendarDay();
  const words = useWhyWords(metric, currency);
  return (
    <Timeline
      entries={decisions.map((decision) => {
        const [first, ...rest] = explainDecision(decision, words);
        return {
          key: decision.id,
          when: day.full(decision.businessDate),
          dateTime: decision.businessDate,
          what: (
            <>
              <p className={decision.isUndone ? "line-through" : undefined}>{first}</p>
              {rest.map((line) => (
                <p className="sm muted" key={line}>
                  {line}
                </p>
              ))}
            </>
          ),
        };
      })}
    />
  );
}
