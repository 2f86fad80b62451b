/* The one way browser code talks to the API: same origin, JSON, the envelope opened, errors with a reference. */

export class RequestError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  readonly requestId: string | null;
  constructor(
    code: string,
    status: number,
    message: string,
    details?: unknown,
    requestId: string | null = null,
  ) {
    super(message);
    this.name = "RequestError";
    this.code = code;
    this.status = status;
    this.details = details;
    this.requestId = requestId;
  }

  /** Field path → sentence, as the API puts them in details.fields. */
  get fields(): Record<string, string> {
    return fieldsOf(this.details);
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface SendOptions {
  method?: Method;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export function newKey(): string {
  return globalThis.crypto.randomUUID();
}

/** A path that cannot leave this origin: "//evil.example" and "https:…" are refused before anything is sent. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path);
}

/** The browser refuses requests that outlive their page once these together hold more than 64 KiB. */
const outlivesUpTo = 8 * 1024;

export async function send<Result = unknown>(path: string, options: SendOptions = {}): Promise<Result> {
  if (!isOwnPath(path)) throw new RequestError("bad-path", 0, "This address is not ours.");
  const method = options.method ?? (options.body === undefined ? "GET" : "POST");
  // Whoever looks as a member acts as herself in the API: a click there must not change her own things.
  if (method !== "GET" && !path.endsWith("/people/view/end") && isViewing())
    throw new RequestError("viewing", 403, "");
  const headers: Record<string, string> = { accept: "application/json" };
  if (options.body !== undefined) headers["content-type"] = "application/json";
  if (method !== "GET") headers["idempotency-key"] = options.idempotencyKey ?? newKey();
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body,
      // What the screen already shows as done is done, also when the next press leaves the page.
      keepalive: method !== "GET" && (body?.length ?? 0) < outlivesUpTo,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: options.signal,
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new RequestError("offline", 0, "");
  }
  return openEnvelope<Result>(response.status, await response.json().catch(() => null));
}

export function openEnvelope<Result>(status: number, body: unknown): Result {
  if (isRecord(body) && body.success === true) return body.data as Result;
  if (isRecord(body) && isRecord(body.error)) {
    const { code, message, details } = body.error;
    const requestId = typeof body.requestId === "string" ? body.requestId : null;
    throw new RequestError(String(code ?? "unknown"), status, String(message ?? ""), details, requestId);
  }
  if (status === 204) return undefined as Result;
  throw new RequestError("unexpected", status, "");
}

export function fieldsOf(details: unknown): Record<string, string> {
  if (!isRecord(details) || !isRecord(details.fields)) return {};
  const entries = Object.entries(details.fields);
  return Object.fromEntries(entries.map(([path, message]) => [path, String(message)]));
}

/** The banner over a view says so to the page. */
function isViewing(): boolean {
  return typeof document !== "undefined" && document.querySelector("[data-view-as]") !== null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
