import "server-only";
import { z } from "zod";
import { env } from "@/lib/kernel/env";
import type { PayoutProvider, ProviderOutcome } from "./payout-provider";

const tokenSchema = z.object({ access_token: z.string() });
const headSchema = z.object({ batch_header: z.object({ payout_batch_id: z.string() }) });
const refusalSchema = z.object({
  name: z.string().default("REFUSED"),
  message: z.string().default(""),
  links: z.array(z.object({ href: z.string(), rel: z.string() })).default([]),
});
const itemSchema = z.object({
  payout_item_id: z.string(),
  transaction_status: z.string().default("PENDING"),
  payout_item: z.object({ sender_item_id: z.string().optional() }),
  errors: z.object({ name: z.string().default(""), message: z.string().default("") }).optional(),
});
const pageSchema = z.object({
  total_pages: z.number().int().default(1),
  items: z.array(itemSchema).default([]),
});

const timeoutMs = 20_000;
const pageSize = 1000;

export function isPayPalOn(): boolean {
  return env.paypalClientId !== undefined && env.paypalClientSecret !== undefined;
}

/** PayPal Payouts over its HTTP API. Off without keys. */
export function payPal(): PayoutProvider {
  return { send, read };
}

const send: PayoutProvider["send"] = async (batch) => {
  const response = await ask("/v1/payments/payouts", {
    method: "POST",
    body: JSON.stringify({
      // PayPal pays a sender_batch_id once in thirty days, however often it is sent.
      sender_batch_header: {
        sender_batch_id: batch.id,
        email_subject: batch.subject,
        email_message: batch.note,
      },
      items: batch.payments.map((payment) => ({
        recipient_type: "EMAIL",
        receiver: payment.account,
        amount: { value: payment.amount, currency: payment.currency },
        sender_item_id: payment.id,
        note: batch.note,
      })),
    }),
  });
  if (response.ok) {
    const head = headSchema.parse(await response.json());
    return { kind: "taken", reference: head.batch_header.payout_batch_id };
  }
  if (response.status >= 500 || response.status === 429)
    throw new Error(`PayPal answered ${response.status}`);
  const refusal = refusalSchema.parse(await response.json().catch(() => ({})));
  // Sent before: the refusal names the first one, which is ours and counts.
  const known = refusal.links
    .map(({ href }) => /\/v1\/payments\/payouts\/([A-Za-z0-9]+)$/.exec(href)?.[1])
    .find((reference) => reference !== undefined);
  if (known !== undefined) return { kind: "taken", reference: known };
  return { kind: "refused", message: `${refusal.name}: ${refusal.message}`.slice(0, 300) };
};

const read: PayoutProvider["read"] = async (reference) => {
  const outcomes = new Map<string, ProviderOutcome>();
  for (let page = 1; ; page += 1) {
    const path = `/v1/payments/payouts/${encodeURIComponent(reference)}?page=${page}&page_size=${pageSize}&total_required=true`;
    const response = await ask(path, { method: "GET" });
    if (!response.ok) throw new Error(`PayPal answered ${response.status}`);
    const answer = pageSchema.parse(await response.json());
    for (const item of answer.items) {
      if (item.payout_item.sender_item_id) outcomes.set(item.payout_item.sender_item_id, outcomeOf(item));
    }
    if (page >= answer.total_pages) return outcomes;
  }
};

function outcomeOf(item: z.infer<typeof itemSchema>): ProviderOutcome {
  switch (item.transaction_status) {
    case "SUCCESS":
      return { kind: "paid", reference: item.payout_item_id };
    case "FAILED":
    case "DENIED":
    case "BLOCKED":
    case "RETURNED":
    case "REFUNDED":
    case "REVERSED":
    case "CANCELED":
      return { kind: "failed", reason: reasonOf(item) };
    default:
      // PENDING, UNCLAIMED (she has thirty days to take it), ONHOLD, PROCESSING.
      return { kind: "open" };
  }
}

/** PayPal's sentence where it has one; its words are for people, its codes are not. */
function reasonOf({ transaction_status: status, errors }: z.infer<typeof itemSchema>): string {
  const said = errors?.message.trim() ?? "";
  return (said.length >= 3 ? said : `PayPal says: ${status.toLowerCase()}.`).slice(0, 300);
}

async function ask(path: string, init: { method: string; body?: string }): Promise<Response> {
  const token = await accessToken();
  return fetch(new URL(path, env.paypalBaseUrl), {
    ...init,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json",
    },
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** Asked for each time: a batch is rare, and a kept token is one more secret to guard. */
async function accessToken(): Promise<string> {
  const { paypalClientId: id, paypalClientSecret: secret } = env;
  if (id === undefined || secret === undefined) throw new Error("PayPal is not connected.");
  const response = await fetch(new URL("/v1/oauth2/token", env.paypalBaseUrl), {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: "grant_type=client_credentials",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`PayPal did not take the keys: ${response.status}`);
  return tokenSchema.parse(await response.json()).access_token;
}
