import { createTranslator } from "next-intl";

import { formatDate, formatDateTime, type DateStyle } from "@/lib/kernel/time";
import messages from "@/messages/en/notifications.json";

export interface Reader {
  locale: string;
  timeZone: string;
}

/** What a type writes with: its own messages, and dates and numbers as the reader writes them. */
export interface Words {
  t: (key: string, values?: Record<string, string | number>) => string;
  date: (value: Date | string, style?: DateStyle) => string;
  dateTime: (value: Date | string) => string;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  business: { name: string; slug: string };
}

/** `loyalty.tier-changed` → `loyaltyTierChanged`: keys of a message file hold no dots. */
export function messageKey(typeId: string): string {
  return typeId.replace(/[.-]([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

export function wordsFor(typeId: string, reader: Reader, business: { name: string; slug: string }): Words {
  const translate = createTranslator({
    locale: reader.locale,
    timeZone: reader.timeZone,
    messages: { notifications: messages as Record<string, unknown> },
    namespace: `notifications.types.${messageKey(typeId)}`,
    // A key in place of a sentence must never reach a person: the job fails and is seen.
    onError(error) {
      throw error;
    },
  }) as (key: string, values?: Record<string, string | number>) => string;
  return {
    t: translate,
    date: (value, style = "medium") => formatDate(value, { ...reader, style }),
    dateTime: (value) => formatDateTime(value, reader),
    number: (value, options) => new Intl.NumberFormat(reader.locale, options).format(value),
    business,
  };
}
