import { Resend } from "resend";

import { env } from "@/lib/kernel/env";

interface OutgoingMail {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
  idempotencyKey: string;
}

export type SendOutcome =
  | { kind: "sent"; providerId: string }
  /** Trying again cannot help: the provider refuses this mail as it is. */
  | { kind: "refused"; code: string }
  /** The provider is busy, broken or unreachable. */
  | { kind: "unavailable"; code: string };

let shared: { key: string; baseUrl: string | undefined; client: Resend } | null = null;

function resend(): Resend {
  const { resendApiKey: key, resendBaseUrl: baseUrl } = env;
  if (shared?.key !== key || shared.baseUrl !== baseUrl) {
    shared = { key, baseUrl, client: new Resend(key, baseUrl ? { baseUrl } : {}) };
  }
  return shared.client;
}

export async function sendMail(mail: OutgoingMail): Promise<SendOutcome> {
  const { idempotencyKey, ...message } = mail;
  const { data, error } = await resend().emails.send(message, { idempotencyKey });
  if (error) return { kind: isRefusal(error) ? "refused" : "unavailable", code: error.name };
  if (!data?.id) return { kind: "unavailable", code: "no_answer" };
  return { kind: "sent", providerId: data.id };
}

/** 4xx is final, but for the ones that ask for patience, and for the key still being worked on by another try. */
function isRefusal(error: { name: string; statusCode: number | null }): boolean {
  const { statusCode, name } = error;
  if (statusCode === null || statusCode >= 500) return false;
  return ![408, 425, 429].includes(statusCode) && name !== "concurrent_idempotent_requests";
}
