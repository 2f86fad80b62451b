import "server-only";

import { Resend } from "resend";
import { z } from "zod";

import { systemClient } from "@/lib/db/system";
import { env } from "@/lib/kernel/env";
import { fromDatabase } from "@/lib/db/sqlstate";

const kinds = {
  "email.sent": "sent",
  "email.delivered": "delivered",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
  "email.suppressed": "failed",
} as const;

const tagsSchema = z.union([
  z.record(z.string(), z.string()),
  z
    .array(z.object({ name: z.string(), value: z.string() }))
    .transform((tags) => Object.fromEntries(tags.map((tag) => [tag.name, tag.value]))),
]);

const eventSchema = z.object({
  type: z.string(),
  created_at: z.string(),
  data: z.object({
    email_id: z.string(),
    tags: tagsSchema.optional(),
    bounce: z.object({ type: z.string().optional() }).optional(),
  }),
});
export type ResendEvent = z.infer<typeof eventSchema>;

/** Svix signs id, time and raw body; the SDK also refuses a signature older than five minutes. */
export function verifyResendWebhook(message: {
  rawBody: string;
  headers: Headers;
}): { id: string; payload: ResendEvent } | null {
  const header = (name: string) =>
    message.headers.get(`svix-${name}`) ?? message.headers.get(`webhook-${name}`) ?? "";
  const secret = env.resendWebhookSecret;
  if (!secret) return null;
  const headers = { id: header("id"), timestamp: header("timestamp"), signature: header("signature") };
  if (!headers.id || !headers.timestamp || !headers.signature) return null;
  const verified = new Resend(env.resendApiKey).webhooks.verify({
    payload: message.rawBody,
    headers,
    webhookSecret: secret,
  });
  return { id: headers.id, payload: eventSchema.parse(verified) };
}

/**
 * Our ids travel with each mail as tags, so an event finds its mail even before the provider's id was written
 * down. Mails of others on the same account carry no such tags and are left alone.
 */
export async function recordEmailEvent(
  eventId: string,
  event: ResendEvent,
): Promise<"recorded" | "repeated" | "unknown"> {
  const kind = (kinds as Record<string, (typeof kinds)[keyof typeof kinds] | undefined>)[event.type];
  const tags = z.object({ client: z.uuid(), email: z.uuid() }).safeParse(event.data.tags);
  if (!kind || !tags.success) return "unknown";
  const { data, error } = await systemClient().rpc("email_record_event", {
    p_client: tags.data.client,
    p_email: tags.data.email,
    p_provider_id: event.data.email_id,
    p_event_id: eventId,
    p_kind: kind,
    // "Transient" is a full mailbox or a server that is down: no reason to stop writing.
    p_is_permanent: event.data.bounce?.type !== "Transient",
    p_occurred_at: event.created_at,
  });
  if (error) throw fromDatabase(error);
  return data as "recorded" | "repeated" | "unknown";
}
