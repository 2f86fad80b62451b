import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type pg from "pg";
import { DEMO_PASSWORD, demoBusinesses, seedBusiness } from "../supabase/seed/core";
import { isLocalHost, localEnv, root, stackConfig, type StackConfig } from "./stack/config";
import { digestOf, readNotes, writeNotes } from "./stack/notes";
import { withDatabase } from "./stack/sql";

type RoomSeed = (sql: pg.Client, slug: string) => Promise<unknown>;

const directory = path.join(root, "supabase", "seed");
/** Rooms stand at the top; what a room is made of lies in a folder below. */
const files = () =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort();

/** Fills an empty local database with the demo businesses; false when that was done before with the same files. */
export async function seed(config: StackConfig, say: (text: string) => void = () => {}): Promise<boolean> {
  for (const url of [config.database.url, config.api.url]) {
    if (!isLocalHost(new URL(url).hostname))
      throw new Error(`Demo data only goes into a local database, not into ${new URL(url).hostname}.`);
  }
  const digest = digestOf(
    files()
      .map((name) => readFileSync(path.join(directory, name), "utf8"))
      .join("\n"),
  );
  const notes = await readNotes(config.database.url);
  if (notes.seeded === digest) return false;
  say("Filling in the demo businesses.");
  const emails = [
    ...new Set(demoBusinesses.flatMap((business) => business.people.map((person) => person.email))),
  ];
  const logins = await ensureLogins(config, emails);
  await withDatabase(config.database.url, async (sql) => {
    for (const business of demoBusinesses) await seedBusiness(sql, business, logins);
    for (const [room, run] of await roomSeeds()) {
      for (const { slug, programs } of demoBusinesses) if (programs.includes(room)) await run(sql, slug);
    }
  });
  await writeNotes(config.database.url, { ...notes, seeded: digest });
  return true;
}

/** `supabase/seed/<room>.ts` exports `seed<Room>(sql, slug)`; it runs for each business with that program. */
async function roomSeeds(): Promise<[string, RoomSeed][]> {
  const found: [string, RoomSeed][] = [];
  for (const name of files()) {
    const room = name.replace(/\.ts$/, "");
    if (room === "core" || room.includes(path.sep)) continue;
    const module = (await import(pathToFileURL(path.join(directory, name)).href)) as Record<string, unknown>;
    const run = module[`seed${room.charAt(0).toUpperCase()}${room.slice(1)}`];
    if (typeof run === "function") found.push([room, run as RoomSeed]);
  }
  return found;
}

/** Logins are made the way people make them: sign up, read the code from the inbox, confirm. */
async function ensureLogins(config: StackConfig, emails: string[]): Promise<Map<string, string>> {
  const known = async () =>
    withDatabase(config.database.url, async (sql) => {
      const { rows } = await sql.query<{ id: string; email: string }>(
        "select id, email from auth.users where email = any ($1) and email_confirmed_at is not null",
        [emails],
      );
      return new Map(rows.map((row) => [row.email, row.id]));
    });
  const before = await known();
  const missing = emails.filter((email) => !before.has(email));
  for (let at = 0; at < missing.length; at += 4) {
    await Promise.all(missing.slice(at, at + 4).map((email) => signUp(config, email, DEMO_PASSWORD)));
  }
  return missing.length > 0 ? known() : before;
}

export async function signUp(config: StackConfig, email: string, password: string): Promise<void> {
  const post = async (at: string, body: object) => {
    const response = await fetch(`${config.api.url}/auth/v1/${at}`, {
      method: "POST",
      headers: { apikey: config.publishableKey, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${email} could not be signed up (${at}): ${await response.text()}`);
  };
  await post("signup", { email, password });
  const inbox = `${config.inbox.url}/api/messages?to=${encodeURIComponent(email)}`;
  const { messages } = (await (await fetch(`${inbox}&limit=1`)).json()) as {
    messages: { text: string | null; html: string | null }[];
  };
  const code = /\b(\d{6})\b/.exec(messages[0]?.text ?? messages[0]?.html ?? "")?.[1];
  if (!code) throw new Error(`No code for ${email} reached the inbox.`);
  await post("verify", { email, token: code, type: "signup" });
  await fetch(inbox, { method: "DELETE" });
}

if (process.argv[1] === import.meta.filename) {
  const done = await seed(stackConfig(localEnv()), (text) => console.log(text));
  console.log(done ? "Done." : "The demo businesses are there already.");
}
