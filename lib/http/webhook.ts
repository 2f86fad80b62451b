import "server-only";
import { AppError } from "@/lib/kernel/errors";
import { log as rootLog, type Log } from "@/lib/kernel/log";
import { readText } from "./body";
import { apiHeaders, failureBody, jsonResponse } from "./envelope";
import { once, type OnceStore } from "./once";
import { requestIdOf } from "./request-id";

interface WebhookEvent<T> {
  /** The provider's own id of the event: a redelivery carries the same one. */
  id: string;
  payload: T;
}

interface WebhookOptions<T> {
  provider: string;
  /** Throws, or returns null, when the signature does not fit the raw body. */
  verify: (message: {
    rawBody: string;
    headers: Headers;
  }) => Promise<WebhookEvent<T> | null> | WebhookEvent<T> | null;
  bodyLimit?: number;
  store?: OnceStore;
}

const oneMegabyte = 1024 * 1024;

/** Signature over the raw body first, then each event id once; a failure answers 500 so that the provider retries. */
export function webhook<T>(
  { provider, verify, bodyLimit = oneMegabyte, store }: WebhookOptions<T>,
  handle: (event: WebhookEvent<T>, context: { log: Log; requestId: string }) => Promise<unknown>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = requestIdOf(request.headers);
    const headers = new Headers({ ...apiHeaders, "x-request-id": requestId });
    const log = rootLog.child({ requestId, provider });
    try {
      const rawBody = await readText(request, bodyLimit);
      const event = await verified(verify, { rawBody, headers: request.headers }, log);
      const outcome = await once(
        { key: event.id, owner: `webhook ${provider}`, method: "POST", path: provider, body: null },
        async () => {
          await handle(event, { log, requestId });
          return { status: 200, body: { success: true, data: null } };
        },
        store,
      );
      log.info({ eventId: event.id, isReplay: outcome.isReplay }, "webhook");
      return jsonResponse(outcome.body, { status: outcome.status, headers });
    } catch (error) {
      const { status, body } = failureBody(error, requestId);
      if (status >= 500) log.error({ err: error }, "webhook failed");
      return jsonResponse(body, { status, headers });
    }
  };
}

async function verified<T>(
  verify: WebhookOptions<T>["verify"],
  message: { rawBody: string; headers: Headers },
  log: Log,
): Promise<WebhookEvent<T>> {
  let event: WebhookEvent<T> | null = null;
  try {
    event = await verify(message);
  } catch (err) {
    log.warn({ err }, "a webhook's signature could not be verified");
  }
  if (!event) throw new AppError("BAD_SIGNATURE", 401, "The signature does not fit.");
  return event;
}
