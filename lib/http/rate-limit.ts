import "server-only";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { takeRateLimit, type WindowState } from "@/lib/db/guards";
import { addressBucket } from "@/lib/kernel/address";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { sha256Hex } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { limitPolicies, type LimitName } from "./limits";

export type Counter = (key: string, limit: number, windowSeconds: number) => Promise<WindowState>;

const upstash = new Map<string, Ratelimit>();

/** Upstash where it is configured, else the same sliding window kept in Postgres. */
const defaultCounter: Counter = async (key, limit, windowSeconds) => {
  const { upstashUrl: url, upstashToken: token } = env;
  if (url === undefined || token === undefined) return takeRateLimit(key, limit, windowSeconds);
  const name = `${limit}/${windowSeconds}`;
  let limiter = upstash.get(name);
  if (!limiter) {
    limiter = new Ratelimit({
      redis: new Redis({ url, token, enableTelemetry: false }),
      limiter: Ratelimit.slidingWindow(limit, `${windowSeconds} s`),
      prefix: "portico",
      // The library's own timeout lets a request pass, which sign-in must not; failures are decided below.
      timeout: 0,
    });
    upstash.set(name, limiter);
  }
  const { success, remaining, reset } = await limiter.limit(key);
  return { success, limit, remaining: Math.max(remaining, 0), reset };
};

interface LimitSubject {
  policy: LimitName;
  ip: string;
  userId: string | null;
  /** What a signed-out caller acts on, such as the typed e-mail; only its digest is kept. */
  subject?: string;
}

interface LimitOutcome {
  headers: Record<string, string>;
}

const patienceMs = 2_000;

/** A counter that hangs counts as one that failed: otherwise every answer, `/api/health` first, would hang with it. */
async function inTime(take: Promise<WindowState>): Promise<WindowState> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      take,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Takes one from the address's window and one from the person's; the tighter of the two is reported. */
export async function takeLimits(
  subject: LimitSubject,
  counter: Counter = defaultCounter,
): Promise<LimitOutcome> {
  const policy = limitPolicies[subject.policy];
  const scale = env.rateLimitScale;
  const address = addressBucket(subject.ip);
  const takes = [
    counter(`${subject.policy}:ip:${address}`, Math.ceil(policy.perAddress * scale), policy.windowSeconds),
  ];
  const person =
    subject.subject !== undefined
      ? `subject:${sha256Hex(subject.subject)}:${address}`
      : subject.userId && `user:${subject.userId}`;
  if (person) {
    takes.push(
      counter(`${subject.policy}:${person}`, Math.ceil(policy.perPerson * scale), policy.windowSeconds),
    );
  }
  return judge(subject.policy, await Promise.allSettled(takes.map(inTime)));
}

/** The second take of a policy whose subject is only known once the body has been read. */
export async function takeSubjectLimit(
  subject: Required<Pick<LimitSubject, "policy" | "ip" | "subject">>,
  counter: Counter = defaultCounter,
): Promise<LimitOutcome> {
  const policy = limitPolicies[subject.policy];
  const key = `${subject.policy}:subject:${sha256Hex(subject.subject)}:${addressBucket(subject.ip)}`;
  const take = counter(key, Math.ceil(policy.perPerson * env.rateLimitScale), policy.windowSeconds);
  return judge(subject.policy, await Promise.allSettled([inTime(take)]));
}

function judge(name: LimitName, results: PromiseSettledResult<WindowState>[]): LimitOutcome {
  const states: WindowState[] = [];
  for (const result of results) {
    if (result.status === "fulfilled") states.push(result.value);
    else {
      const err: unknown = result.reason;
      log.error({ err, limit: name }, "the rate limit could not be counted");
      if (limitPolicies[name].onFailure === "closed") {
        throw new AppError(
          "TRY_LATER",
          503,
          "Signing in is not possible for the moment. Try again in a minute.",
        );
      }
    }
  }
  const tightest = states.sort(
    (a, b) => Number(a.success) - Number(b.success) || a.remaining - b.remaining,
  )[0];
  if (!tightest) return { headers: {} };
  const headers = rateLimitHeaders(tightest, limitPolicies[name].windowSeconds);
  if (!tightest.success) {
    const seconds = Number(headers["Retry-After"]);
    throw Object.assign(
      new AppError("TOO_MANY_REQUESTS", 429, `Too many requests. Try again ${inWords(seconds)}.`, {
        retryAfter: seconds,
      }),
      { headers },
    );
  }
  return { headers };
}

/** RateLimit-* as in the IETF draft's third version, the one clients read today; resets count seconds. */
function rateLimitHeaders(state: WindowState, windowSeconds: number): Record<string, string> {
  const seconds = Math.min(windowSeconds, Math.max(1, Math.ceil((state.reset - Date.now()) / 1000)));
  return {
    "RateLimit-Limit": String(state.limit),
    "RateLimit-Remaining": String(state.remaining),
    "RateLimit-Reset": String(seconds),
    "RateLimit-Policy": `${state.limit};w=${windowSeconds}`,
    ...(state.success ? {} : { "Retry-After": String(seconds) }),
  };
}

function inWords(seconds: number): string {
  if (seconds < 90) return `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
