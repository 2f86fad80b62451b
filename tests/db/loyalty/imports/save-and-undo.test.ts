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

const first = csv(
  videoLine("mira", 1, { gmv: "$1,200.50", units: 12 }),
  videoLine("mira", 2),
  videoLine("noor", 3, { gmv: 20 }),
);

describe("the check", () => {
  it("counts five outcomes and saves nothing", async () => {
    await world.importFile(first);
    const before = await world.figures();
    const checked = await world.check(
      csv(
        videoLine("mira", 1, { gmv: "1300", units: 13 }),
        videoLine("mira", 2),
        videoLine("noor", 4),
        videoLine("nobody", 5),
        videoLine("noor", 6, { date: "31/11/2026" }),
        ",,,,,,,,,",
      ),
    );
    expect(checked).toMatchObject({
      state: "checked",
      rows_read: "6",
      rows_changed: "1",
      rows_unchanged: "1",
      rows_new: "1",
      rows_unmatched: "1",
      rows_rejected: "1",
      rows_blank: "1",
      rows_to_add: "1",
      creators_to_add: "1",
    });
    expect(await world.figures()).toEqual(before);
    expect((await world.rows(checked.id)).map((row) => [row.line, row.outcome, row.reason])).toEqual([
      ["2", "changed", null],
      ["4", "new", null],
      ["5", "unmatched", "handleUnseen"],
      ["6", "rejected", "dateImpossible"],
    ]);
  });

  it("keeps the later of two rows for one video and says where the earlier one stood", async () => {
    const checked = await world.check(
      csv(videoLine("mira", 1, { gmv: 5 }), videoLine("mira", 2), videoLine("mira", 1, { gmv: 7 })),
    );
    expect(checked).toMatchObject({ rows_duplicate: "1", rows_to_add: "2" });
    expect((await world.rows(checked.id)).find((row) => row.outcome === "duplicate")).toMatchObject({
      line: "2",
      raw_value: "4",
    });
    await world.save(checked.id);
    expect((await world.figures()).videos.map((video) => video["gmv"])).toEqual(["700", "1000"]);
  });

  it("fails with the names of the columns when the header drifted", async () => {
    const failed = await world.check(
      "handle,link,posted,plays count,gmv\nmira,https://a.co/1,2026-11-01,3,4\n",
    );
    expect(failed).toMatchObject({ state: "failed", error_code: "HEADER_DRIFT" });
    expect(failed["error_message"]).toContain("units_sold");
    expect(await world.figures()).toMatchObject({ videos: [] });
  });
});

describe("saving", () => {
  it("adds unseen handles as people without a login in the entry tier", async () => {
    const saved = await world.importFile(first);
    expect(saved).toMatchObject({ state: "saved", creators_added: "2", rows_unmatched: "3" });
    const { creators, videos, snapshots } = await world.figures();
    expect(creators).toEqual([
      {
        handle_key: "mira",
        total_sales: "121050",
        total_units: "13",
        period_sales: "121050",
        tier: "Bronze",
      },
      { handle_key: "noor", total_sales: "2000", total_units: "1", period_sales: "2000", tier: "Bronze" },
    ]);
    expect(videos).toHaveLength(3);
    expect(snapshots).toHaveLength(3);
    const { rows } = await world.db.pool.query(
      `select p.user_id, pr.role_id from public.people p join public.loyalty_creators c on c.person_id = p.id
         join public.person_roles pr on pr.person_id = p.id`,
    );
    expect(rows).toEqual([
      { user_id: null, role_id: "creator" },
      { user_id: null, role_id: "creator" },
    ]);
  });

  it("leaves unseen handles out when asked to", async () => {
    const checked = await world.check(first);
    expect(await world.save(checked.id, false)).toMatchObject({ state: "saved", creators_added: "0" });
    expect((await world.figures()).videos).toEqual([]);
  });

  it("does nothing for the same file twice, and says which run saved it", async () => {
    const saved = await world.importFile(first);
    const before = await world.figures();
    const again = await world.check(first);
    expect(again).toMatchObject({ state: "skipped", repeats_run_id: saved.id });
    expect(await world.figures()).toEqual(before);
    await world.step("retry_run", again.id);
    await world.processRun(world.glow.id, again.id, world.context(), world.fileOf(first));
    expect(await world.run(again.id)).toMatchObject({
      state: "checked",
      rows_unchanged: "3",
      is_repeat: true,
    });
  });

  it("writes differences of one night to one snapshot, and an old video's history to the day it was posted", async () => {
    await world.importFile(
      csv(videoLine("mira", 1, { gmv: 10 }), videoLine("mira", 9, { gmv: 500, date: "2026-03-02" })),
      { business_date: "2026-11-19" },
    );
    await world.importFile(csv(videoLine("mira", 1, { gmv: 15 })));
    await world.importFile(
      csv(videoLine("mira", 1, { gmv: 25 }), videoLine("mira", 9, { gmv: 510, date: "2026-03-02" })),
    );
    expect(
      (await world.figures()).snapshots.map((row) => [
        row["business_date"],
        row["gmv"],
        row["gmv_delta"],
        row["is_opening"],
      ]),
    ).toEqual([
      ["2026-11-19", "1000", "1000", false],
      ["2026-11-20", "2500", "1500", false],
      ["2026-03-02", "50000", "50000", true],
      ["2026-11-20", "51000", "1000", false],
    ]);
    expect((await world.figures()).creators[0]).toMatchObject({ total_sales: "53500", period_sales: "3500" });
  });

  it("follows an alias, sets an archived creator's rows aside and asks about a known video under a new handle", async () => {
    await world.importFile(first);
    await world.db.pool.query(
      `insert into public.loyalty_handle_aliases (client_id, handle_key, creator_id)
       select client_id, 'mira.two', id from public.loyalty_creators where handle_key = 'mira'`,
    );
    await world.db.pool.query(
      "update public.loyalty_creators set state = 'archived' where handle_key = 'noor'",
    );
    const checked = await world.check(
      csv(
        videoLine("mira.two", 1, { gmv: 9999, units: 12 }),
        videoLine("noor", 3, { gmv: 30 }),
        videoLine("renamed", 2, { gmv: 44 }),
        videoLine("renamed", 8),
      ),
    );
    expect((await world.rows(checked.id)).map((row) => [row.outcome, row.reason])).toEqual([
      ["changed", null],
      ["unmatched", "creatorArchived"],
      ["unmatched", "handleChanged"],
      ["unmatched", "handleChanged"],
    ]);
    await world.save(checked.id);
    expect((await world.figures()).videos).toMatchObject([
      { gmv: "999900", handle_key: "mira" },
      { gmv: "1000" },
      { gmv: "2000" },
    ]);
  });

  it("stops a file whose totals fall by more than the limit until a person confirms", async () => {
    await world.importFile(first);
    const stopped = await world.check(
      csv(videoLine("mira", 1, { gmv: 1, units: 1 }), videoLine("noor", 3, { gmv: 20 })),
    );
    expect(stopped).toMatchObject({ state: "needs_confirmation" });
    await expect(world.step("request_save", stopped.id, true, false)).rejects.toMatchObject({
      code: "VA001",
    });
    expect(await world.save(stopped.id, true, true)).toMatchObject({ state: "saved" });
  });

  it("looks again when another run was saved between check and save", async () => {
    await world.importFile(first);
    const early = await world.check(csv(videoLine("mira", 1, { gmv: 1500, units: 15 })));
    await world.importFile(csv(videoLine("mira", 1, { gmv: 1400, units: 14 })));
    await world.step("request_save", early.id, true, false);
    await world.processRun(
      world.glow.id,
      early.id,
      world.context(),
      world.fileOf(csv(videoLine("mira", 1, { gmv: 1500, units: 15 }))),
    );
    expect(await world.run(early.id)).toMatchObject({ state: "checked" });
    expect((await world.rows(early.id))[0]).toMatchObject({ gmv_before: "140000", gmv: "150000" });
    await world.save(early.id);
    expect((await world.figures()).creators[0]).toMatchObject({ total_sales: "151000" });
  });
});

describe("undo", () => {
  it("puts every video, snapshot, creator and tier back as it was", async () => {
    await world.importFile(first, { business_date: "2026-11-19" });
    const saved = await world.importFile(
      csv(videoLine("mira", 1, { gmv: 1250.5, units: 13, title: "New title" })),
      { business_date: "2026-11-20" },
    );
    expect(saved).toMatchObject({ state: "saved" });
    const before = await world.figures();
    const big = await world.importFile(
      csv(
        videoLine("mira", 1, { gmv: 90000, units: 900 }),
        videoLine("noor", 7, { gmv: 3 }),
        videoLine("zoe", 8),
      ),
    );
    expect((await world.figures()).creators).toMatchObject([
      { tier: "Gold" },
      { tier: "Bronze" },
      { handle_key: "zoe" },
    ]);
    expect(await world.undo(big.id)).toMatchObject({ state: "undone" });
    expect(await world.figures()).toEqual(before);
    const { rows } = await world.db.pool.query(
      "select state from public.loyalty_creators where handle_key = 'zoe'",
    );
    expect(rows).toEqual([{ state: "archived" }]);
  });

  it("is refused once a later run was saved", async () => {
    const one = await world.importFile(first);
    await world.importFile(csv(videoLine("mira", 1, { gmv: 1300, units: 13 })));
    await expect(world.step("request_undo", one.id)).rejects.toMatchObject({ code: "ST002" });
  });

  it("lets a mended file bring the same creators back", async () => {
    const one = await world.importFile(first);
    await world.undo(one.id);
    expect(await world.figures()).toMatchObject({ videos: [], creators: [] });
    expect(await world.importFile(first)).toMatchObject({ state: "saved", creators_added: "2" });
    expect((await world.figures()).creators).toMatchObject([
      { handle_key: "mira", total_sales: "121050" },
      { handle_key: "noor" },
    ]);
  });
});
