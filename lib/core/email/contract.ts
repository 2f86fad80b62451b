import { z } from "zod";

export const emailStates = ["queued", "sent", "delivered", "bounced", "failed"] as const;
export type EmailState = (typeof emailStates)[number];

export const emailTransitions = [
  { from: null, to: "queued", permission: null },
  { from: "queued", to: "sent", permission: null },
  { from: "queued", to: "failed", permission: null },
  { from: "sent", to: "delivered", permission: null },
  { from: "sent", to: "bounced", permission: null },
  { from: "sent", to: "failed", permission: null },
  { from: "delivered", to: "bounced", permission: null },
  { from: "failed", to: "queued", permission: "email.log.read" },
] as const;

const emailSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(emailStates),
  errorCode: z.string().nullable(),
  attempts: z.number().int(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  hasComplaint: z.boolean(),
});
export type Email = z.infer<typeof emailSchema>;

export const emailListQuerySchema = z.object({
  cursor: z.string().max(400).optional(),
  direction: z.enum(["next", "previous"]).optional(),
  state: z.enum(emailStates).optional(),
});
export type EmailListQuery = z.infer<typeof emailListQuerySchema>;

/** A mail in plain parts: the HTML and the text twin are both made from it, so they say the same. */
export interface MailContent {
  subject: string;
  /** What the inbox shows after the subject. */
  preview: string;
  title: string;
  paragraphs: string[];
  facts?: { label: string; value: string }[];
  action?: { label: string; url: string };
  /** Small print under the action: how long a link lives, what to do if it was not you. */
  note?: string;
}

const blockReasons = ["bounced", "complained"] as const;

/** An address that is not written to any more: it returned a mail, or its owner reported one. */
const blockedAddressSchema = z.object({
  id: z.uuid(),
  address: z.string(),
  reason: z.enum(blockReasons),
  since: z.string(),
  /** The mail that came back. */
  subject: z.string().nullable(),
});
export type BlockedAddress = z.infer<typeof blockedAddressSchema>;

export const blockedAddressPageSchema = z.object({
  items: z.array(blockedAddressSchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
export const blockedAddressQuerySchema = z.object({
  cursor: z.string().max(400).optional(),
  direction: z.enum(["next", "previous"]).optional(),
});
export type BlockedAddressQuery = z.infer<typeof blockedAddressQuerySchema>;

export const emailPageSchema = z.object({
  items: z.array(emailSchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
