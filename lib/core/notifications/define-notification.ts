import type { z } from "zod";

import type { MailContent } from "@/lib/core/email/contract";

import type { Words } from "./words";

/** A mail as its type writes it; the action leads to `link` unless it names another address. */
export type TypeMail = Omit<MailContent, "action"> & { action?: { label: string; url?: string } };

export interface NotificationDefinition<D> {
  id: string;
  /** Ids and what the words need; kept with the row, so nothing secret. */
  schema: z.ZodType<D>;
  /** Security and access: told whatever the person chose, with a login or without. */
  isEssential?: boolean;
  /** Who can ever receive it: only they see it among their preferences. Absent: everyone. */
  audience?: string;
  inApp?: (data: D, words: Words) => { title: string; body?: string };
  email?: (data: D, words: Words) => TypeMail;
  /** Where it leads, inside the business: "/loyalty". */
  link: (data: D) => string;
}

/** A type whose data is no longer known to the compiler: every method checks it again. */
export interface NotificationType {
  id: string;
  isEssential: boolean;
  audience: string | null;
  hasInApp: boolean;
  hasEmail: boolean;
  check: (data: unknown) => void;
  inApp: (data: unknown, words: Words) => { title: string; body: string | null };
  email: (data: unknown, words: Words) => TypeMail;
  link: (data: unknown) => string;
}

export function defineNotification<D>(definition: NotificationDefinition<D>): NotificationType {
  const { id, schema, inApp, email, link } = definition;
  const parse = (data: unknown): D => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "(data)");
    throw new Error(`${id}: the data is not valid at ${fields.join(", ")}`);
  };
  return {
    id,
    isEssential: definition.isEssential ?? false,
    audience: definition.audience ?? null,
    hasInApp: inApp !== undefined,
    hasEmail: email !== undefined,
    check: (data) => void parse(data),
    inApp(data, words) {
      if (!inApp) throw new Error(`${id} is not shown in the app.`);
      const { title, body } = inApp(parse(data), words);
      return { title, body: body ?? null };
    },
    email(data, words) {
      if (!email) throw new Error(`${id} is not sent by mail.`);
      return email(parse(data), words);
    },
    link: (data) => link(parse(data)),
  };
}
