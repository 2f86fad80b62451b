import "server-only";
import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import type { z } from "zod";
import { readContext, type RequestContext } from "@/lib/db/read-context";
import type { TenantScope, Viewer } from "@/lib/db/tenant-scope";
import { isAppError } from "@/lib/kernel/errors";
import { setReaderFormats } from "@/lib/kernel/i18n";
import { decide, type Access } from "./access";
import { authenticate, type Caller } from "./authenticate";
import { pathHeader } from "./forwarded";
import { clientIp } from "./client-ip";
import { memoryCounter } from "./memory-counter";
import { signInPath } from "./next-path";
import { takeLimits } from "./rate-limit";
import { requestIdOf } from "./request-id";
import { isViewedPath, viewCookieName } from "./view-cookie";
import { withoutBadQuery } from "./without-bad-query";

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

interface PageOptions<P extends z.ZodType | undefined, Q extends z.ZodType | undefined> {
  access: Access;
  params?: P;
  /** Bad values in an address fall back to the schema's defaults instead of an error page. */
  query?: Q;
}

interface PageInput<P, Q> {
  scope: P extends { client: string } ? TenantScope : null;
  viewer: Viewer | null;
  params: P;
  query: Q;
  context: RequestContext;
}

interface PageProps {
  params: Promise<Record<string, string | string[] | undefined>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const pageCounter = memoryCounter();

/** Layout, page and metadata of one request share one call to the database. */
const contextOf = cache(async (slug: string | null): Promise<RequestContext> => {
  const [head, caller] = await Promise.all([headers(), currentCaller()]);
  // Nobody, nowhere: the database has nothing to say to that.
  if (slug === null && !caller)
    return {
      user: null,
      viewer: null,
      scope: null,
      unread: 0,
      mailBlocked: null,
      businesses: [],
      view: null,
    };
  const context = await readContext({
    slug,
    accessToken: caller?.accessToken ?? null,
    sessionId: caller?.sessionId ?? null,
    requestId: requestIdOf(head),
    viewId: await viewIdOf(slug, head.get(pathHeader) ?? ""),
  });
  const { timeZone, locale } = context.viewer ?? context.scope?.client ?? {};
  if (timeZone && locale) setReaderFormats({ timeZone, locale });
  return context;
});

/** Pages of the member app alone are seen through another's eyes; the admin and one's own settings never are. */
async function viewIdOf(slug: string | null, path: string): Promise<string | undefined> {
  if (slug === null || !isViewedPath(slug, path)) return undefined;
  return (await cookies()).get(viewCookieName)?.value;
}

const currentCaller = cache(async (): Promise<Caller | null> => {
  const store = await cookies();
  return authenticate(new Headers(), (name) => store.get(name)?.value);
});

/** For the words: how this reader writes dates. Nobody is signed in, nothing to look up. */
export async function knowReader(slug: string): Promise<void> {
  if (await currentCaller()) await contextOf(slug);
}

/** For layouts: who is here and where. It admits nobody; every page below still decides for itself. */
export async function readShell(slug: string | null): Promise<RequestContext> {
  return contextOf(slug);
}

export function page<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
>(
  options: PageOptions<P, Q>,
  render: (input: PageInput<Out<P>, Out<Q>>) => Promise<ReactNode> | ReactNode,
): (props: PageProps) => Promise<ReactNode> {
  return async function Page({ params: givenParams, searchParams }: PageProps) {
    const [rawParams, rawQuery, head] = await Promise.all([givenParams, searchParams, headers()]);
    const params = options.params?.safeParse(rawParams);
    if (params && !params.success) notFound();
    const query = options.query ? readQuery(options.query, rawQuery) : undefined;
    const slug = (params?.data as { client?: string } | undefined)?.client ?? null;
    const caller = await currentCaller();
    await takeLimits({ policy: "page", ip: clientIp(head), userId: caller?.userId ?? null }, pageCounter);
    const context = await contextOf(slug);
    refuse(() => decide(options.access, slug, context), head.get(pathHeader) ?? "/");
    const input = {
      scope: context.scope,
      viewer: context.viewer,
      params: params?.data,
      query,
      context,
    } as PageInput<Out<P>, Out<Q>>;
    try {
      return await render(input);
    } catch (error) {
      // What an operation refuses reads the same as what the wrapper refuses.
      if (!isAppError(error)) throw error;
      const path = head.get(pathHeader) ?? "/";
      const beginning = error.status === 422 ? withoutBadQuery(path, error.code) : null;
      if (beginning !== null) redirect(beginning);
      refuse(() => raise(error), path);
      throw error;
    }
  };
}

function refuse(check: () => void, path: string): void {
  try {
    check();
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.status === 401) redirect(signInPath(path));
    if (error.status === 404) notFound();
    if (error.status === 403) forbidden();
    throw error;
  }
}

function raise(error: Error): never {
  throw error;
}

function readQuery(schema: z.ZodType, raw: Record<string, string | string[] | undefined>): unknown {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const bad = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  const kept = Object.fromEntries(Object.entries(raw).filter(([key]) => !bad.has(key)));
  const again = schema.safeParse(kept);
  if (!again.success) notFound();
  return again.data;
}
