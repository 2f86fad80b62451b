import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Run, RunRow } from "@/lib/programs/loyalty/contract";
import { localEnv } from "../../../scripts/stack/config";
import { creatorFor, ownBusiness, type OwnBusiness } from "../../support/browser-business";
import { apiUrl, call, signIn, stackSql, type Answer, type SignedIn } from "../../support/stack";

let tide: OwnBusiness;
let other: OwnBusiness;
let owner: SignedIn;
let support: SignedIn;
let creator: SignedIn;
let stranger: SignedIn;
let colleague: SignedIn;

const header = "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold";
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const video = (id: number, gmv: string, handle = "ada.reef") =>
  `${handle},https://www.tiktok.com/@${handle}/video/${id},Video ${id},${day(9)},1200,90,4,${gmv},1.1%,10`;
const file = (...lines: string[]) => [header, ...lines].join("\n");

const imports = (slug: string) => `/api/${slug}/loyalty/imports`;
const run = (id: string, slug = tide.slug) => `/api/${slug}/loyalty/sync-runs/${id}`;
const tick = () =>
  call("/api/cron/jobs", { headers: { authorization: `Bearer ${localEnv()["CRON_SECRET"] ?? ""}` } });
const act = (id: string, verb: string, as: SignedIn | null = owner, body?: unknown) =>
  call<{ state: string }>(`${run(id)}/${verb}`, { method: "POST", as, ...(body ? { body } : {}) });

async function send(csv: string, as = owner, slug = tide.slug): Promise<string> {
  const body = Buffer.from(csv);
  const ticket = await call<{ fileId: string; uploadUrl: string; headers: Record<string, string> }>(
    `${imports(slug)}/uploads`,
    { as, body: { name: "videos.csv", bytes: body.length, contentType: "text/csv" } },
  );
  expect(ticket.status, ticket.text).toBe(200);
  const { uploadUrl, headers, fileId } = ticket.data;
  expect((await fetch(new URL(uploadUrl, apiUrl), { method: "PUT", headers, body })).status).toBe(200);
  return fileId;
}
const start = (fileId: string, as: SignedIn | null = owner, slug = tide.slug) =>
  call<{ id: string }>(imports(slug), { as, body: { fileId } });
const read = async (id: string) => (await call<Run>(run(id), { as: owner })).data;

/** The queue is worked by the scheduler's call, as on a host without a worker of its own. */
async function reaches(id: string, state: string): Promise<Run> {
  let last = "";
  for (let tries = 0; tries < 60; tries += 1) {
    expect((await tick()).status).toBe(200);
    const found = await read(id);
    if (found.state === state) return found;
    last = `${found.state} ${found.errorMessage ?? ""}`;
    await sleep(150);
  }
  throw new Error(`The import is ${last}, not ${state}.`);
}
async function checked(csv: string): Promise<Run> {
  const started = await start(await send(csv));
  expect(started.status).toBe(202);
  return reaches(started.data.id, "checked");
}
async function saved(csv: string): Promise<Run> {
  const { id } = await checked(csv);
  expect((await act(id, "save", owner, {})).status).toBe(200);
  return reaches(id, "saved");
}
const sales = async () =>
  Number(
    (
      await stackSql<{ sum: string }>(
        "select coalesce(sum(gmv), 0) as sum from public.loyalty_videos where client_id = $1",
        [tide.id],
      )
    )[0]?.sum,
  );
const fields = ({ error }: Answer) => (error?.details as { fields?: Record<string, string> })?.fields;

beforeAll(async () => {
  tide = await ownBusiness({ owner: "Wendy Tidewell", support: "Sam Quay", creator: "Ada Reef" });
  await creatorFor(tide, "ada.reef");
  other = await ownBusiness({ owner: "Otto Other" });
  [owner, support, creator, stranger, colleague] = (await Promise.all(
    [
      tide.email("owner"),
      tide.email("support"),
      tide.email("creator"),
      "owner@hearth.test",
      other.email("owner"),
    ].map((email) => signIn(email)),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn, SignedIn];
});

describe("a file's way from the browser to the figures and back", () => {
  it("is checked without a trace, saved once however often asked, and undone to the cent", async () => {
    const before = await sales();
    const first = await checked(
      file(
        video(1, "300.00"),
        video(2, '"$1,200.50"'),
        video(3, "12O.00"),
        video(4, "5.00", "new.face"),
        ",,,,,,,,,",
      ),
    );
    expect(first).toMatchObject({ rowsNew: 2, rowsRejected: 1, rowsBlank: 1, canUndo: false });
    expect(first).toMatchObject({ rowsUnmatched: 1, rowsToAdd: 1, creatorsToAdd: 1, creatorsAdded: 0 });
    expect(first.businessDate).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await sales()).toBe(before);

    const clicks = await Promise.all([
      act(first.id, "save", owner, {}),
      act(first.id, "save", owner, {}),
      act(first.id, "save", owner, {}),
    ]);
    expect(clicks.map(({ status }) => status)).toEqual([200, 200, 200]);
    const done = await reaches(first.id, "saved");
    expect(done).toMatchObject({ rowsNew: 2, creatorsAdded: 1, canUndo: true });
    expect(await sales()).toBe(before + 150_550);
    expect((await act(first.id, "save", owner, {})).data.state).toBe("saved");

    expect((await act(first.id, "undo")).data.state).toBe("undoing");
    await reaches(first.id, "undone");
    expect(await sales()).toBe(before);
    expect((await act(first.id, "save", owner, {})).status).toBe(409);
  });

  it("says of a workbook under the name of a CSV what to do, and of an empty file that it is empty", async () => {
    const { id } = (await start(await send("PK\u0003\u0004 and what else a workbook begins with"))).data;
    expect(await reaches(id, "failed")).toMatchObject({
      errorCode: "NOT_CSV",
      errorMessage: expect.stringContaining("Save as CSV") as string,
    });
    const none = await call(`${imports(tide.slug)}/uploads`, {
      as: owner,
      body: { name: "none.csv", bytes: 0, contentType: "text/csv" },
    });
    expect([none.status, fields(none)]).toEqual([422, { bytes: "This file is empty." }]);
  });

  it("shows rows by outcome, and gives the ones left out as text a spreadsheet does not run", async () => {
    const { id } = await checked(
      file(video(11, "10.00"), video(12, "=1+2"), video(13, '"=HYPERLINK(""http://x.test"",""a"")"')),
    );
    const rejected = await call<{ items: RunRow[] }>(`${run(id)}/rows?outcome=rejected`, { as: owner });
    expect(rejected.data.items).toMatchObject([
      { line: 3, columnName: "gmv", rawValue: "=1+2" },
      { line: 4, columnName: "gmv" },
    ]);
    const download = await call(`${run(id)}/set-aside`, { as: owner });
    expect(download.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(download.headers.get("content-disposition")).toContain("attachment");
    const lines = download.text.trim().split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain("'=1+2");
    expect(download.text).not.toMatch(/(^|[,"])=/m);
    expect((await act(id, "cancel")).data.state).toBe("cancelled");
  });

  it("does nothing for the same bytes a second time, and everything when asked again", async () => {
    const csv = file(video(21, "21.00"));
    const first = await saved(csv);
    const total = await sales();
    const again = await start(await send(csv));
    const skipped = await reaches(again.data.id, "skipped");
    expect(skipped.repeatsRunId).toBe(first.id);
    expect(await sales()).toBe(total);
    expect((await act(again.data.id, "retry")).data.state).toBe("queued");
    expect(await reaches(again.data.id, "checked")).toMatchObject({ rowsUnchanged: 1, rowsNew: 0 });
    await act(again.data.id, "cancel");
  });

  it("is not undone while a later one builds on it", async () => {
    const first = await saved(file(video(31, "31.00")));
    const second = await saved(file(video(31, "35.00")));
    expect((await read(first.id)).canUndo).toBe(false);
    const refused = await act(first.id, "undo");
    expect(refused.status).toBe(409);
    expect(refused.error?.message).toContain("later import");
    await act(second.id, "undo");
    await reaches(second.id, "undone");
    expect((await act(first.id, "undo")).status).toBe(200);
    await reaches(first.id, "undone");
  });

  it("ends whole, naming the columns, when the header has drifted", async () => {
    const csv = file(video(41, "41.00")).replace("video_url", "clip_ref").replace("gmv", "takings_total");
    const started = await start(await send(csv));
    const failed = await reaches(started.data.id, "failed");
    expect(failed.errorCode).toBe("HEADER_DRIFT");
    for (const name of ["clip_ref", "takings_total"]) {
      expect(`${failed.errorMessage} ${JSON.stringify(failed.errorDetails)}`).toContain(name);
    }
    expect((await act(started.data.id, "save", owner, {})).status).toBe(409);
  });

  it("stops for a person when totals fall by more than the limit", async () => {
    await saved(file(video(51, "9000.00")));
    const started = await start(await send(file(video(51, "9.00"))));
    const held = await reaches(started.data.id, "needs_confirmation");
    const refused = await act(held.id, "save", owner, {});
    expect([refused.status, fields(refused)?.["confirm"]]).toEqual([422, expect.any(String)]);
    expect((await act(held.id, "save", owner, { confirm: true })).status).toBe(200);
    await reaches(held.id, "saved");
  });
});

describe("what is not right", () => {
  it("is refused before anything is stored", async () => {
    const ask = (body: unknown) => call(`${imports(tide.slug)}/uploads`, { as: owner, body });
    expect((await ask({ name: "a.csv", bytes: 100_000_001 })).status).toBe(422);
    expect((await ask({ name: "", bytes: 10 })).status).toBe(422);
    expect((await ask({ name: "a.csv", bytes: -1 })).status).toBe(422);
    expect(fields(await ask({ bytes: 10 }))).toHaveProperty("name");
    expect((await start("nothing-like-an-id")).status).toBe(422);
    expect((await start("01900000-0000-7000-8000-000000000000")).status).toBe(404);
    expect((await call(run("nothing-like-an-id"), { as: owner })).status).toBe(404);
    const rows = await call(`${run("01900000-0000-7000-8000-000000000000")}/rows?outcome=odd`, { as: owner });
    expect(rows.status).toBe(422);
    expect((await call(`/api/${tide.slug}/loyalty/sync-runs?state=odd`, { as: owner })).status).toBe(422);
    expect((await call(`/api/${tide.slug}/loyalty/sync-runs?cursor=odd`, { as: owner })).status).toBe(422);
  });

  it("is said beside the column that was named twice or left out", async () => {
    const put = (columns: object) =>
      call(`${imports(tide.slug)}/mapping`, { method: "PUT", as: owner, body: { columns } });
    expect(fields(await put({ handle: null }))).toHaveProperty("columns.handle");
    expect(fields(await put({ gmv: "Total", views: "total" }))).toBeDefined();
    expect((await put({ gmv: "Takings", views: "Seen" })).status).toBe(200);
    const run = await checked(file(video(61, "61.00")).replace("gmv", "Takings").replace("views", "Seen"));
    expect(run).toMatchObject({ rowsNew: 1, rowsRejected: 0 });
    await act(run.id, "cancel");
    expect((await put({})).status).toBe(200);
  });
});

describe("somebody else", () => {
  it("finds no import, starts none and changes none", async () => {
    const { id } = await checked(file(video(71, "71.00")));
    const fileId = await send(file(video(72, "72.00")));
    const calls = (as: SignedIn | null): Promise<Answer>[] => [
      call(`${imports(tide.slug)}/uploads`, { as, body: { name: "a.csv", bytes: 10 } }),
      start(fileId, as),
      call(`${imports(tide.slug)}/mapping`, { as }),
      call(`${imports(tide.slug)}/mapping`, { method: "PUT", as, body: { columns: {} } }),
      call(`/api/${tide.slug}/loyalty/sync-runs`, { as }),
      call(run(id), { as }),
      call(`${run(id)}/rows`, { as }),
      call(`${run(id)}/set-aside`, { as }),
      act(id, "save", as, {}),
      act(id, "cancel", as),
      act(id, "undo", as),
      act(id, "retry", as),
      call(`/api/${tide.slug}/loyalty/sync-sources`, { as }),
      call(`/api/${tide.slug}/loyalty/sync-sources`, { method: "PUT", as, body: { kind: "upload" } }),
      call(`/api/${tide.slug}/loyalty/sync-sources/run`, { method: "POST", as }),
    ];
    for (const [as, status] of [
      [creator, 403],
      [support, 403],
      [stranger, 404],
      [null, 401],
    ] as const) {
      const answers = await Promise.all(calls(as));
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
      for (const { text } of answers) expect(text).not.toContain("videos.csv");
    }
    expect((await read(id)).state).toBe("checked");
    await act(id, "cancel");
  });

  it("cannot reach a run or a file through a business of her own", async () => {
    const fileId = await send(file(video(81, "81.00")));
    const { id } = await checked(file(video(82, "82.00")));
    expect((await start(fileId, colleague, other.slug)).status).toBe(404);
    expect((await call(run(id, other.slug), { as: colleague })).status).toBe(404);
    expect((await call(`${run(id, other.slug)}/set-aside`, { as: colleague })).status).toBe(404);
    for (const verb of ["save", "cancel", "undo", "retry"]) {
      const body = verb === "save" ? { body: {} } : {};
      const answer = await call(`${run(id, other.slug)}/${verb}`, { method: "POST", as: colleague, ...body });
      expect([verb, answer.status]).toEqual([verb, 404]);
    }
    expect(
      (await call<{ items: unknown[] }>(`${run(id, other.slug)}/rows`, { as: colleague })).data?.items ?? [],
    ).toEqual([]);
    await act(id, "cancel");
  });

  it("finds nothing here when the program is off, not even the owner", async () => {
    const closed = await ownBusiness({ owner: "Cora Closed" }, ["portal"]);
    const cora = await signIn(closed.email("owner"));
    const base = `/api/${closed.slug}/loyalty`;
    for (const answer of await Promise.all([
      call(`${base}/sync-runs`, { as: cora }),
      call(`${base}/imports/uploads`, { as: cora, body: { name: "a.csv", bytes: 10 } }),
      call(`${base}/imports/mapping`, { as: cora }),
      call(`${base}/sync-sources`, { as: cora }),
      call(`${base}/sync-sources/run`, { as: cora, method: "POST" }),
    ])) {
      expect(answer.status).toBe(404);
    }
  });
});
