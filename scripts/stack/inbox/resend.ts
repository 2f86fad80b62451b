import type { Mail, MailStore } from "./store";
import { address } from "./store";

/** What Resend answers: a status and a JSON body. */
export interface Answer {
  status: number;
  body: unknown;
}

interface Call {
  method: string;
  path: string;
  authorization: string | undefined;
  idempotencyKey: string | undefined;
  body: string;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const EVENTS: Record<string, string> = {
  bounced: "bounced",
  complained: "complained",
  suppressed: "suppressed",
};
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+$/;

/** The part of Resend's API the app uses, with its checks and its errors, in front of the local store. */
export class ResendApi {
  private faults: { status: number; left: number } = { status: 500, left: 0 };
  private readonly flying = new Set<string>();

  constructor(
    private readonly store: MailStore,
    private readonly apiKey: string,
  ) {}

  /** The next `times` sends fail: for looking at retries. */
  failNext(status: number, times: number): void {
    this.faults = { status, left: times };
  }

  async handle(call: Call): Promise<Answer> {
    try {
      this.checkKey(call.authorization);
      if (call.path === "/emails" && call.method === "POST")
        return this.send(call, (body) => this.sendOne(body));
      if (call.path === "/emails/batch" && call.method === "POST")
        return this.send(call, (body) => this.sendBatch(body));
      const id = /^\/emails\/([^/]+)$/.exec(call.path)?.[1];
      if (id && call.method === "GET") return { status: 200, body: this.read(id) };
      if (/^\/emails(\/|$)/.test(call.path)) {
        throw new Refusal(405, "method_not_allowed", "Method is not allowed for the requested path.");
      }
      throw new Refusal(404, "not_found", "The requested endpoint does not exist.");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        body: { statusCode: error.status, name: error.code, message: error.message },
      };
    }
  }

  private send(call: Call, work: (body: unknown) => unknown): Answer {
    const key = call.idempotencyKey;
    if (key !== undefined && (key.length < 1 || key.length > 256)) {
      throw new Refusal(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    }
    if (key !== undefined) {
      const former = this.store.remembered(key, call.body);
      if (former === "other") {
        throw new Refusal(
          409,
          "invalid_idempotent_request",
          "Same idempotency key used with a different request payload.",
        );
      }
      if (former !== undefined) return { status: 200, body: former };
      if (this.flying.has(key)) {
        throw new Refusal(
          409,
          "concurrent_idempotent_requests",
          "Same idempotency key used while original request is still in progress.",
        );
      }
      this.flying.add(key);
    }
    try {
      this.failIfAsked();
      const body = work(parse(call.body));
      if (key !== undefined) this.store.remember(key, call.body, body);
      return { status: 200, body };
    } finally {
      if (key !== undefined) this.flying.delete(key);
    }
  }

  private failIfAsked(): void {
    if (this.faults.left <= 0) return;
    this.faults.left -= 1;
    const { status } = this.faults;
    if (status === 429)
      throw new Refusal(
        429,
        "rate_limit_exceeded",
        "Too many requests. You can only make 2 requests per second.",
      );
    throw new Refusal(status, "application_error", "An unexpected error occurred.");
  }

  private sendOne(body: unknown): { id: string } {
    return { id: this.store.add(toMail(body)).id };
  }

  private sendBatch(body: unknown): { data: { id: string }[] } {
    if (!Array.isArray(body))
      throw new Refusal(422, "validation_error", "The request body must be an array of emails.");
    if (body.length > 100) throw new Refusal(422, "validation_error", "A batch holds at most 100 emails.");
    // All or none, as the service does it.
    const mails = body.map(toMail);
    return { data: mails.map((mail) => ({ id: this.store.add(mail).id })) };
  }

  private read(id: string): unknown {
    const mail = this.store.find(id);
    if (!mail) throw new Refusal(404, "not_found", "Email not found");
    const local = address(mail.to[0] ?? "").split(/[@+]/)[0] ?? "";
    return {
      object: "email",
      id: mail.id,
      to: mail.to,
      from: mail.from,
      created_at: mail.at.replace("T", " ").replace("Z", "+00"),
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      bcc: mail.bcc,
      cc: mail.cc,
      reply_to: mail.replyTo,
      last_event: EVENTS[local] ?? "delivered",
      scheduled_at: null,
      tags: mail.tags,
    };
  }

  private checkKey(authorization: string | undefined): void {
    if (!authorization)
      throw new Refusal(401, "missing_api_key", "Missing API key in the authorization header.");
    if (authorization !== `Bearer ${this.apiKey}`)
      throw new Refusal(401, "validation_error", "API key is invalid");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(422, "validation_error", "The request body is not valid JSON.");
  }
}

function toMail(body: unknown): Omit<Mail, "id" | "at"> {
  const input = (typeof body === "object" && body !== null && !Array.isArray(body) ? body : {}) as Record<
    string,
    unknown
  >;
  for (const field of ["from", "to", "subject"]) {
    if (!input[field] || (Array.isArray(input[field]) && input[field].length === 0))
      throw new Refusal(422, "missing_required_field", `Missing \`${field}\` field.`);
  }
  const html = textOrNull(input.html);
  const text = textOrNull(input.text);
  if (html === null && text === null)
    throw new Refusal(422, "validation_error", "Missing `html` or `text` field.");
  const from = String(input.from);
  if (!ADDRESS.test(address(from))) throw invalidAddress("from");
  const to = addresses(input.to, "to");
  if (to.length > 50)
    throw new Refusal(422, "validation_error", "The `to` field must not have more than 50 items.");
  return {
    source: "app",
    from,
    to,
    cc: addresses(input.cc, "cc"),
    bcc: addresses(input.bcc, "bcc"),
    replyTo: addresses(input.reply_to, "reply_to"),
    subject: String(input.subject),
    html,
    text,
    headers: (input.headers ?? {}) as Record<string, string>,
    tags: (input.tags ?? []) as Mail["tags"],
    attachments: attachments(input.attachments),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function addresses(value: unknown, field: string): string[] {
  const list = (Array.isArray(value) ? value : value ? [value] : []).map(String);
  if (list.some((entry) => !ADDRESS.test(address(entry)))) throw invalidAddress(field);
  return list;
}

function invalidAddress(field: string): Refusal {
  return new Refusal(
    422,
    "validation_error",
    `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
  );
}

function attachments(value: unknown): Mail["attachments"] {
  return (Array.isArray(value) ? (value as Record<string, unknown>[]) : []).map((item) => ({
    filename: String(item.filename ?? "attachment"),
    contentType: String(item.content_type ?? "application/octet-stream"),
    bytes: typeof item.content === "string" ? Buffer.from(item.content, "base64").length : 0,
  }));
}
