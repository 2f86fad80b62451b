import { z } from "zod";

/** A job that spent every attempt is kept until a person sends it round again. */
const deadJobStates = ["dead", "retried"] as const;

const deadJobSchema = z.object({
  id: z.uuid(),
  task: z.string(),
  state: z.enum(deadJobStates),
  attempts: z.number().int(),
  error: z.string().nullable(),
  queuedAt: z.string(),
  diedAt: z.string(),
  retriedAt: z.string().nullable(),
});

export type DeadJob = z.infer<typeof deadJobSchema>;

export const deadJobTransitions = [
  { from: null, to: "dead", permission: null },
  { from: "dead", to: "retried", permission: null },
] as const;

export const deadJobListQuerySchema = z.object({
  cursor: z.string().max(400).optional(),
  direction: z.enum(["next", "previous"]).optional(),
  state: z.enum(deadJobStates).optional(),
});
export type DeadJobListQuery = z.infer<typeof deadJobListQuerySchema>;

export const deadJobPageSchema = z.object({
  items: z.array(deadJobSchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
