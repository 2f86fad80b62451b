import type { z } from "zod";
import { AppError } from "./errors";

export interface Page<T> {
  items: T[];
  next: string | null;
  previous: string | null;
}

const longestCursor = 1_000;

/** A cursor is the sort key of the edge row; it holds nothing a caller could not read in that row. */
export function encodeCursor(key: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Validated, not signed: a forged cursor is only another place to start reading one's own rows. */
export function decodeCursor<S extends z.ZodType>(text: string, schema: S): z.infer<S> {
  if (text.length <= longestCursor) {
    try {
      const parsed = schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON: the same answer as a wrong shape.
    }
  }
  throw new AppError("INVALID_CURSOR", 422, "This page link is no longer valid. Start from the first page.", {
    fields: { cursor: "Unknown cursor." },
  });
}

interface PageRequest {
  limit: number;
  /** "next" reads forward from the cursor, "previous" backward (rows arrive in reverse order). */
  direction?: "next" | "previous";
  hasCursor: boolean;
}

/** Rows were read with `limit + 1`: the extra row says whether there is more in that direction. */
export function toPage<T>(
  rows: T[],
  request: PageRequest,
  keyOf: (row: T) => Record<string, unknown>,
): Page<T> {
  const { limit, direction = "next", hasCursor } = request;
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  if (direction === "previous") items.reverse();
  const first = items[0];
  const last = items[items.length - 1];
  const forward = direction === "next" ? more : hasCursor;
  const backward = direction === "next" ? hasCursor : more;
  return {
    items,
    next: forward && last !== undefined ? encodeCursor(keyOf(last)) : null,
    previous: backward && first !== undefined ? encodeCursor(keyOf(first)) : null,
  };
}
