import { pino, type Logger } from "pino";
import { readLogLevel } from "./env";

const secretKeys = [
  "password",
  "newPassword",
  "currentPassword",
  "token",
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "secret",
  "code",
  "otp",
  "apiKey",
  "authorization",
  "cookie",
  "set-cookie",
  "apikey",
  "x-api-key",
  "email",
  "phone",
  "account",
  "accountAgain",
  "iban",
  "bic",
  "routing",
  "holder",
  "receiver",
  "body",
];

/** Deeper than three levels nothing is logged as an object: log ids and counts, not payloads. */
const redactedPaths = ["", "*.", "*.*."].flatMap((prefix) =>
  secretKeys.map((key) =>
    /^[a-z_]+$/i.test(key) ? `${prefix}${key}` : `${prefix.replace(/\.$/, "")}["${key}"]`,
  ),
);

export type Log = Logger;

export function createLog(options: { level: string; destination?: { write(line: string): void } }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: "[redacted]" },
      serializers: { err: serializeError },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** Driver errors carry the failing row in `detail` and `parameters`; only what names the fault is kept. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error))
    return { message: typeof error === "string" ? error : "not an error object" };
  const { name, message, stack } = error;
  const code = (error as { code?: unknown }).code;
  const cause = error.cause instanceof Error ? serializeError(error.cause) : undefined;
  return {
    name,
    message,
    stack,
    ...(typeof code === "string" ? { errorCode: code } : {}),
    ...(cause ? { cause } : {}),
  };
}

let shared: Log | null = null;

function sharedLog(): Log {
  shared ??= createLog({ level: readLogLevel() });
  return shared;
}

/** One JSON line an event. Never pass a request's or a mail's body. */
export const log: Pick<Log, "debug" | "info" | "warn" | "error" | "child"> = {
  debug: ((...args: Parameters<Log["debug"]>) => sharedLog().debug(...args)) as Log["debug"],
  info: ((...args: Parameters<Log["info"]>) => sharedLog().info(...args)) as Log["info"],
  warn: ((...args: Parameters<Log["warn"]>) => sharedLog().warn(...args)) as Log["warn"],
  error: ((...args: Parameters<Log["error"]>) => sharedLog().error(...args)) as Log["error"],
  child: ((...args: Parameters<Log["child"]>) => sharedLog().child(...args)) as Log["child"],
};
