import "server-only";
import { env } from "@/lib/kernel/env";
import { unauthenticated } from "@/lib/kernel/errors";
import { equalSecrets } from "@/lib/kernel/ids";
import { log as rootLog, type Log } from "@/lib/kernel/log";
import { apiHeaders, failureBody, jsonResponse } from "./envelope";
import { requestIdOf } from "./request-id";

/** A handler that only the scheduler may call: `Authorization: Bearer CRON_SECRET`. */
export function cron(
  name: string,
  run: (context: { log: Log; requestId: string; request: Request }) => Promise<unknown>,
): ((request: Request) => Promise<Response>) & { cron: string } {
  const serve = async (request: Request): Promise<Response> => {
    const startedAt = performance.now();
    const requestId = requestIdOf(request.headers);
    const headers = new Headers({ ...apiHeaders, "x-request-id": requestId });
    const log = rootLog.child({ requestId, cron: name });
    try {
      const given = request.headers.get("authorization") ?? "";
      if (!equalSecrets(given, `Bearer ${env.cronSecret}`))
        throw unauthenticated("The cron secret is missing or wrong.");
      const data = await run({ log, requestId, request });
      log.info({ ms: Math.round(performance.now() - startedAt) }, "cron ran");
      return jsonResponse({ success: true, data: data ?? null }, { status: 200, headers });
    } catch (error) {
      const { status, body } = failureBody(error, requestId);
      if (status >= 500) log.error({ err: error }, "cron failed");
      return jsonResponse(body, { status, headers });
    }
  };
  return Object.assign(serve, { cron: name });
}
