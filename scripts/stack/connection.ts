import "./flags";
import { AsyncLocalStorage } from "node:async_hooks";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { type Kysely, sql } from "kysely";

type Connection = ReturnType<typeof createPostgresConnection>;

interface Vars {
  auth?: { role?: string; uid?: unknown; jwt?: Record<string, unknown> };
  storage?: { operation?: unknown };
}
interface Rpc {
  method: string;
  path: string;
}
/** What the embedded API keeps to itself, and where it departs from PostgREST. */
interface Internals {
  rlsState: "unknown" | "active";
  applyJwtSessionContext(db: Kysely<unknown>, vars: Vars): Promise<void>;
  applyRpcRequestGucs(db: Kysely<unknown>, rpc: Rpc): Promise<void>;
  normalizeDbError(error: unknown): unknown;
}

/** The headers of the request being served. */
export const requestHeaders = new AsyncLocalStorage<Record<string, string>>();

/**
 * The embedded API's connection, made to behave like PostgREST in four ways that matter here:
 * - it would grant every right on every table with row security to anon, authenticated and service_role, which
 *   undoes the grants of the migrations; told that this is done, it leaves them alone;
 * - it passes `request.headers` to function calls only; triggers read the request id from there on table writes too.
 * - it writes objects as JSON text, which the driver would write once more: a jsonb would hold a string.
 * - it passes on only the SQLSTATEs it knows; the ones our own functions raise would arrive as "SUP" with status 500.
 * The settings go out in one statement instead of six.
 */
export function openConnection(url: string, max: number): Connection {
  const connection = createPostgresConnection({
    url,
    postgresOptions: {
      max,
      onnotice: () => {},
      connection: { application_name: "portico-api" },
      types: { json: jsonType(114), jsonb: jsonType(3802) },
    },
  });
  const internals = connection as unknown as Internals;
  internals.rlsState = "active";
  internals.applyJwtSessionContext = async (db, vars) => {
    const role = vars.auth?.role || "anon";
    const uid = String(vars.auth?.uid ?? "");
    const claims = JSON.stringify(vars.auth?.jwt ?? { role });
    const headers = JSON.stringify(requestHeaders.getStore() ?? {});
    await sql`select set_config('request.jwt.claim.sub', ${uid}, true),
      set_config('request.jwt.claim.role', ${role}, true),
      set_config('request.jwt.claims', ${claims}, true),
      set_config('request.headers', ${headers}, true),
      set_config('storage.operation', ${String(vars.storage?.operation ?? "")}, true),
      set_config('role', ${role}, true)`.execute(db);
  };
  internals.applyRpcRequestGucs = async (db, rpc) => {
    await sql`select set_config('response.status', '', true), set_config('response.headers', '', true),
      set_config('request.method', ${rpc.method}, true), set_config('request.path', ${rpc.path}, true)`.execute(
      db,
    );
  };
  const normalize = internals.normalizeDbError.bind(connection);
  internals.normalizeDbError = (error) => asRaised(normalize(error));
  return connection;
}

interface Raised {
  code?: unknown;
  message?: string;
  detail?: string;
  hint?: string;
}

/** Rewritten in the one form the API passes on unread: what a function says with `raise sqlstate 'PGRST'`. */
function asRaised(error: unknown): unknown {
  const { code, message, detail, hint } = (error ?? {}) as Raised;
  if (typeof code !== "string" || !/^((PM|TN|ST|QT|VA)\d{3}|23514|23P01|40001|40P01|P0001)$/.test(code))
    return error;
  return Object.assign(new Error(message), {
    code: "PGRST",
    message: JSON.stringify({ code, message, details: detail ?? null, hint: hint ?? null }),
    detail: JSON.stringify({ status: 400, headers: {} }),
  });
}

/** Text that is an object or a list already is JSON; any other value still has to become it. */
function jsonType(oid: number) {
  return {
    to: oid,
    from: [oid],
    serialize: (value: unknown) =>
      typeof value === "string" && /^\s*[[{]/.test(value) && isJson(value) ? value : JSON.stringify(value),
    parse: (text: string): unknown => JSON.parse(text),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
