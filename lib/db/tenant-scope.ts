import "server-only";
import type { PostgrestQueryBuilder } from "@supabase/supabase-js";
import { AppError, forbidden } from "@/lib/kernel/errors";
import type { DbClient } from "./client";
import { fromDatabase, type DatabaseError } from "./sqlstate";
import type { Database } from "./types.generated";

export type ProgramId = "loyalty" | "launch" | "care" | "clinic" | "academy" | "portal";
type RoleId = string;

export interface ClientContext {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale: string;
  brandColor: string;
  logoUrl: string | null;
  programs: ProgramId[];
}

export interface Viewer {
  userId: string;
  email: string;
  sessionId: string | null;
  /** Null when the viewer has no place in this business: a public page read by a signed-in stranger. */
  personId: string | null;
  name: string;
  roles: RoleId[];
  permissions: ReadonlySet<string>;
  timeZone: string;
  locale: string;
}

type Schema = Database["public"];
type Tables = Schema["Tables"];
type Functions = Schema["Functions"];

/** Tables that carry `client_id`, and `clients` itself, whose own id is the client. */
type TenantTable = {
  [K in keyof Tables]: "client_id" extends keyof Tables[K]["Row"] ? K : K extends "clients" ? K : never;
}[keyof Tables] &
  string;
export type FunctionName = keyof Functions & string;
export type FunctionArgs<F extends FunctionName> = Functions[F]["Args"];
type FunctionReturns<F extends FunctionName> = Functions[F]["Returns"];

type Options = Database extends { __InternalSupabase: infer O extends { PostgrestVersion: string } }
  ? O
  : { PostgrestVersion: "12" };
type Builder<T extends TenantTable> = PostgrestQueryBuilder<
  Options,
  Schema,
  Tables[T],
  T,
  Tables[T]["Relationships"]
>;

/** `client_id` is filled in by the scope; writing it by hand is allowed only if it is the same one. */
type Stamped<Values> = Omit<Values, "client_id"> & { client_id?: string };

/** Every method is already narrowed to one business; what it returns is supabase-js's own builder. */
interface ScopedTable<T extends TenantTable> {
  select: Builder<T>["select"];
  insert(
    rows: Stamped<Tables[T]["Insert"]> | Stamped<Tables[T]["Insert"]>[],
  ): ReturnType<Builder<T>["insert"]>;
  upsert(
    rows: Stamped<Tables[T]["Insert"]> | Stamped<Tables[T]["Insert"]>[],
    options?: { onConflict?: string; ignoreDuplicates?: boolean },
  ): ReturnType<Builder<T>["upsert"]>;
  update(patch: Tables[T]["Update"]): ReturnType<Builder<T>["update"]>;
  remove(): ReturnType<Builder<T>["delete"]>;
}

export interface TenantScope {
  client: ClientContext;
  viewer: Viewer | null;
  requestId: string;
  accessToken: string | null;
  can(permission: string): boolean;
  table<T extends TenantTable>(name: T): ScopedTable<T>;
  rpc<F extends FunctionName>(name: F, args: FunctionArgs<F>): Promise<FunctionReturns<F>>;
}

interface ScopeParts {
  db: DbClient;
  client: ClientContext;
  viewer: Viewer | null;
  requestId: string;
  accessToken: string | null;
}

export function makeScope({ db, client, viewer, requestId, accessToken }: ScopeParts): TenantScope {
  return {
    client,
    viewer,
    requestId,
    accessToken,
    can: (permission) => viewer?.permissions.has(permission) ?? false,
    table: (name) => scopedTable(db, client.id, name),
    rpc: (name, args) => callFunction(db, name, args),
  };
}

/** What the untyped half of supabase-js's builder looks like; the typed half is `ScopedTable`. */
interface LooseBuilder {
  select(columns?: string, options?: unknown): LooseFilter;
  insert(rows: unknown): unknown;
  upsert(rows: unknown, options?: unknown): unknown;
  update(patch: unknown): LooseFilter;
  delete(): LooseFilter;
}
interface LooseFilter {
  eq(column: string, value: string): unknown;
}

function scopedTable<T extends TenantTable>(db: DbClient, clientId: string, name: T): ScopedTable<T> {
  const builder = () => (db as unknown as { from(name: string): LooseBuilder }).from(name);
  const isClients = name === "clients";
  const column = isClients ? "id" : "client_id";
  const stamp = (row: Record<string, unknown>) => {
    if (isClients) throw new TypeError("Businesses are not created inside a business.");
    if (row["client_id"] !== undefined && row["client_id"] !== clientId) {
      throw new TypeError(`A row for another business was written through the scope of ${clientId}.`);
    }
    return { ...row, client_id: clientId };
  };
  const stampAll = (rows: unknown) =>
    Array.isArray(rows)
      ? rows.map((row: Record<string, unknown>) => stamp(row))
      : stamp(rows as Record<string, unknown>);
  const methods = {
    select: (columns?: string, options?: unknown) => builder().select(columns, options).eq(column, clientId),
    insert: (rows: unknown) => builder().insert(stampAll(rows)),
    upsert: (rows: unknown, options?: unknown) => builder().upsert(stampAll(rows), options),
    update: (patch: Record<string, unknown>) => {
      if ("client_id" in patch) throw new TypeError("A row never moves to another business.");
      return builder().update(patch).eq(column, clientId);
    },
    remove: () => builder().delete().eq(column, clientId),
  };
  return methods as unknown as ScopedTable<T>;
}

export async function callFunction<F extends FunctionName>(
  db: DbClient,
  name: F,
  args: FunctionArgs<F>,
): Promise<FunctionReturns<F>> {
  const loose = db as unknown as {
    rpc(name: string, args: unknown): PromiseLike<{ data: unknown; error: DatabaseError | null }>;
  };
  const { data, error } = await loose.rpc(name, args);
  if (error) throw fromDatabase(error);
  return data as FunctionReturns<F>;
}

/** The second line of every operation. Row level security says the same again in the database. */
export function requirePermission(scope: TenantScope, permission: string): void {
  if (!scope.can(permission)) throw forbidden();
}

/** The signed-in person of this business; for operations that a stranger can never reach. */
export function requireViewer(scope: TenantScope): Viewer & { personId: string } {
  const viewer = scope.viewer;
  if (viewer?.personId == null) throw new AppError("UNAUTHENTICATED", 401, "Sign in to continue.");
  return viewer as Viewer & { personId: string };
}

interface Answer {
  data: unknown;
  error: DatabaseError | null;
}
type DataOf<A extends Answer> = A extends { error: null; data: infer T } ? T : never;

/** `{ data, error }` → data, or the AppError the database meant. */
export function unwrap<A extends Answer>(answer: A): DataOf<A> {
  if (answer.error) throw fromDatabase(answer.error);
  return answer.data as DataOf<A>;
}
