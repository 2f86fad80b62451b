import "server-only";
import { requirePermission, type TenantScope, unwrap } from "@/lib/db/tenant-scope";
import { encrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import { invalidField } from "@/lib/kernel/errors";
import { type Recipe, recipeSchema } from "./recipe.schema";
import { checkHost, checkUrl } from "./safe-address";
import { type Source, type SourceInput, sourceSchema } from "./source.schema";

export async function readSource(scope: TenantScope): Promise<Source> {
  requirePermission(scope, "loyalty.imports.read");
  const row = unwrap(
    await scope
      .table("loyalty_sync_sources")
      .select("kind, url, header_name, recipe, recipe_version, creates_creators, has_secret")
      .maybeSingle(),
  ) as unknown as StoredRow | null;
  return sourceSchema.parse({
    kind: row?.kind ?? "upload",
    url: row?.url ?? null,
    headerName: row?.header_name ?? null,
    recipe: row?.recipe ?? null,
    recipeVersion: row?.recipe_version ?? 1,
    createsCreators: row?.creates_creators ?? true,
    hasSecret: row?.has_secret ?? false,
  });
}

interface StoredRow {
  kind: string;
  url: string | null;
  header_name: string | null;
  recipe: unknown;
  recipe_version: number;
  creates_creators: boolean;
  has_secret: boolean;
}

/** Addresses are checked again at every download; here it is a kindness to say so at once. */
export async function saveSource(scope: TenantScope, input: SourceInput): Promise<Source> {
  requirePermission(scope, "loyalty.settings.write");
  const recipe = input.kind === "browser" ? readRecipe(input.recipe) : null;
  const rules = { allowLoopback: env.syncAllowLoopback };
  const check = (url: string) => checkHost(checkUrl(url, rules).hostname, rules);
  if (input.kind === "https") checkField("url", () => check(input.url ?? ""));
  if (recipe)
    checkField("recipe", () => {
      for (const url of [recipe.signInUrl, recipe.exportUrl ?? recipe.signInUrl]) check(url);
      for (const host of recipe.hosts) check(`https://${host}`);
    });
  const sourceId = (await scope.rpc("loyalty_ensure_source", { p_client: scope.client.id })) as string;
  const seal = (column: string, plain: string) =>
    encrypt(plain, {
      clientId: scope.client.id,
      table: "loyalty_sync_source_secrets",
      column,
      rowId: sourceId,
    });
  const secrets = {
    ...(input.headerValue ? { headerValue: seal("header_value", input.headerValue) } : {}),
    ...(input.username ? { username: seal("username", input.username) } : {}),
    ...(input.password ? { password: seal("password", input.password) } : {}),
  };
  await scope.rpc("loyalty_save_source", {
    p_client: scope.client.id,
    p_kind: input.kind,
    // The generated types do not know that these may be null.
    p_url: (input.kind === "https" ? (input.url ?? null) : null) as string,
    p_header_name: (input.headerName || null) as string,
    p_recipe: recipe as unknown as string,
    p_creates_creators: input.createsCreators,
    p_secrets: secrets,
  });
  return readSource(scope);
}

function readRecipe(given: SourceInput["recipe"]): Recipe {
  let value: unknown = given;
  if (typeof given === "string") {
    try {
      value = JSON.parse(given);
    } catch {
      throw invalidField("recipe", "This is not valid JSON.");
    }
  }
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw invalidField("recipe", `${first?.path.join(".") || "recipe"}: ${first?.message ?? "not valid"}`);
}

function checkField(field: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw invalidField(field, error instanceof Error ? error.message : "Not a usable address.");
  }
}

/** Fetch now and check; a person then looks at it and saves. */
export async function fetchNow(scope: TenantScope): Promise<{ id: string }> {
  requirePermission(scope, "loyalty.imports.write");
  return { id: (await scope.rpc("loyalty_fetch_now", { p_client: scope.client.id })) as string };
}
