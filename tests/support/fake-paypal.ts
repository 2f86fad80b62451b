import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Item {
  payout_item_id: string;
  transaction_status: string;
  payout_item: { receiver: string; amount: { value: string; currency: string }; sender_item_id: string };
  errors?: { name: string; message: string };
}
interface Sent {
  payout_batch_id: string;
  sender_batch_id: string;
  items: Item[];
}

export interface FakePayPal {
  url: string;
  batches: Sent[];
  /** How many of the next calls fail, and how. "lost" does the work and breaks the line before the answer. */
  fails: { left: number; how: 500 | 429 | "lost" };
  /** Refuses every batch with this, as PayPal does when the balance is too low. */
  refuses: { name: string; message: string } | null;
  /** What becomes of the payment of a receiver; without a word here it is SUCCESS. */
  outcomes: Map<string, { status: string; message?: string }>;
  close: () => Promise<void>;
}

export const payPalKeys = { id: "fake-client", secret: "fake-secret" };

/**
 * PayPal's Payouts API as its documents describe it: OAuth by client keys, a batch once a sender_batch_id, a second one
 * refused with a link to the first, items with states of their own, in pages.
 */
export async function startFakePayPal(): Promise<FakePayPal> {
  const fake: FakePayPal = {
    url: "",
    batches: [],
    fails: { left: 0, how: 500 },
    refuses: null,
    outcomes: new Map(),
    close: async () => undefined,
  };
  const server: Server = createServer((request, response) => {
    void answer(fake, request).then(({ status, body }) => {
      if (status === "lost") response.destroy();
      else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () => new Promise((resolve) => server.close(() => resolve()));
  return fake;
}

async function answer(
  fake: FakePayPal,
  request: IncomingMessage,
): Promise<{ status: number | "lost"; body: unknown }> {
  const { pathname, searchParams } = new URL(request.url ?? "/", fake.url);
  const text = await bodyOf(request);
  if (request.method === "POST" && pathname === "/v1/oauth2/token") {
    const wanted = `Basic ${Buffer.from(`${payPalKeys.id}:${payPalKeys.secret}`).toString("base64")}`;
    return request.headers.authorization === wanted && text === "grant_type=client_credentials"
      ? { status: 200, body: { access_token: "fake-token", token_type: "Bearer", expires_in: 32_400 } }
      : { status: 401, body: { error: "invalid_client", error_description: "Client Authentication failed" } };
  }
  if (request.headers.authorization !== "Bearer fake-token")
    return { status: 401, body: { name: "AUTHENTICATION_FAILURE" } };
  const failing = fake.fails.left > 0;
  if (failing) fake.fails.left -= 1;
  if (failing && fake.fails.how !== "lost")
    return { status: fake.fails.how, body: { name: "INTERNAL_SERVER_ERROR" } };
  if (request.method === "POST" && pathname === "/v1/payments/payouts") {
    const made = take(fake, text);
    return failing ? { status: "lost", body: null } : made;
  }
  const wanted = /^\/v1\/payments\/payouts\/([A-Z0-9]+)$/.exec(pathname)?.[1];
  const batch = fake.batches.find((each) => each.payout_batch_id === wanted);
  if (request.method !== "GET" || !batch) return { status: 404, body: { name: "INVALID_RESOURCE_ID" } };
  const size = Number(searchParams.get("page_size") ?? 1000);
  const page = Number(searchParams.get("page") ?? 1);
  return {
    status: 200,
    body: {
      batch_header: { payout_batch_id: batch.payout_batch_id, batch_status: "SUCCESS" },
      total_items: batch.items.length,
      total_pages: Math.max(1, Math.ceil(batch.items.length / size)),
      items: batch.items.slice((page - 1) * size, page * size).map((item) => withOutcome(fake, item)),
    },
  };
}

function take(fake: FakePayPal, text: string): { status: number; body: unknown } {
  const given = JSON.parse(text) as {
    sender_batch_header: { sender_batch_id: string; email_subject: string };
    items: {
      recipient_type: string;
      receiver: string;
      amount: { value: string; currency: string };
      sender_item_id: string;
    }[];
  };
  const known = fake.batches.find(
    (each) => each.sender_batch_id === given.sender_batch_header.sender_batch_id,
  );
  if (known)
    return {
      status: 400,
      body: {
        name: "USER_BUSINESS_ERROR",
        message: `Sender batch id ${known.sender_batch_id} was used before.`,
        links: [
          { href: `${fake.url}/v1/payments/payouts/${known.payout_batch_id}`, rel: "self", method: "GET" },
        ],
      },
    };
  if (fake.refuses) return { status: 422, body: { ...fake.refuses, links: [] } };
  const wrong = given.items.find(
    ({ recipient_type: type, amount }) => type !== "EMAIL" || !/^\d+\.\d{2}$/.test(amount.value),
  );
  if (wrong || given.items.length === 0)
    return { status: 400, body: { name: "VALIDATION_ERROR", message: "Invalid request." } };
  const serial = fake.batches.length + 1;
  const batch: Sent = {
    payout_batch_id: `FAKEBATCH${serial}`,
    sender_batch_id: given.sender_batch_header.sender_batch_id,
    items: given.items.map((item, at) => ({
      payout_item_id: `FAKEITEM${serial}N${at}`,
      transaction_status: "PENDING",
      payout_item: { receiver: item.receiver, amount: item.amount, sender_item_id: item.sender_item_id },
    })),
  };
  fake.batches.push(batch);
  return {
    status: 201,
    body: { batch_header: { payout_batch_id: batch.payout_batch_id, batch_status: "PENDING" } },
  };
}

function withOutcome(fake: FakePayPal, item: Item): Item {
  const outcome = fake.outcomes.get(item.payout_item.receiver) ?? { status: "SUCCESS" };
  return {
    ...item,
    transaction_status: outcome.status,
    ...(outcome.message ? { errors: { name: "RECEIVER_UNREGISTERED", message: outcome.message } } : {}),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
