/** The one error that may reach a caller: its message is written for people, its code for programs. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(
    code: string,
    status: number,
    message: string,
    details?: unknown,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Bundles may hold two copies of the class, so the shape decides and not `instanceof` alone. */
export function isAppError(value: unknown): value is AppError {
  if (value instanceof AppError) return true;
  return (
    value instanceof Error &&
    value.name === "AppError" &&
    typeof (value as { code?: unknown }).code === "string" &&
    typeof (value as { status?: unknown }).status === "number"
  );
}

export function notFound(what = "that"): AppError {
  return new AppError("NOT_FOUND", 404, `We could not find ${what}.`);
}

export function forbidden(message = "Your role does not allow this."): AppError {
  return new AppError("FORBIDDEN", 403, message);
}

export function conflict(code: string, message: string, details?: unknown): AppError {
  return new AppError(code, 409, message, details);
}

/** `details.fields` maps a field's path to its message; forms put the message beside the field. */
export function invalid(message: string, details?: unknown): AppError {
  return new AppError("INVALID", 422, message, details);
}

export function invalidField(field: string, message: string): AppError {
  return invalid(message, { fields: { [field]: message } });
}

export function unauthenticated(message = "Sign in to continue."): AppError {
  return new AppError("UNAUTHENTICATED", 401, message);
}
