import "server-only";
import { z } from "zod";
import { systemClient } from "./system";
import { callFunction, type FunctionArgs, type FunctionName } from "./tenant-scope";

/** The HTTP layer's own bookkeeping. It happens before anybody is known, so the server's key is used. */
const call = async <F extends FunctionName>(name: F, args: FunctionArgs<F>): Promise<unknown> =>
  callFunction(systemClient(), name, args);

const windowSchema = z.object({
  success: z.boolean(),
  limit: z.number(),
  remaining: z.number(),
  /** Milliseconds since 1970. */
  reset: z.number(),
});
export type WindowState = z.infer<typeof windowSchema>;

export async function takeRateLimit(key: string, limit: number, windowSeconds: number): Promise<WindowState> {
  return windowSchema.parse(
    await call("core_take_rate_limit", { p_key: key, p_limit: limit, p_window_seconds: windowSeconds }),
  );
}

const onceSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["started", "mismatch", "in_flight"]) }),
  z.object({ outcome: z.literal("replay"), status: z.number(), body: z.unknown() }),
]);
type OnceOutcome = z.infer<typeof onceSchema>;

export async function beginOnce(scope: string, key: string, hash: string): Promise<OnceOutcome> {
  return onceSchema.parse(await call("core_begin_once", { p_scope: scope, p_key: key, p_hash: hash }));
}

export async function finishOnce(scope: string, key: string, status: number, body: unknown): Promise<void> {
  await call("core_finish_once", { p_scope: scope, p_key: key, p_status: status, p_body: body as never });
}

export async function releaseOnce(scope: string, key: string): Promise<void> {
  await call("core_release_once", { p_scope: scope, p_key: key });
}
