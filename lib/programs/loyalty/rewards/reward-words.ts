import { createTranslator } from "next-intl";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { clock } from "@/lib/kernel/clock";
import { formatsOfReader } from "@/lib/kernel/i18n";
import { formatMoney } from "@/lib/kernel/money";
import { dateIn, formatDateTime, parseTimestamp } from "@/lib/kernel/time";

/** The words of a reader, for sentences that are made on the server: API, history, calendar file. */
export interface RewardWords {
  t: (key: string, values?: Record<string, string | number>) => string;
  money: (minor: number) => string;
  /** The calendar day of an instant, where the reader is; with its year once that is over. */
  day: (value: string) => string;
  dayTime: (value: string) => string;
}

export function rewardWords(scope: TenantScope, currency: string): RewardWords {
  const reader = {
    locale: scope.viewer?.locale ?? scope.client.locale,
    timeZone: scope.viewer?.timeZone ?? scope.client.timeZone,
  };
  const t = createTranslator({
    ...reader,
    messages: formatsOfReader().messages,
    namespace: "loyaltyRewards",
  }) as unknown as RewardWords["t"];
  return {
    t,
    money: (minor) => formatMoney(minor, currency, reader.locale, { whole: true }),
    day: (value) => {
      const at = parseTimestamp(value);
      const isThisYear =
        dateIn(reader.timeZone, at).slice(0, 4) === dateIn(reader.timeZone, clock.now()).slice(0, 4);
      return new Intl.DateTimeFormat(reader.locale, {
        month: "short",
        day: "numeric",
        ...(isThisYear ? {} : { year: "numeric" }),
        timeZone: reader.timeZone,
      }).format(at);
    },
    dayTime: (value) => formatDateTime(value, reader),
  };
}
