import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { csv, importWorld, type ImportWorld, videoLine } from "./support";

let world: ImportWorld;
const worlds: ImportWorld[] = [];

beforeEach(async () => {
  world = await importWorld();
  worlds.push(world);
});
afterAll(async () => {
  for (const each of worlds) await each.drop();
});

const one = csv(videoLine("mira", 1), videoLine("mira", 2), videoLine("noor", 3));
const two = csv(
  videoLine("mira", 1, { gmv: 11 }),
  videoLine("mira", 2, { gmv: 12 }),
  videoLine("noor", 3, { gmv: 13 }),
);
const query = async (text: string) =>
  (await world.db.pool.query(text, [world.glow.id])).rows as Record<string, unknown>[];
const askSave = (id: string) => world.step("request_save", id, true, false);
const saveRun = (id: string) =>
  world.db.pool.query<{ result: string }>("select private.loyalty_save_run($1, $2) as result", [
    world.glow.id,
    id,
  ]);
const creator = async (handle: string) =>
  (
    await world.db.pool.query<{ id: string }>(
      "select id from public.loyalty_creators where client_id = $1 and handle_key = $2",
      [world.glow.id, handle],
    )
  ).rows[0]!.id;
const rename = (id: string, handle: string) =>
  world.db.asUser(world.glow.userId, (sql) =>
    sql.query("select public.loyalty_rename_creator($1, $2, $3)", [world.glow.id, id, handle]),
  );
/** Snapshots that do not say of their video what the video says of itself. */
const astray = () =>
  query(
    `select s.video_id from public.loyalty_video_snapshots s left join public.loyalty_videos v on v.id = s.video_id
      where s.client_id = $1 and (v.id is null or v.client_id <> s.client_id or v.creator_id <> s.creator_id)`,
  );

describe("a save", () => {
  it("refuses a file one of whose videos is gone, and writes nothing of it", async () => {
    await world.importFile(one);
    const checked = await world.check(two);
    await askSave(checked.id);
    await query(
      `with gone as (delete from public.loyalty_videos where client_id = $1 and url_key like '%70002' returning id)
       delete from public.loyalty_video_snapshots s using gone where s.video_id = gone.id`,
    );
    const before = await world.figures();
    await expect(saveRun(checked.id)).rejects.toMatchObject({ code: "ST002" });
    expect(await world.figures()).toEqual(before);
    expect(await world.run(checked.id)).toMatchObject({ state: "saving", applied_at: null });
  });

  it("finds a video that lies elsewhere on disk since the check, and writes its night for whoever owns it now", async () => {
    await world.importFile(one, { business_date: "2026-11-19" });
    const checked = await world.check(two);
    await query(
      `update public.loyalty_videos v set creator_id = c.id from public.loyalty_creators c
        where v.client_id = $1 and v.url_key like '%70002' and c.client_id = $1 and c.handle_key = 'noor'`,
    );
    await world.db.pool.query("vacuum public.loyalty_videos");
    expect(await world.save(checked.id)).toMatchObject({ state: "saved", rows_changed: "3" });
    expect(
      await query("select gmv from public.loyalty_videos where client_id = $1 order by url_key"),
    ).toEqual([{ gmv: "1100" }, { gmv: "1200" }, { gmv: "1300" }]);
    const { rows } = await world.db.pool.query(
      `select c.handle_key, sum(s.gmv_delta) as gmv from public.loyalty_video_snapshots s
         join public.loyalty_creators c on c.id = s.creator_id where s.run_id = $1 group by 1 order by 1`,
      [checked.id],
    );
    expect(rows).toEqual([
      { handle_key: "mira", gmv: "100" },
      { handle_key: "noor", gmv: "500" },
    ]);
  });

  it("compares the file again when two creators became one since it was read", async () => {
    await world.importFile(one, { business_date: "2026-11-19" });
    const text = csv(videoLine("noor", 3, { gmv: 13 }), videoLine("noor", 4), videoLine("mira", 2));
    const checked = await world.check(text);
    await rename(await creator("mira"), "noor");
    await askSave(checked.id);
    expect((await saveRun(checked.id)).rows[0]).toEqual({ result: "stale" });
    await world.processRun(world.glow.id, checked.id, world.context(), world.fileOf(text));
    expect(await world.run(checked.id)).toMatchObject({ state: "checked", rows_new: "1", rows_changed: "1" });
    expect(await world.save(checked.id)).toMatchObject({ state: "saved" });
    expect(await astray()).toEqual([]);
    expect((await world.figures()).creators).toMatchObject([{ handle_key: "noor", total_sales: "4300" }]);
    await world.undo(checked.id);
    expect((await world.figures()).creators).toMatchObject([{ handle_key: "noor", total_sales: "3000" }]);
  });

  it("counts the right creator again when two became one between a save and its undo", async () => {
    await world.importFile(one, { business_date: "2026-11-19" });
    const saved = await world.importFile(two);
    await rename(await creator("mira"), "noor");
    await world.undo(saved.id);
    expect(await astray()).toEqual([]);
    expect((await world.figures()).creators).toMatchObject([{ handle_key: "noor", total_sales: "3000" }]);
  });

  it("compares the file again when a creator with new videos was archived, or another run was saved while it was read", async () => {
    await world.importFile(one, { business_date: "2026-11-19" });
    const checked = await world.check(csv(videoLine("noor", 9)));
    await query(
      "update public.loyalty_creators set state = 'archived' where client_id = $1 and handle_key = 'noor'",
    );
    await askSave(checked.id);
    expect((await saveRun(checked.id)).rows[0]).toEqual({ result: "stale" });
    await query(
      "update public.loyalty_creators set state = 'active' where client_id = $1 and handle_key = 'noor'",
    );
    await query(
      `update public.loyalty_sync_runs set applied_at = now() where client_id = $1 and state = 'saved'`,
    );
    await world.db.pool.query(
      "update public.loyalty_sync_runs set started_at = now() - interval '1 minute', checked_at = now() + interval '1 minute' where id = $1",
      [checked.id],
    );
    expect((await saveRun(checked.id)).rows[0]).toEqual({ result: "stale" });
  });
});

describe("a file that names a video twice", () => {
  it("keeps the later row, whether either of them changes anything", async () => {
    await world.importFile(one, { business_date: "2026-11-19" });
    const checked = await world.check(
      csv(
        videoLine("mira", 1),
        videoLine("mira", 1, { gmv: 15 }),
        videoLine("mira", 2, { gmv: 16 }),
        videoLine("mira", 2),
        videoLine("noor", 3),
        videoLine("noor", 3),
        videoLine("zoe", 8),
        videoLine("zoe", 8, { gmv: 17 }),
      ),
    );
    expect(checked).toMatchObject({
      rows_duplicate: "4",
      rows_changed: "1",
      rows_unchanged: "2",
      rows_to_add: "1",
      file_sales: "5200",
      sales_before: "3000",
      sales_after: "3500",
    });
    const told = (await world.rows(checked.id)).map((row) => [
      row.line,
      row.outcome,
      row["raw_value"],
      row["handle"],
    ]);
    expect(told).toEqual([
      ["2", "duplicate", "3", "mira"],
      ["3", "changed", null, null],
      ["4", "duplicate", "5", "mira"],
      ["6", "duplicate", "7", "noor"],
      ["8", "duplicate", "9", "zoe"],
      ["9", "unmatched", "zoe", "zoe"],
    ]);
    await world.save(checked.id);
    expect((await world.figures()).videos.map((video) => video["gmv"])).toEqual([
      "1500",
      "1000",
      "1000",
      "1700",
    ]);
    expect(await astray()).toEqual([]);
  });
});

describe("a file that was found to be no text before its run was made", () => {
  it("makes a run all the same, whose page says why nothing can be read", async () => {
    const { AppError } = await import("@/lib/kernel/errors");
    const { id: client, userId } = world.glow;
    const file = (
      await world.db.pool.query<{ id: string }>(
        `insert into public.core_files (client_id, purpose, name, content_type, bytes)
         values ($1, 'loyalty-import', 'videos.csv', 'text/csv', 10) returning id`,
        [client],
      )
    ).rows[0]!.id;
    const move = (set: string) =>
      world.db.pool.query(`update public.core_files set ${set} where client_id = $1 and id = $2`, [
        client,
        file,
      ]);
    const make = () =>
      world.db.asUser(userId, async (sql) => {
        const made = await sql.query("select public.loyalty_create_run($1, $2, true) as id", [client, file]);
        return made.rows[0].id as string;
      });
    await expect(make()).rejects.toMatchObject({ code: "ST001" });
    await move("state = 'quarantine', completed_at = now()");
    await move("state = 'rejected', rejected_reason = 'type', checked_at = now()");
    const run = await make();
    const refused = () => Promise.reject(new AppError("NOT_CSV", 422, "This is not a CSV file."));
    await world.processRun(client, run, world.context(), refused);
    expect(await world.run(run)).toMatchObject({ state: "failed", error_code: "NOT_CSV" });
  });
});
