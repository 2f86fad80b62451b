import { AppError, invalid } from "@/lib/kernel/errors";
import { constraintMessages } from "./constraint-messages";

/** What a database error looks like through the Data API and through a direct connection. */
export interface DatabaseError {
  code?: string | undefined;
  message: string;
  details?: string | null | undefined;
  detail?: string | null | undefined;
  hint?: string | null | undefined;
  constraint?: string | undefined;
}

/** Raised by our own functions: the message is a sentence for the person, so it is passed on. */
const catalogue: Record<string, { code: string; status: number }> = {
  PM001: { code: "FORBIDDEN", status: 403 },
  PM002: { code: "UNAUTHENTICATED", status: 401 },
  TN001: { code: "NOT_FOUND", status: 404 },
  TN002: { code: "NOT_FOUND", status: 404 },
  ST001: { code: "ILLEGAL_STEP", status: 409 },
  ST002: { code: "STALE", status: 409 },
  ST003: { code: "ALREADY_DONE", status: 409 },
  QT001: { code: "TOO_MANY", status: 429 },
  QT002: { code: "LIMIT_REACHED", status: 409 },
  VA001: { code: "INVALID", status: 422 },
};

export const sqlstates = Object.keys(catalogue);

/** A function may name the case more closely than its SQLSTATE does: `hint = 'SOLD_OUT'` beside `QT002`. */
const closerCode = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** One place turns a database's answer into ours. Codes that are not listed stay unknown and become 500. */
export function fromDatabase(error: DatabaseError): AppError {
  const code = error.code ?? "";
  const known = catalogue[code];
  if (known) {
    const field = error.details ?? error.detail;
    const details = code === "VA001" && field ? { fields: { [field]: error.message } } : undefined;
    const closer = error.hint && closerCode.test(error.hint) ? error.hint : known.code;
    return new AppError(closer, known.status, error.message, details, { cause: error });
  }
  if (code === "PGRST116")
    return new AppError("NOT_FOUND", 404, "We could not find that.", undefined, { cause: error });
  if (code === "23505") {
    const constraint = constraintName(error);
    const known = constraint === undefined ? undefined : constraintMessages[constraint];
    return new AppError(
      "ALREADY_EXISTS",
      409,
      known?.message ?? "That already exists.",
      known?.field ? { fields: { [known.field]: known.message } } : undefined,
      { cause: error },
    );
  }
  if (code === "23503" || code === "23514" || code === "23502" || code.startsWith("22")) {
    const constraint = constraintName(error);
    const known = constraint === undefined ? undefined : constraintMessages[constraint];
    return known
      ? invalid(known.message, known.field ? { fields: { [known.field]: known.message } } : undefined)
      : invalid("One of the values does not fit. Check them and try again.");
  }
  if (code === "42501")
    return new AppError("FORBIDDEN", 403, "Your role does not allow this.", undefined, { cause: error });
  // PGRST301 to 303: the token was refused, most often because it has just run out.
  if (/^PGRST30[1-3]$/.test(code))
    return new AppError("UNAUTHENTICATED", 401, "Sign in to continue.", undefined, { cause: error });
  // 23P01: two plans over each other, the other one written in this moment.
  if (code === "40001" || code === "40P01" || code === "55P03" || code === "23P01") {
    return new AppError("TRY_AGAIN", 409, "Someone changed this at the same moment. Try again.", undefined, {
      cause: error,
    });
  }
  return new AppError("INTERNAL", 500, "Something went wrong on our side.", undefined, {
    cause: Object.assign(new Error(error.message), { code }),
  });
}

/** A direct connection names the constraint; the Data API only quotes it in its message. */
function constraintName(error: DatabaseError): string | undefined {
  return error.constraint ?? /constraint "([^"]+)"/.exec(error.message)?.[1];
}
