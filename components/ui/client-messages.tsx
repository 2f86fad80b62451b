import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import { en, type Messages } from "@/messages/en";

/**
 * Gives browser code the words of the named rooms and no others: every word sent is weight on the first load.
 * A page whose client leaves speak for a room wraps them in <ClientMessages rooms={["ui", "loyalty"]}>.
 */
export async function ClientMessages({
  rooms,
  children,
}: {
  rooms: Array<keyof Messages>;
  children: ReactNode;
}) {
  const messages = Object.fromEntries(rooms.map((room) => [room, en[room]]));
  return (
    <NextIntlClientProvider locale={await getLocale()} timeZone={await getTimeZone()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
