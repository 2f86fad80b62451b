import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { withDatabase } from "./sql";
import { migrationFiles, migrationsDirectory } from "./migration-files";

/** What the local stack remembers about a database, as the database's own comment: it goes where the data goes. */
export interface Notes {
  /** Digest of each migration file, as it was when it was applied. */
  migrations: Record<string, string>;
  /** Digest of the seed files that ran to their end. */
  seeded?: string;
}

export async function readNotes(url: string): Promise<Notes> {
  return withDatabase(url, async (client) => {
    const { rows } = await client.query<{ note: string | null }>(
      "select shobj_description(oid, 'pg_database') as note from pg_database where datname = current_database()",
    );
    try {
      return { migrations: {}, ...(JSON.parse(rows[0]?.note ?? "{}") as Partial<Notes>) };
    } catch {
      return { migrations: {} };
    }
  });
}

export async function writeNotes(url: string, notes: Notes): Promise<void> {
  await withDatabase(url, async (client) => {
    const name = new URL(url).pathname.slice(1);
    await client.query(
      `comment on database ${client.escapeIdentifier(name)} is ${client.escapeLiteral(JSON.stringify(notes))}`,
    );
  });
}

export function migrationDigests(): Record<string, string> {
  return Object.fromEntries(
    migrationFiles().map((file) => [file, digestOf(readFileSync(path.join(migrationsDirectory, file)))]),
  );
}

/** Files that ran on this database and have since been edited, renamed or removed. */
export function editedSince(notes: Notes): string[] {
  const now = migrationDigests();
  return Object.entries(notes.migrations)
    .filter(([file, digest]) => now[file] !== digest)
    .map(([file]) => file);
}

export function digestOf(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
