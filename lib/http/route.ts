import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import type { RequestContext } from "@/lib/db/read-context";
import type { TenantScope, Viewer } from "@/lib/db/tenant-scope";
import { isAppError, unauthenticated } from "@/lib/kernel/errors";
import { log as rootLog, type Log } from "@/lib/kernel/log";
import { admit } from "./access";
import { authenticate, type Caller } from "./authenticate";
import { readJson } from "./body";
import { clientIp } from "./client-ip";
import type { DefinedHandler, RouteDefinition } from "./definition";
import { apiHeaders, failureBody, jsonResponse } from "./envelope";
import { defaultLimit } from "./limits";
import { once } from "./once";
import { assertSameOrigin } from "./origin";
import { takeLimits, takeSubjectLimit } from "./rate-limit";
import { requestIdOf } from "./request-id";
import { queryObject, validate, validateParams } from "./validate";

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

interface RouteInput<P, Q, B> {
  /** Present exactly when the path has a `[client]`. */
  scope: P extends { client: string } ? TenantScope : null;
  viewer: Viewer | null;
  /** All that was read to admit the caller; null where nobody had to be known. */
  context: RequestContext | null;
  params: P;
  query: Q;
  body: B;
  request: NextRequest;
  requestId: string;
  ip: string;
  caller: Caller | null;
  log: Log;
  /** Headers of the answer, for the rare handler that adds one. */
  headers: Headers;
}

interface RouteOptions<
  P extends z.ZodObject | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | "file",
> extends Omit<RouteDefinition, "params" | "query" | "body" | "response"> {
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** What a signed-out caller acts on (the e-mail typed into sign-in), counted apart from the address. */
  limitKey?: (input: { body: Out<B>; params: Out<P> }) => string | null;
}

type RouteHandler = ((
  request: NextRequest,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>) &
  DefinedHandler;

type Result<R> = R extends z.ZodType ? z.input<R> | Response : Response;

/** The one way to write an API route. The order of its steps is the order in which a request may fail. */
export function route<
  R extends z.ZodType | "file",
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  options: RouteOptions<P, Q, B, R>,
  handle: (input: RouteInput<Out<P>, Out<Q>, Out<B>>) => Promise<Result<R>> | Result<R>,
): RouteHandler {
  const serve = async (
    request: NextRequest,
    { params: given }: { params: Promise<Record<string, string | string[] | undefined>> },
  ): Promise<Response> => {
    const startedAt = performance.now();
    const requestId = requestIdOf(request.headers);
    const headers = new Headers({ ...apiHeaders, "x-request-id": requestId });
    const path = request.nextUrl.pathname;
    let caller: Caller | null = null;
    const log = rootLog.child({ requestId });
    const finish = (response: Response, err?: unknown): Response => {
      const ms = Math.round(performance.now() - startedAt);
      const line = { requestId, route: options.summary, method: request.method, status: response.status, ms };
      const who = caller ? { userId: caller.userId } : {};
      if (response.status >= 500) rootLog.error({ ...line, ...who, err }, "request failed");
      else rootLog.info({ ...line, ...who }, "request");
      return response;
    };
    try {
      const params = validateParams(options.params, await given) as Out<P>;
      const slug = (params as { client?: string } | undefined)?.client ?? null;
      const ip = clientIp(request.headers);
      if (!request.headers.has("authorization")) {
        assertSameOrigin({
          method: request.method,
          headers: request.headers,
          cookieNames: request.cookies.getAll().map((cookie) => cookie.name),
        });
      }
      let tokenError: unknown = null;
      caller = await authenticate(request.headers, (name) => request.cookies.get(name)?.value).catch(
        (error: unknown) => {
          tokenError = error;
          return null;
        },
      );
      // Counted before anybody is turned away, so that guessing tokens is limited too.
      const policy = options.limit ?? defaultLimit(request.method);
      const limited = await takeLimits({ policy, ip, userId: caller?.userId ?? null });
      setAll(headers, limited.headers);
      if (tokenError !== null) throw tokenError;
      if (options.access !== "public" && !caller) throw unauthenticated();
      const admitted = await admit(options.access, { slug, caller, requestId });
      const query = (
        options.query
          ? validate(options.query, queryObject(request.nextUrl.searchParams), "the address")
          : undefined
      ) as Out<Q>;
      const body = (
        options.body
          ? validate(options.body, await readJson(request, options.bodyLimit), "what you sent")
          : undefined
      ) as Out<B>;
      const subject = options.limitKey?.({ body, params }) ?? null;
      if (subject !== null) setAll(headers, (await takeSubjectLimit({ policy, ip, subject })).headers);
      const input = {
        scope: admitted.scope,
        viewer: admitted.viewer,
        context: admitted.context,
        params,
        query,
        body,
        request,
        requestId,
        ip,
        caller,
        log,
        headers,
      } as RouteInput<Out<P>, Out<Q>, Out<B>>;
      if (!options.once) return finish(await answer(await handle(input), options, headers));
      const outcome = await once(
        {
          key: request.headers.get("idempotency-key"),
          owner: `${slug ?? "-"} ${caller?.userId ?? ip}`,
          method: request.method,
          path,
          body: { body, query },
        },
        () => capture(async () => answer(await handle(input), options, new Headers()), requestId),
      );
      if (outcome.isReplay) headers.set("Idempotency-Replayed", "true");
      return finish(jsonResponse(outcome.body, { status: outcome.status, headers }));
    } catch (error) {
      const { status, body } = failureBody(error, requestId);
      if (isAppError(error)) setAll(headers, (error as { headers?: Record<string, string> }).headers ?? {});
      return finish(jsonResponse(body, { status, headers }), error);
    }
  };
  return Object.assign(serve, { definition: options as unknown as RouteDefinition });
}

async function answer(
  result: unknown,
  options: { response: z.ZodType | "file"; status?: number },
  headers: Headers,
): Promise<Response> {
  if (result instanceof Response) {
    for (const [name, value] of headers) if (!result.headers.has(name)) result.headers.set(name, value);
    return result;
  }
  // Parsed on the way out as well: a field that is not in the contract does not leave the house.
  const data = options.response === "file" ? null : await options.response.parseAsync(result ?? null);
  return jsonResponse({ success: true, data }, { status: options.status ?? 200, headers });
}

/** A refusal is an answer too: a retry with the same key must meet the same one. */
async function capture(
  run: () => Promise<Response>,
  requestId: string,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await run();
    return { status: response.status, body: (await response.json()) as unknown };
  } catch (error) {
    if (isAppError(error) && error.status < 500) return failureBody(error, requestId);
    throw error;
  }
}

function setAll(headers: Headers, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
}
