import type { Log } from "@/lib/kernel/log";
import type { z } from "zod";

/** Every job belongs to one business, so a failed one can be shown to the people who can act on it. */
export interface JobPayload {
  clientId: string;
}

export interface JobContext {
  log: Log;
  /** Aborted when the time given to the drain is over: save what is done and return or throw. */
  signal: AbortSignal;
  attempt: number;
  /** No retry follows this attempt. */
  isLastAttempt: boolean;
  /** When the drain must be back; null in the long-running worker. */
  deadline: Date | null;
}

export interface JobDefinition<P extends JobPayload> {
  id: string;
  /** Ids only: payloads are kept with dead jobs and read by staff. */
  schema: z.ZodType<P>;
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. */
  queue?: (payload: P) => string;
  run: (payload: P, context: JobContext) => Promise<void>;
}

/** A job whose payload type is no longer known, as the registry keeps it. */
export interface AnyJob {
  id: string;
  start: (payload: unknown, context: JobContext) => Promise<void>;
}

export type Job<P extends JobPayload> = JobDefinition<P> & AnyJob;

/**
 * Declare a job. `start` checks the payload first: a payload written by an older release, or by hand,
 * fails here with the names of the wrong fields instead of halfway through the work.
 */
export function defineJob<P extends JobPayload>(definition: JobDefinition<P>): Job<P> {
  return {
    ...definition,
    async start(payload, context) {
      const parsed = definition.schema.safeParse(payload);
      if (!parsed.success) {
        const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "(payload)");
        throw new Error(`${definition.id}: the payload is not valid at ${fields.join(", ")}`);
      }
      await definition.run(parsed.data, context);
    },
  };
}

/** Task name → loader. Loaded when the first job of its kind comes, so a cron tick stays light. */
export type JobRegistry = Readonly<Record<string, () => Promise<AnyJob>>>;
