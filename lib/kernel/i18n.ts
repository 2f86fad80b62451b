import { cache } from "react";
import { en } from "@/messages/en";

interface ReaderFormats {
  locale: string;
  timeZone: string;
}

/** What the reader of this request uses. The page wrapper fills it in once it knows who is reading. */
const readerFormats = cache((): ReaderFormats => ({ locale: "en", timeZone: "UTC" }));

export function setReaderFormats(formats: Partial<ReaderFormats>): void {
  Object.assign(readerFormats(), formats);
}

/** The words exist in English only; dates and numbers inside them still follow the reader's own region. */
export function englishOf(locale: string): string {
  if (/^en\b/.test(locale)) return locale;
  const { region } = new Intl.Locale(locale).maximize();
  return region ? `en-${region}` : "en";
}

export function formatsOfReader() {
  const { locale, timeZone } = readerFormats();
  return {
    locale: englishOf(locale),
    timeZone,
    messages: en,
  };
}
