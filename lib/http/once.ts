import "server-only";
import { beginOnce, finishOnce, releaseOnce } from "@/lib/db/guards";
import { AppError } from "@/lib/kernel/errors";
import { sha256Hex } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";

export interface OnceStore {
  begin: typeof beginOnce;
  finish: typeof finishOnce;
  release: typeof releaseOnce;
}

const databaseStore: OnceStore = { begin: beginOnce, finish: finishOnce, release: releaseOnce };
const acceptableKey = /^[\x21-\x7e]{8,200}$/;

interface OnceRequest {
  /** Null: the caller sent no key and the handler simply runs. */
  key: string | null;
  /** Whose keys these are: the same key of another person, business or path is another key. */
  owner: string;
  method: string;
  path: string;
  body: unknown;
}

/** Answers that a retry cannot change are kept; a failure of ours or of the moment gives the key back. */
export function isFinal(status: number): boolean {
  return status < 500 && ![401, 408, 409, 425, 429].includes(status);
}

/** Runs once for a key: a repeat replays the stored answer, another body is refused, a second at once waits its turn. */
export async function once(
  request: OnceRequest,
  run: () => Promise<{ status: number; body: unknown }>,
  store: OnceStore = databaseStore,
): Promise<{ status: number; body: unknown; isReplay: boolean }> {
  const { key, owner, method, path, body } = request;
  if (key === null) return { ...(await run()), isReplay: false };
  if (!acceptableKey.test(key)) {
    throw new AppError("BAD_IDEMPOTENCY_KEY", 422, "An Idempotency-Key is 8 to 200 visible characters.");
  }
  const scope = sha256Hex(`${owner} ${method} ${path}`);
  const outcome = await store.begin(scope, key, sha256Hex(canonicalJson(body)));
  if (outcome.outcome === "mismatch") {
    throw new AppError("IDEMPOTENCY_MISMATCH", 422, "This Idempotency-Key was used with another body.");
  }
  if (outcome.outcome === "in_flight") {
    throw new AppError("IN_FLIGHT", 409, "The same request is still being worked on.");
  }
  if (outcome.outcome === "replay") return { status: outcome.status, body: outcome.body, isReplay: true };
  const release = () =>
    store
      .release(scope, key)
      .catch((err: unknown) => log.error({ err }, "an idempotency key was not released"));
  let answer: { status: number; body: unknown };
  try {
    answer = await run();
  } catch (error) {
    await release();
    throw error;
  }
  if (!isFinal(answer.status)) await release();
  else {
    // The work is done: failing to remember it must not turn a success into an error.
    await store
      .finish(scope, key, answer.status, answer.body)
      .catch((err: unknown) => log.error({ err }, "an answer was not kept for its idempotency key"));
  }
  return { ...answer, isReplay: false };
}

/** The same value gives the same text, whatever order its keys were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${canonicalJson(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
