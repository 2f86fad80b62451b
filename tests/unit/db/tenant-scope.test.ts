import { describe, expect, it } from "vitest";
import {
  makeScope,
  requirePermission,
  requireViewer,
  unwrap,
  type ClientContext,
  type Viewer,
} from "@/lib/db/tenant-scope";
import type { DbClient } from "@/lib/db/client";

const own = "11111111-1111-4111-8111-111111111111";
const other = "22222222-2222-4222-8222-222222222222";

/** Writes down what would be sent. */
function recorder() {
  const calls: [string, ...unknown[]][] = [];
  const chain: Record<string, (...args: unknown[]) => unknown> = {};
  for (const name of ["select", "insert", "upsert", "update", "delete", "eq"]) {
    chain[name] = (...args) => {
      calls.push([name, ...args]);
      return chain;
    };
  }
  const db = {
    from: (table: string) => {
      calls.push(["from", table]);
      return chain;
    },
    rpc: (name: string) =>
      Promise.resolve(
        name === "fails"
          ? { data: null, error: { code: "PM001", message: "No." } }
          : { data: 7, error: null },
      ),
  };
  return { calls, db: db as unknown as DbClient };
}

function scopeWith(db: DbClient, viewer: Partial<Viewer> | null = null) {
  return makeScope({
    db,
    client: { id: own } as ClientContext,
    viewer: viewer as Viewer | null,
    requestId: "r",
    accessToken: null,
  });
}

describe("a scope", () => {
  it("reads, changes and removes only what belongs to its business", () => {
    const { calls, db } = recorder();
    const table = scopeWith(db).table("people");
    table.select("id");
    table.update({ display_name: "Mira" });
    table.remove();
    expect(calls).toEqual([
      ["from", "people"],
      ["select", "id", undefined],
      ["eq", "client_id", own],
      ["from", "people"],
      ["update", { display_name: "Mira" }],
      ["eq", "client_id", own],
      ["from", "people"],
      ["delete"],
      ["eq", "client_id", own],
    ]);
  });

  it("stamps what it writes, one row or many", () => {
    const { calls, db } = recorder();
    const table = scopeWith(db).table("people") as unknown as {
      insert(rows: unknown): unknown;
      upsert(rows: unknown): unknown;
    };
    table.insert({ display_name: "A" });
    table.upsert([{ display_name: "A" }, { display_name: "B", client_id: own }]);
    expect(calls.filter(([name]) => name !== "from")).toEqual([
      ["insert", { display_name: "A", client_id: own }],
      [
        "upsert",
        [
          { display_name: "A", client_id: own },
          { display_name: "B", client_id: own },
        ],
        undefined,
      ],
    ]);
  });

  it("refuses a row of another business and a row that would move", () => {
    const { calls, db } = recorder();
    const table = scopeWith(db).table("people") as unknown as {
      insert(rows: unknown): unknown;
      update(patch: unknown): unknown;
    };
    expect(() => table.insert({ client_id: other })).toThrow(/another business/);
    expect(() => table.insert([{ client_id: own }, { client_id: other }])).toThrow(/another business/);
    expect(() => table.update({ client_id: other })).toThrow(/never moves/);
    expect(calls.filter(([name]) => name === "insert" || name === "update")).toEqual([]);
  });

  it("knows the business's own row by its id and makes no second one", () => {
    const { calls, db } = recorder();
    const table = scopeWith(db).table("clients") as unknown as {
      select(columns: string): unknown;
      insert(rows: unknown): unknown;
    };
    table.select("name");
    expect(calls.at(-1)).toEqual(["eq", "id", own]);
    expect(() => table.insert({ name: "x" })).toThrow();
  });

  it("holds the permissions of its viewer, none for a stranger", () => {
    const { db } = recorder();
    const person = scopeWith(db, { permissions: new Set(["a.b.c"]) });
    expect([person.can("a.b.c"), person.can("a.b.d"), scopeWith(db).can("a.b.c")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(() => requirePermission(person, "a.b.d")).toThrow(expect.objectContaining({ status: 403 }));
    expect(() => requireViewer(scopeWith(db, { personId: null }))).toThrow(
      expect.objectContaining({ status: 401 }),
    );
  });

  it("turns a function's refusal into ours, and an answer into its data", async () => {
    const { db } = recorder();
    const scope = scopeWith(db) as unknown as { rpc(name: string, args: object): Promise<unknown> };
    expect(await scope.rpc("works", {})).toBe(7);
    await expect(scope.rpc("fails", {})).rejects.toMatchObject({ status: 403, message: "No." });
    expect(unwrap({ data: [1], error: null })).toEqual([1]);
    expect(() => unwrap({ data: null, error: { code: "PGRST116", message: "x" } })).toThrow(
      expect.objectContaining({ status: 404 }),
    );
  });
});
