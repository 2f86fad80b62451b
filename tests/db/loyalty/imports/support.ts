import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { expect } from "vitest";
import { testEnv } from "../../../../scripts/stack/config";
import { freshDatabase, type TestDatabase } from "../../../support/database";

/** Lib reads its database from the environment at first use, so the test names one before any import of it. */
export async function importWorld() {
  const db = await freshDatabase();
  Object.assign(process.env, testEnv(), { DATABASE_URL: db.url });
  const { resetEnv } = await import("@/lib/kernel/env");
  resetEnv();
  const { closeSql } = await import("@/lib/db/direct");
  await closeSql();
  const { processRun } = await import("@/lib/programs/loyalty/imports/process-run");
  const { log } = await import("@/lib/kernel/log");

  const business = async (slug: string) => {
    const client = (
      await db.pool.query<{ id: string }>(
        "select private.create_client($1, $2, array['loyalty'], 'America/New_York', 'USD', '#b3265f') as id",
        [slug, `Business ${slug}`],
      )
    ).rows[0]!.id;
    const userId = await db.createUser(`owner@${slug}.test`);
    const person = (
      await db.pool.query<{ id: string }>(
        "insert into public.people (client_id, user_id, display_name, claimed_at) values ($1, $2, 'Owner', now()) returning id",
        [client, userId],
      )
    ).rows[0]!.id;
    await db.pool.query(
      "insert into public.person_roles (client_id, person_id, role_id) values ($1, $2, 'owner')",
      [client, person],
    );
    return { id: client, userId, person };
  };
  const glow = await business("glow");

  const context = (more: object = {}) => ({
    log: log.child({ test: "imports" }),
    signal: new AbortController().signal,
    attempt: 1,
    isLastAttempt: true,
    deadline: null,
    ...more,
  });
  const fileOf =
    (text: string | Buffer, chunk = 64 * 1024) =>
    async () => ({
      open: async () => Readable.from(chunks(Buffer.from(text as string), chunk)),
      close: async () => undefined,
    });
  const newRun = async (more: Record<string, unknown> = {}, client = glow.id) => {
    const columns = {
      client_id: client,
      source: "upload",
      business_date: "2026-11-20",
      file_name: "videos.csv",
      ...more,
    };
    const names = Object.keys(columns);
    const made = await db.pool.query<{ id: string }>(
      `insert into public.loyalty_sync_runs (${names.join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")}) returning id`,
      Object.values(columns),
    );
    return made.rows[0]!.id;
  };
  const run = async (id: string, client = glow.id) =>
    (
      await db.pool.query(
        `select *, business_date::text as business_date from public.loyalty_sync_runs where client_id = $1 and id = $2`,
        [client, id],
      )
    ).rows[0] as Run;
  const check = async (text: string | Buffer, more: Record<string, unknown> = {}, client = glow.id) => {
    const id = await newRun(more, client);
    await processRun(client, id, context(), fileOf(text));
    return run(id, client);
  };
  const step = (name: string, id: string, ...args: unknown[]) =>
    db.asUser(glow.userId, async (sql) => {
      const places = args.map((_, at) => `, $${at + 3}`).join("");
      return (
        await sql.query(`select public.loyalty_${name}($1, $2${places}) as state`, [glow.id, id, ...args])
      ).rows[0] as { state: string };
    });
  const work = (id: string, client = glow.id) => processRun(client, id, context(), fileOf(""));
  const save = async (id: string, creates = true, confirm = false) => {
    await step("request_save", id, creates, confirm);
    await work(id);
    return run(id);
  };
  const importFile = async (text: string | Buffer, more: Record<string, unknown> = {}) => {
    const checked = await check(text, more);
    expect(checked).toMatchObject({ state: "checked" });
    return save(checked.id);
  };
  const undo = async (id: string) => {
    await step("request_undo", id);
    await work(id);
    return run(id);
  };
  const rows = async (id: string) =>
    (await db.pool.query("select * from public.loyalty_sync_run_rows where run_id = $1 order by line", [id]))
      .rows as RunRow[];
  /** Everything an import may touch, without what names a run or a moment of the run itself. */
  const figures = async (client = glow.id) => {
    const read = async (text: string) =>
      (await db.pool.query(text, [client])).rows as Record<string, unknown>[];
    return {
      videos: await read(
        `select v.url_key, v.title, v.url, v.posted_on::text, v.views, v.likes, v.comments, v.gmv, v.units, v.ctr_bp, v.first_seen_on::text, c.handle_key
           from public.loyalty_videos v join public.loyalty_creators c on c.id = v.creator_id where v.client_id = $1 order by v.url_key`,
      ),
      snapshots: await read(
        `select v.url_key, s.business_date::text, s.views, s.gmv, s.units, s.views_delta, s.gmv_delta, s.units_delta, s.is_opening
           from public.loyalty_video_snapshots s join public.loyalty_videos v on v.id = s.video_id where s.client_id = $1 order by 1, 2`,
      ),
      creators: await read(
        `select c.handle_key, c.total_sales, c.total_units, c.period_sales, t.name as tier from public.loyalty_creators c
           join public.loyalty_tiers t on t.id = c.tier_id where c.client_id = $1 and c.state = 'active' order by 1`,
      ),
    };
  };
  return {
    db,
    glow,
    business,
    context,
    fileOf,
    newRun,
    run,
    check,
    step,
    work,
    save,
    importFile,
    undo,
    rows,
    figures,
    processRun,
    drop: async () => {
      await closeSql();
      await db.drop();
    },
  };
}

export type ImportWorld = Awaited<ReturnType<typeof importWorld>> & { db: TestDatabase };
export interface Run extends Record<string, unknown> {
  id: string;
  state: string;
  rows_new: string;
}
export interface RunRow extends Record<string, unknown> {
  line: string;
  outcome: string;
  reason: string | null;
}

export const header = "handle,video_url,video_title,post_date,views,likes,comments,gmv,ctr,units_sold";

/** A row of an everyday export; figures default to small ones. */
export function videoLine(
  handle: string,
  video: number | string,
  more: Partial<
    Record<"title" | "date" | "views" | "likes" | "comments" | "gmv" | "ctr" | "units", string | number>
  > = {},
): string {
  const {
    title = `Video ${video}`,
    date = "2026-11-10",
    views = 100,
    likes = 10,
    comments = 1,
    gmv = "10.00",
    ctr = "1.5%",
    units = 1,
  } = more;
  return [
    handle,
    `https://www.tiktok.com/@${handle}/video/${70_000 + Number(video)}`,
    title,
    date,
    views,
    likes,
    comments,
    gmv,
    ctr,
    units,
  ]
    .map((value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value))
    .join(",");
}

export function csv(...lines: string[]): string {
  return `${[header, ...lines].join("\n")}\n`;
}

export function unique(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

function* chunks(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
