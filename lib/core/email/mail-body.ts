import { z } from "zod";

import { decrypt, encrypt, type SecretPlace } from "@/lib/kernel/crypto";

const mailBodySchema = z.object({ html: z.string(), text: z.string(), unsubscribeUrl: z.url().nullable() });
export type MailBody = z.infer<typeof mailBodySchema>;

const place = (clientId: string, emailId: string): SecretPlace => ({
  clientId,
  table: "email_bodies",
  column: "envelope",
  rowId: emailId,
});

export const sealBody = (clientId: string, emailId: string, body: MailBody): string =>
  encrypt(JSON.stringify(body), place(clientId, emailId));

export const openBody = (clientId: string, emailId: string, envelope: string): MailBody =>
  mailBodySchema.parse(JSON.parse(decrypt(envelope, place(clientId, emailId))));
