import type { PoolClient } from "pg";
import type { Fn } from "../../architecture/catalogue";
import type { TestDatabase } from "../database";
import type { Business, Position } from "./businesses";
import { as, type Persona } from "./sweep";
import type { About } from "./values";

export interface Outcome {
  /** SQLSTATE, empty when the call came back. */
  code: string;
  message: string;
  rows: unknown[];
  /** Businesses in which the call left a row changed, whatever it answered. */
  touched: string[];
}

/** What an argument of this name points at in the business the call is about. */
const targets: Record<string, string> = {
  p_person: "public.people",
  p_invitation: "public.invitations",
  p_tier: "public.loyalty_tiers",
  p_redemption: "public.loyalty_redemptions",
  p_reward: "public.loyalty_rewards",
  p_account: "public.loyalty_payout_accounts",
  p_batch: "public.loyalty_payout_batches",
  p_payout: "public.loyalty_payouts",
  p_run: "public.loyalty_sync_runs",
  p_file: "public.core_files",
  p_claim: "public.loyalty_handle_claims",
  p_adjustment: "public.loyalty_adjustments",
  p_video: "public.loyalty_videos",
  p_decision: "public.loyalty_tier_decisions",
  p_mission: "public.loyalty_missions",
  p_raffle: "public.loyalty_missions",
  p_entry: "public.loyalty_raffle_entries",
  p_suppression: "public.core_email_suppressions",
};
/** `p_id` means the row the function is about; its room says which. */
const byRoom: Record<string, string> = {
  email: "public.core_emails",
  files: "public.core_files",
  jobs: "public.core_dead_jobs",
  notifications: "public.core_notifications",
};

/** Arguments that would work for the business's own owner: its own rows, and words of the right kind. */
export async function argumentsFor(
  db: TestDatabase,
  fn: Pick<Fn, "name" | "inputs">,
  business: Business,
  about: Position = "creator",
): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const { name, type } of fn.inputs)
    given[name] = await argument(db, fn.name, name, type, { business, member: business.members[about] });
  return given;
}

async function argument(
  db: TestDatabase,
  fn: string,
  name: string,
  type: string,
  { business, member }: About,
): Promise<unknown> {
  if (name === "p_client") return business.id;
  if (name === "p_slug") return null;
  if (name === "p_person") return member.personId;
  if (name === "p_creator") {
    const { rows } = await db.pool.query<{ id: string }>(
      "select id from public.loyalty_creators where person_id = $1",
      [member.personId],
    );
    return rows[0]?.id ?? null;
  }
  if (type === "uuid") {
    const target = targets[name] ?? byRoom[fn.split("_")[0] ?? ""];
    if (target === undefined) return null;
    const { rows } = await db.pool.query<{ id: string }>(
      `select id from ${target} where client_id = $1 order by 1 limit 1`,
      [business.id],
    );
    return rows[0]?.id ?? null;
  }
  switch (type) {
    case "text":
      return words[name] ?? "planted";
    case "jsonb":
      return "{}";
    case "integer":
    case "bigint":
      return 5;
    case "boolean":
      return true;
    case "date":
      return "2026-11-02";
    default:
      return null;
  }
}

const words: Record<string, string> = {
  p_role: "creator",
  p_state: "active",
  p_kind: "upload",
  p_email: "planted@elsewhere.test",
  p_search: "a",
  p_handle: "planted",
  p_reason: "A reason long enough.",
  p_type: "people.joined",
  p_purpose: "loyalty-import",
  p_sort: "sales",
  p_direction: "desc",
};

export async function callAs(
  db: TestDatabase,
  persona: Persona,
  fn: Pick<Fn, "schema" | "name">,
  given: Record<string, unknown>,
): Promise<Outcome> {
  const names = Object.keys(given);
  const call = `select * from ${fn.schema}.${fn.name}(${names.map((name, at) => `${name} => $${at + 1}`).join(", ")})`;
  return as(db, persona, async (client) => {
    const { rows } = await client.query({ text: call, values: Object.values(given), rowMode: "array" });
    return { code: "", message: "", rows: rows as unknown[], touched: await touchedBusinesses(client) };
  }).catch((error: Error & { code?: string }) => ({
    code: error.code ?? "?",
    message: error.message,
    rows: [],
    touched: [],
  }));
}

/** Businesses of every row that this transaction has written so far. */
export async function touchedBusinesses(client: PoolClient): Promise<string[]> {
  await client.query("reset role");
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_catalog.pg_class c
     join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'client_id'
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r'`,
  );
  const { rows } = await client.query<{ id: string }>(
    tables
      .map(({ name }) => `select client_id as id from ${name} where xmin = pg_current_xact_id()::xid`)
      .join(" union "),
  );
  return rows.map(({ id }) => id);
}
