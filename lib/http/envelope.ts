import { isAppError, type AppError } from "@/lib/kernel/errors";

export interface Failure {
  success: false;
  error: { code: string; message: string; details?: unknown };
  requestId: string;
}

export const apiHeaders = { "Cache-Control": "private, no-store", Vary: "Cookie, Authorization" } as const;

/** What is not an AppError is a defect: the caller gets a request id to quote, and nothing of the inside. */
export function failureBody(error: unknown, requestId: string): { status: number; body: Failure } {
  const known: Pick<AppError, "code" | "status" | "message" | "details"> =
    isAppError(error) && error.status < 500
      ? error
      : {
          code: isAppError(error) && error.status === 503 ? error.code : "INTERNAL",
          status: isAppError(error) && error.status === 503 ? 503 : 500,
          message: "Something went wrong on our side. Try again, and quote the request id if it stays.",
          details: undefined,
        };
  const { code, status, message, details } = known;
  return {
    status,
    body: {
      success: false,
      error: { code, message, ...(details === undefined ? {} : { details }) },
      requestId,
    },
  };
}

export function jsonResponse(body: unknown, init: { status: number; headers: Headers }): Response {
  const headers = new Headers(init.headers);
  headers.set("Content-Type", "application/json; charset=utf-8");
  return new Response(JSON.stringify(body, bigintAsText), { status: init.status, headers });
}

/** bigint columns beyond 2^53 cannot be JSON numbers without losing digits. */
function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
