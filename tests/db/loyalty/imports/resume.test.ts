import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { csv, importWorld, type ImportWorld, videoLine } from "./support";

let world: ImportWorld;
beforeEach(async () => {
  world = await importWorld();
});
afterEach(() => world.drop());

// Two parts of ten thousand and a bit, so that a job can die between parts.
const many = (count: number, gmv: number, more: (n: number) => number = () => 0) =>
  csv(
    ...Array.from({ length: count }, (_, n) =>
      videoLine(`creator_${n % 40}`, n, { gmv: gmv + (n % 9) + more(n), units: 2 + (n % 3) }),
    ),
  );

describe("a job that is killed", () => {
  it("ends in the same state wherever it died", async () => {
    const first = many(21_000, 10);
    const second = many(21_000, 10, (n) => n % 2);
    const reference = await importWorld();
    await reference.importFile(first, { business_date: "2026-11-19" });
    await reference.importFile(second);
    const expected = await reference.figures();
    await reference.drop();

    world = await importWorld();
    const one = await world.newRun({ business_date: "2026-11-19" });
    await interrupted(one, first);
    await world.save(one);
    const two = await world.newRun();
    await interrupted(two, second);
    await world.save(two);
    expect(await world.figures()).toEqual(expected);

    /** Dies after the first part, then again after the second, then with every waiting row lost. */
    async function interrupted(id: string, text: string): Promise<void> {
      for (const parts of [1, 2]) {
        let seen = 0;
        const dying = async () => {
          const file = await world.fileOf(text)();
          return {
            ...file,
            open: async () => {
              const source = await file.open();
              return (async function* () {
                const kept = async () => {
                  const { rows } = await world.db.pool.query(
                    "select rows_read from public.loyalty_sync_runs where id = $1",
                    [id],
                  );
                  return (seen = Number(rows[0]?.rows_read ?? 0)) >= parts * 10_000;
                };
                for await (const chunk of source as AsyncIterable<Buffer>) {
                  if (parts === 1 && (await kept())) throw new Error("killed");
                  yield chunk;
                }
                while (!(await kept())) await new Promise((resolve) => setTimeout(resolve, 50));
                throw new Error("killed");
              })();
            },
          };
        };
        await expect(
          world.processRun(world.glow.id, id, world.context({ isLastAttempt: false }), dying),
        ).rejects.toThrow("killed");
        expect(await world.run(id)).toMatchObject({ state: "reading" });
        expect(seen).toBeGreaterThanOrEqual(parts * 10_000);
      }
      await world.db.pool.query("truncate private.loyalty_import_rows");
      await world.processRun(world.glow.id, id, world.context(), world.fileOf(text));
      expect(await world.run(id)).toMatchObject({ state: "checked", rows_read: "21000" });
    }
  }, 120_000);

  it("is followed by one that ends with the same rows, though it was shot in the middle of a part", async () => {
    const text = many(34_000, 10, (n) => n % 3);
    const folder = await mkdtemp(path.join(tmpdir(), "portico-import-"));
    const file = path.join(folder, "videos.csv");
    await writeFile(file, text);
    await world.importFile(many(21_000, 10), { business_date: "2026-11-19" });
    const told = async (id: string) =>
      (await world.rows(id)).map(({ run_id: _, video_id: __, video_at: ___, ...row }) => row);
    const whole = await world.check(text);
    const expected = await told(whole.id);
    expect(whole).toMatchObject({ rows_read: "34000" });
    expect(Number(whole["rows_unchanged"])).toBeGreaterThan(1000);

    const id = await world.newRun();
    const child = spawn(
      process.execPath,
      ["--import", "tsx", path.join(import.meta.dirname, "reading-process.ts"), world.glow.id, id, file],
      {
        env: {
          ...process.env,
          DATABASE_URL: world.db.url,
          TSX_TSCONFIG_PATH: path.resolve(import.meta.dirname, "../../../../tsconfig.scripts.json"),
        },
        stdio: "ignore",
      },
    );
    const gone = once(child, "exit");
    while (Number((await world.run(id))["rows_read"]) < 10_000) await wait(20);
    child.kill("SIGKILL");
    expect(await gone).toEqual([null, "SIGKILL"]);
    const left = await world.run(id);
    expect(left).toMatchObject({ state: "reading" });
    expect(Number(left["rows_read"])).toBeLessThan(34_000);

    await world.processRun(world.glow.id, id, world.context(), world.fileOf(text));
    await rm(folder, { recursive: true });
    const counts = [
      "rows_read",
      "rows_new",
      "rows_changed",
      "rows_unchanged",
      "rows_to_add",
      "file_sales",
      "sales_after",
    ];
    const read = await world.run(id);
    expect(Object.fromEntries(counts.map((name) => [name, read[name]]))).toEqual(
      Object.fromEntries(counts.map((name) => [name, whole[name]])),
    );
    expect(await told(id)).toEqual(expected);
  }, 120_000);

  it("writes nothing twice when saving and counting are run again", async () => {
    const saved = await world.importFile(many(50, 10));
    const before = await world.figures();
    for (const name of ["save_run", "count_run"]) {
      await world.db.pool.query(`select private.loyalty_${name}($1, $2)`, [world.glow.id, saved.id]);
    }
    await world.work(saved.id);
    expect(await world.figures()).toEqual(before);
  });

  it("carries on between saving the rows and deciding the tiers", async () => {
    const checked = await world.check(many(50, 900));
    await world.step("request_save", checked.id, true, false);
    await world.db.pool.query("select private.loyalty_save_run($1, $2)", [world.glow.id, checked.id]);
    expect(await world.run(checked.id)).toMatchObject({ state: "counting" });
    await world.work(checked.id);
    expect(await world.run(checked.id)).toMatchObject({ state: "saved" });
    expect((await world.figures()).creators[0]).toMatchObject({
      tier: expect.stringMatching(/Silver|Gold/) as string,
    });
  });
});

describe("two jobs at once", () => {
  it("save a run once", async () => {
    const checked = await world.check(many(200, 10));
    await world.step("request_save", checked.id, true, false);
    await Promise.all([1, 2, 3].map(() => world.work(checked.id)));
    expect(await world.run(checked.id)).toMatchObject({ state: "saved", creators_added: "40" });
    const { snapshots } = await world.figures();
    expect(snapshots.every((row) => row["gmv"] === row["gmv_delta"])).toBe(true);
  });

  it("never save two runs of one business together", async () => {
    const a = await world.check(many(20, 10));
    const b = await world.check(many(20, 11));
    await world.step("request_save", a.id, true, false);
    await expect(world.step("request_save", b.id, true, false)).rejects.toMatchObject({ code: "ST002" });
  });
});

describe("a person cancels", () => {
  it("while the file is being read, and nothing of it is left", async () => {
    const id = await world.newRun();
    const text = many(15_000, 10);
    const cancelling = async () => {
      const file = await world.fileOf(text)();
      return {
        ...file,
        open: async () => {
          const source = await file.open();
          return (async function* () {
            let chunks = 0;
            for await (const chunk of source as AsyncIterable<Buffer>) {
              chunks += 1;
              if (chunks === 3) await world.step("cancel_run", id);
              yield chunk;
            }
          })();
        },
      };
    };
    await world.processRun(world.glow.id, id, world.context(), cancelling);
    expect(await world.run(id)).toMatchObject({ state: "cancelled" });
    const { rows } = await world.db.pool.query("select count(*) as n from private.loyalty_import_rows");
    expect(rows[0]).toEqual({ n: "0" });
  });
});

describe("people without the permission", () => {
  it("may not touch a run, and people of another business cannot see that it is there", async () => {
    const checked = await world.check(many(5, 10));
    const tide = await world.business("tide");
    const support = await world.db.createUser("support@glow.test");
    await world.db.pool.query(
      `with p as (insert into public.people (client_id, user_id, display_name, claimed_at) values ($1, $2, 'Sam', now()) returning id)
       insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'support' from p`,
      [world.glow.id, support],
    );
    const attempt = (userId: string, call: string) =>
      world.db.asUser(userId, (sql) => sql.query(call, [world.glow.id, checked.id]));
    for (const call of [
      "request_save($1, $2, true, true)",
      "cancel_run($1, $2)",
      "request_undo($1, $2)",
      "retry_run($1, $2)",
    ]) {
      await expect(attempt(tide.userId, `select public.loyalty_${call}`)).rejects.toMatchObject({
        code: "TN001",
      });
      await expect(attempt(support, `select public.loyalty_${call}`)).rejects.toMatchObject({
        code: "PM001",
      });
    }
    for (const table of [
      "loyalty_sync_runs",
      "loyalty_sync_run_rows",
      "loyalty_sync_stages",
      "loyalty_sync_sources",
      "loyalty_import_mappings",
    ]) {
      for (const userId of [tide.userId, support]) {
        const { rowCount } = await world.db.asUser(userId, (sql) =>
          sql.query(`select 1 from public.${table} where client_id = $1`, [world.glow.id]),
        );
        expect(rowCount).toBe(0);
      }
    }
    await expect(
      world.db.asUser(world.glow.userId, (sql) =>
        sql.query("select * from public.loyalty_sync_source_secrets"),
      ),
    ).rejects.toMatchObject({ code: "42501" });
    expect(await world.run(checked.id)).toMatchObject({ state: "checked" });
  });

  it("are told the program is not there when it is off", async () => {
    const checked = await world.check(many(5, 10));
    await world.db.pool.query(
      "update public.client_programs set is_enabled = false where client_id = $1 and program = 'loyalty'",
      [world.glow.id],
    );
    await expect(world.step("cancel_run", checked.id)).rejects.toMatchObject({ code: "PM001" });
    const { rowCount } = await world.db.asUser(world.glow.userId, (sql) =>
      sql.query("select 1 from public.loyalty_sync_runs"),
    );
    expect(rowCount).toBe(0);
  });
});

describe("the states", () => {
  it("are the same in the code and in the database", async () => {
    const { runTransitions } = await import("@/lib/programs/loyalty/imports/run.states");
    const { rows } = await world.db.pool.query(
      `select from_state as "from", to_state as "to", permission from private.state_transitions where entity = 'loyalty_sync_runs'`,
    );
    const sorted = (list: readonly object[]) =>
      list.map((each) => JSON.stringify(each, ["from", "to", "permission"])).toSorted();
    expect(sorted(rows)).toEqual(sorted(runTransitions));
  });
});
