import { z } from "zod";

/** The `[client]` part of a path. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
  .meta({ description: "The business's address", example: "glow" });
