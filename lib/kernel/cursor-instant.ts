import { z } from "zod";
import { parseTimestamp } from "./time";

/**
 * The instant in a cursor, as Postgres writes it. It becomes part of a filter's text, so nothing else may stand in it:
 * a quote or a bracket would be read as the filter's own.
 */
export const cursorInstant = z
  .string()
  .max(40)
  .regex(/^[0-9T:+. Z-]+$/)
  .refine((text) => {
    try {
      parseTimestamp(text);
      return true;
    } catch {
      return false;
    }
  });
