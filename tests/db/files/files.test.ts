import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fileTransitions } from "@/lib/core/files/contract";
import { jobsWorld, type JobsWorld } from "../jobs/world";

let world: JobsWorld;
type Person = Awaited<ReturnType<JobsWorld["person"]>>;
let owner: Person;

const begin = (
  person: Person,
  more: { client?: string; purpose?: string; bytes?: number; name?: string } = {},
) =>
  world.db.asUser(person.userId, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select public.files_create_upload($1, $2, $3, 'text/csv', $4) as id",
      [
        more.client ?? world.glow,
        more.purpose ?? "loyalty-import",
        more.name ?? "export.csv",
        more.bytes ?? 1000,
      ],
    );
    return rows[0]!.id;
  });
const complete = (person: Person, id: string, client = world.glow) =>
  world.db.asUser(person.userId, (sql) =>
    sql.query("select public.files_complete_upload($1, $2)", [client, id]),
  );
const state = async (id: string) =>
  (await world.one<{ state: string }>("select state from public.core_files where id = $1", [id])).state;
const settle = (id: string, to: string, reason: string | null, scan: string | null) =>
  world.db.pool.query("select private.settle_file($1, $2, $3, $4, 'text/plain', $5, 1000)", [
    world.glow,
    id,
    to,
    reason,
    scan,
  ]);

beforeAll(async () => {
  world = await jobsWorld();
  owner = await world.person(world.glow, "owner");
});
beforeEach(() => world.db.pool.query("delete from graphile_worker._private_jobs"));
afterAll(() => world.end());

describe("beginning an upload", () => {
  it("is for those who hold the purpose's permission, here", async () => {
    const [creator, stranger] = [
      await world.person(world.glow, "creator"),
      await world.person(world.tide, "owner"),
    ];
    expect(await state(await begin(owner))).toBe("pending");
    await expect(begin(creator)).rejects.toMatchObject({ code: "PM001" });
    await expect(begin(stranger)).rejects.toMatchObject({ code: "TN001" });
    await expect(
      world.db.asAnon((client) =>
        client.query("select public.files_create_upload($1, 'loyalty-import', 'a', 'b/c', 1)", [world.glow]),
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });

  it("answers as if nothing were here while the program is off", async () => {
    const tideOwner = await world.person(world.tide, "owner");
    await world.db.pool.query(
      "update public.client_programs set is_enabled = false where client_id = $1 and program = 'loyalty'",
      [world.tide],
    );
    await expect(begin(tideOwner, { client: world.tide })).rejects.toMatchObject({ code: "TN002" });
    await world.db.pool.query(
      "update public.client_programs set is_enabled = true where client_id = $1 and program = 'loyalty'",
      [world.tide],
    );
  });

  it("refuses what is too large, empty, of no known purpose or named like a path", async () => {
    await expect(begin(owner, { bytes: 100_000_001 })).rejects.toMatchObject({
      code: "VA001",
      message: "This file is larger than 100 MB.",
    });
    await expect(begin(owner, { bytes: 0 })).rejects.toMatchObject({ code: "VA001" });
    await expect(begin(owner, { purpose: "anything" })).rejects.toMatchObject({ code: "VA001" });
    await expect(begin(owner, { name: "../../etc/passwd" })).rejects.toMatchObject({ code: "23514" });
  });

  it("stops at fifty unfinished ones an hour", async () => {
    const eager = await world.person(world.glow, "admin");
    for (let n = 0; n < 50; n += 1) await begin(eager);
    await expect(begin(eager)).rejects.toMatchObject({ code: "QT001" });
  });
});

describe("completing an upload", () => {
  it("is for who began it, once or twice, and queues one check", async () => {
    const manager = await world.person(world.glow, "manager");
    const id = await begin(owner);
    await expect(complete(manager, id)).rejects.toMatchObject({ code: "TN001" });
    await Promise.all([complete(owner, id), complete(owner, id), complete(owner, id)]);
    expect(await state(id)).toBe("quarantine");
    expect(await world.waiting("files.check-file")).toBe(1);
  });

  it("does not bring a rejected or removed file back", async () => {
    const id = await begin(owner);
    await complete(owner, id);
    await settle(id, "rejected", "type", null);
    await expect(complete(owner, id)).rejects.toMatchObject({ code: "ST001" });
  });
});

describe("the outcome of the check", () => {
  it("counts once, and is told to the outbox", async () => {
    const id = await begin(owner);
    await complete(owner, id);
    await settle(id, "clean", null, "not_scanned");
    await settle(id, "rejected", "infected", "infected");
    expect(await state(id)).toBe("clean");
    const events = await world.db.pool.query(
      "select name, payload from public.core_events where payload ->> 'fileId' = $1",
      [id],
    );
    expect(events.rows).toEqual([{ name: "files.clean", payload: { fileId: id } }]);
  });

  it("can never be clean and infected", async () => {
    const id = await begin(owner);
    await complete(owner, id);
    await expect(settle(id, "clean", null, "infected")).rejects.toMatchObject({ code: "23514" });
  });

  it("cannot be written by a person", async () => {
    const id = await begin(owner);
    const forged = world.db.asUser(owner.userId, (client) =>
      client.query("update public.core_files set state = 'clean' where id = $1", [id]),
    );
    await expect(forged).rejects.toMatchObject({ code: "42501" });
    const called = world.db.asUser(owner.userId, (client) =>
      client.query("select private.settle_file($1, $2, 'clean', null, 'text/plain', 'clean', 1)", [
        world.glow,
        id,
      ]),
    );
    await expect(called).rejects.toMatchObject({ code: "42501" });
  });
});

describe("states", () => {
  it("are the same in the contract and in the database", async () => {
    const { rows } = await world.db.pool.query(
      'select from_state as "from", to_state as "to", permission from private.state_transitions where entity = $1',
      ["core_files"],
    );
    const text = (list: readonly object[]) => list.map((row) => JSON.stringify(row)).sort();
    expect(
      text(
        rows.map(({ from, to, permission }: { from: string; to: string; permission: string }) => ({
          from,
          to,
          permission,
        })),
      ),
    ).toEqual(text(fileTransitions));
  });

  it("queue a clean-up only for what is old enough", async () => {
    const id = await begin(owner);
    const queue = async () =>
      (await world.one<{ n: number }>("select private.queue_file_housekeeping() as n")).n;
    expect(await queue()).toBe(0);
    await world.db.pool.query("alter table public.core_files disable trigger user");
    await world.db.pool.query(
      "update public.core_files set created_at = now() - interval '25 hours' where id = $1",
      [id],
    );
    await world.db.pool.query("alter table public.core_files enable trigger user");
    expect(await queue()).toBe(1);
    expect(await world.waiting("files.remove-orphans")).toBe(1);
  });
});
