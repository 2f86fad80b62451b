import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Mail {
  id: string;
  at: string;
  /** `auth` came from sign-in (codes, links); `app` came through the mail API. */
  source: "auth" | "app";
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
  attachments: { filename: string; contentType: string; bytes: number }[];
}

interface Remembered {
  key: string;
  digest: string;
  answer: unknown;
  at: number;
}

type Line = { mail: Mail } | { once: Remembered };

const DAY = 24 * 60 * 60 * 1000;
const KEPT = 2000;

/** Every mail the local stack sent, in memory and as lines in a file, so that a restart shows them again. */
export class MailStore {
  private mails: Mail[] = [];
  private readonly once = new Map<string, Remembered>();
  private readonly file: string;

  constructor(home: string) {
    const directory = path.join(home, "mail");
    mkdirSync(directory, { recursive: true });
    this.file = path.join(directory, "messages.jsonl");
    if (!existsSync(this.file)) return;
    for (const line of readFileSync(this.file, "utf8").split("\n")) {
      try {
        const entry = JSON.parse(line) as Line;
        if ("mail" in entry) this.mails.push(entry.mail);
        else this.once.set(entry.once.key, entry.once);
      } catch {
        // A line cut short by a crash.
      }
    }
    this.mails = this.mails.slice(-KEPT);
  }

  add(mail: Omit<Mail, "id" | "at">): Mail {
    const kept: Mail = { id: randomUUID(), at: new Date().toISOString(), ...mail };
    this.mails.push(kept);
    if (this.mails.length > KEPT) this.mails.shift();
    this.write({ mail: kept });
    return kept;
  }

  find(id: string): Mail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  /** Newest first. `to` matches one recipient whole, `search` any part of address or subject. */
  list({ to = "", search = "", limit = 200 } = {}): Mail[] {
    const wanted = to.trim().toLowerCase();
    const part = search.trim().toLowerCase();
    return this.mails
      .filter((mail) => !wanted || recipients(mail).includes(wanted))
      .filter((mail) => !part || `${recipients(mail).join(" ")} ${mail.subject}`.toLowerCase().includes(part))
      .slice(-limit)
      .reverse();
  }

  count(): number {
    return this.mails.length;
  }

  /** All of it, or what one recipient got. */
  clear(to?: string): void {
    const wanted = to?.toLowerCase();
    this.mails = wanted ? this.mails.filter((mail) => !recipients(mail).includes(wanted)) : [];
    if (!wanted) this.once.clear();
    const lines = [
      ...this.mails.map((mail) => ({ mail })),
      ...[...this.once.values()].map((once) => ({ once })),
    ];
    writeFileSync(this.file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  /** What a former request with this key answered, or "other" when its body was not the same. */
  remembered(key: string, body: string): unknown | "other" | undefined {
    const found = this.once.get(key);
    if (!found || Date.now() - found.at > DAY) return undefined;
    return found.digest === digest(body) ? found.answer : "other";
  }

  remember(key: string, body: string, answer: unknown): void {
    const entry: Remembered = { key, digest: digest(body), answer, at: Date.now() };
    this.once.set(key, entry);
    this.write({ once: entry });
  }

  private write(line: Line): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

export function recipients(mail: Mail): string[] {
  return [...mail.to, ...mail.cc, ...mail.bcc].map((entry) => address(entry).toLowerCase());
}

/** `Name <a@b.c>` → `a@b.c`. */
export function address(entry: string): string {
  return (/<([^<>]+)>\s*$/.exec(entry)?.[1] ?? entry).trim();
}

function digest(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}
