import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type CreatorPortal,
  portalRecipe,
  portalSecret,
  portalUser,
  startCreatorPortal,
} from "../../../support/creator-portal";
import { csv, importWorld, type ImportWorld, videoLine } from "../imports/support";

let world: ImportWorld;
let portal: CreatorPortal;
const file = csv(videoLine("mira", 1, { gmv: 99 }), videoLine("noor", 2));

beforeAll(async () => {
  process.env["SYNC_ALLOW_LOOPBACK"] = "1";
  world = await importWorld();
  portal = await startCreatorPortal(file);
});
afterEach(async () => {
  portal.fails.left = 0;
  portal.redirectTo = null;
  await world.db.pool.query("delete from public.loyalty_sync_stages");
  await world.db.pool.query(
    "update public.loyalty_sync_runs set state = 'cancelled', finished_at = now(), error_code = null where state in ('checked', 'needs_confirmation')",
  );
});
afterAll(async () => {
  delete process.env["SYNC_ALLOW_LOOPBACK"];
  await portal.close();
  await world.drop();
});

async function setSource(
  kind: string,
  more: { url?: string; recipe?: object; secrets: Record<string, string> },
): Promise<void> {
  const { encrypt } = await import("@/lib/kernel/crypto");
  await world.db.asUser(world.glow.userId, async (sql) => {
    const { rows } = await sql.query<{ id: string }>("select public.loyalty_ensure_source($1) as id", [
      world.glow.id,
    ]);
    const columns: Record<string, string> = {
      headerValue: "header_value",
      username: "username",
      password: "password",
    };
    const sealed = Object.fromEntries(
      Object.entries(more.secrets).map(([name, plain]) => [
        name,
        encrypt(plain, {
          clientId: world.glow.id,
          table: "loyalty_sync_source_secrets",
          column: columns[name] ?? "",
          rowId: rows[0]?.id ?? "",
        }),
      ]),
    );
    await sql.query("select public.loyalty_save_source($1, $2, $3, $4, $5, true, $6)", [
      world.glow.id,
      kind,
      more.url ?? null,
      kind === "https" ? portalSecret.name : null,
      more.recipe ? JSON.stringify(more.recipe) : null,
      JSON.stringify(sealed),
    ]);
  });
}

async function fetchRun(more: object = {}) {
  const { processRun } = await import("@/lib/programs/loyalty/imports/process-run");
  const id = await world.newRun({ source: "https", file_name: "nightly.csv" });
  await processRun(world.glow.id, id, world.context(more));
  return world.run(id);
}

describe("a download from an address", () => {
  it("sends the secret, reads the file and waits for a person when a person asked", async () => {
    await setSource("https", {
      url: `${portal.url}/export.csv`,
      secrets: { headerValue: portalSecret.value },
    });
    expect(await fetchRun()).toMatchObject({ state: "checked", rows_read: "2", file_name: "export.csv" });
  });

  it("tries again when the site is busy", async () => {
    portal.fails.left = 1;
    expect(await fetchRun()).toMatchObject({ state: "checked" });
  });

  it("says what went wrong when the secret is refused", async () => {
    await setSource("https", { url: `${portal.url}/export.csv`, secrets: { headerValue: "wrong" } });
    expect(await fetchRun()).toMatchObject({ state: "failed", error_code: "SOURCE_REFUSED" });
    await setSource("https", {
      url: `${portal.url}/export.csv`,
      secrets: { headerValue: portalSecret.value },
    });
  });

  it("never follows a redirect into a private network, and never takes the secret along", async () => {
    for (const target of [
      "https://10.0.0.8/x.csv",
      "https://169.254.169.254/latest",
      "https://[::ffff:10.0.0.1]/",
      "http://example.com/x.csv",
    ]) {
      portal.redirectTo = target;
      expect(await fetchRun()).toMatchObject({ state: "failed", error_code: "ADDRESS_REFUSED" });
    }
    const other = await startCreatorPortal(file);
    portal.redirectTo = `${other.url}/export.csv`;
    expect(await fetchRun()).toMatchObject({ state: "failed", error_code: "SOURCE_REFUSED" });
    expect(other.seen[0]?.headers[portalSecret.name.toLowerCase()]).toBeUndefined();
    await other.close();
  });
});

describe("an unattended night", () => {
  it("fetches, saves by itself and keeps its ledger; the owner is told why when it fails", async () => {
    const { runNight } = await import("@/lib/programs/loyalty/sync/run-night.system");
    const night = async () =>
      (
        await world.db.pool.query("select private.loyalty_last_due_night($1, now())::text as night", [
          world.glow.id,
        ])
      ).rows[0].night as string;
    const today = await night();
    portal.file = csv(videoLine("mira", 1, { gmv: 120 }), videoLine("noor", 2));
    await Promise.all([
      runNight(world.glow.id, today, world.context()),
      runNight(world.glow.id, today, world.context()),
    ]);
    const { rows } = await world.db.pool.query(
      "select state, rows_read from public.loyalty_sync_runs where is_unattended",
    );
    expect(rows).toEqual([{ state: "saved", rows_read: "2" }]);

    await world.db.pool.query("delete from public.loyalty_sync_stages");
    await world.db.pool.query("update public.loyalty_sync_runs set is_unattended = false");
    portal.file = csv("mira,not a link,x,2026-11-01,1,1,1,1,1%,1").replace("gmv", "money");
    await runNight(world.glow.id, today, world.context());
    const ledger = await world.db.pool.query(
      "select outcome from public.loyalty_sync_stages where stage = 'ingest'",
    );
    expect(ledger.rows).toEqual([{ outcome: "failed" }]);
    const told = await world.db.pool.query(
      "select type, permission, data ->> 'message' as message from private.notification_requests where type = 'loyalty.sync-failed'",
    );
    expect(told.rows).toEqual([
      {
        type: "loyalty.sync-failed",
        permission: "loyalty.imports.write",
        message: expect.stringContaining("money") as string,
      },
    ]);
    portal.file = file;
  });

  it("warns when more than a tenth of the rows belong to nobody we know", async () => {
    const id = await world.newRun({
      source: "https",
      is_unattended: true,
      file_name: "n.csv",
      business_date: "2026-11-18",
    });
    portal.file = csv(
      ...Array.from({ length: 8 }, (_, n) => videoLine("mira", 100 + n, { gmv: 90 })),
      videoLine("stranger", 200),
      videoLine("stranger", 201),
    );
    const { processRun } = await import("@/lib/programs/loyalty/imports/process-run");
    await processRun(world.glow.id, id, world.context());
    expect(await world.run(id)).toMatchObject({ state: "saved", rows_unmatched: "2" });
    const told = await world.db.pool.query(
      "select data from private.notification_requests where type = 'loyalty.sync-warning' and data ->> 'runId' = $1",
      [id],
    );
    expect(told.rows[0]?.data).toMatchObject({ kind: "unmatched", unmatched: 2, total: 10 });
    portal.file = file;
  });
});

describe("a browser sign-in", () => {
  it("signs in, opens the menu and takes the file", async () => {
    portal.file = csv(videoLine("mira", 1, { gmv: 300 }), videoLine("zoe", 9));
    await setSource("browser", { recipe: portalRecipe(portal.url), secrets: portalUser });
    expect(await fetchRun({})).toMatchObject({ state: "checked", rows_read: "2", file_name: "videos.csv" });
  });

  it("tells a wrong password from a page that has changed", async () => {
    await setSource("browser", {
      recipe: { ...portalRecipe(portal.url), timeoutSeconds: 5 },
      secrets: { password: "wrong" },
    });
    expect(await fetchRun({})).toMatchObject({ state: "failed", error_code: "SIGN_IN_REFUSED" });
    await setSource("browser", {
      recipe: { ...portalRecipe(portal.url), download: "a.gone", timeoutSeconds: 5 },
      secrets: { password: portalUser.password },
    });
    const failed = await fetchRun({});
    expect(failed).toMatchObject({ state: "failed", error_code: "RECIPE_BROKEN" });
    expect(failed["error_message"]).toContain("a.gone");
  });

  it("cannot be sent to another host by the site", async () => {
    const other = await startCreatorPortal(file);
    const elsewhere = other.url.replace("127.0.0.1", "localhost");
    await setSource("browser", {
      recipe: { ...portalRecipe(portal.url), exportUrl: `${portal.url}/videos`, timeoutSeconds: 5 },
      secrets: { password: portalUser.password },
    });
    const { browserDownload } = await import("@/lib/programs/loyalty/sync/browser-download");
    const { recipeSchema } = await import("@/lib/programs/loyalty/sync/recipe.schema");
    const recipe = recipeSchema.parse({ ...portalRecipe(portal.url), timeoutSeconds: 5 });
    portal.redirectTo = elsewhere;
    recipe.exportUrl = `${portal.url}/export.csv`;
    await expect(
      browserDownload(
        {
          recipe,
          recipeVersion: 1,
          ...portalUser,
          rules: { allowLoopback: true },
          signal: AbortSignal.timeout(60_000),
        },
        "/tmp/never.csv",
      ),
    ).rejects.toThrow();
    expect(other.seen).toEqual([]);
    await other.close();
  });
});
