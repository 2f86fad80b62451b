/** Where a request came from, as far as the door cares. */
export interface From {
  ip: string;
  userAgent: string | null;
  requestId: string;
}

export function fromRequest(input: { ip: string; requestId: string; request: { headers: Headers } }): From {
  return { ip: input.ip, requestId: input.requestId, userAgent: input.request.headers.get("user-agent") };
}

/** An answer that goes out at once, and what is done after it: a mail's time must not show in the answer's. */
export interface Deferred<T> {
  answer: T;
  deliver: (() => Promise<void>) | null;
}
