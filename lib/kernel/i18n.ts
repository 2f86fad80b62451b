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

/* The words exist in English only; dates and numbers inside them still follow the reader's own region. */
export function formatsOfReader() {
  const { locale, timeZone } = readerFormats();
  return {
    locale: locale.startsWith("en") ? locale : "en",
    timeZone,
    messages: en,
  };
}
