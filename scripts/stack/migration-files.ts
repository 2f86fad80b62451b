import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./config";

export const migrationsDirectory = path.join(root, "supabase", "migrations");

export function migrationFiles(): string[] {
  if (!existsSync(migrationsDirectory)) return [];
  return readdirSync(migrationsDirectory)
    .filter((name) => /^\d{14}_[a-z0-9_]+\.sql$/.test(name))
    .sort();
}

/** Changes when a migration does, added or edited. */
export function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const name of migrationFiles())
    hash.update(name).update(readFileSync(path.join(migrationsDirectory, name)));
  return hash.digest("hex").slice(0, 16);
}
