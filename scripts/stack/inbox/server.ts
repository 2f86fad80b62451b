import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { EmailDriver } from "@supabase/lite";
import { listen } from "../api";
import type { StackConfig } from "../config";
import { portTaken } from "../processes";
import { inboxPage, mailDocument } from "./page";
import { type Answer, ResendApi } from "./resend";
import { MailStore } from "./store";

export interface Inbox {
  /** For the embedded Auth: its mails land in the same inbox. */
  driver: EmailDriver;
  stop(): Promise<void>;
}

const MAX_BODY = 45 * 1024 * 1024;

/** One server: the mail API for the app, a page for people, and a small JSON API for tests. */
export async function startInbox(config: StackConfig): Promise<Inbox> {
  const { host, port } = config.inbox;
  if (await portTaken(port)) {
    throw new Error(
      `Port ${port} is taken, and the mail inbox needs it. Stop what listens there, or set another port in RESEND_BASE_URL.`,
    );
  }
  const store = new MailStore(config.home);
  const resend = new ResendApi(store, config.resendKey);
  const server = createServer((request, response) => {
    serveRequest(request, response, store, resend).catch((error: unknown) => {
      if (!response.headersSent)
        json(response, {
          status: 500,
          body: { statusCode: 500, name: "application_error", message: String(error) },
        });
      else response.destroy();
    });
  });
  await listen(server, host, port);
  return {
    driver: {
      async send({ to, subject, html, text }) {
        store.add({
          source: "auth",
          from: config.mailFrom,
          to: [to],
          cc: [],
          bcc: [],
          replyTo: [],
          subject,
          html: html ?? null,
          // The embedded Auth adds a link to its own address, which no page of ours serves; the code is what counts.
          text: text?.replace(/\s*Or follow this link:.*$/s, "") ?? null,
          headers: {},
          tags: [],
          attachments: [],
        });
      },
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  store: MailStore,
  resend: ResendApi,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://inbox.local");
  const method = request.method ?? "GET";
  const { pathname, searchParams: query } = url;
  if (pathname.startsWith("/emails") || pathname.startsWith("/domains")) {
    const answer = await resend.handle({
      method,
      path: pathname,
      authorization: request.headers.authorization,
      idempotencyKey: request.headers["idempotency-key"] as string | undefined,
      body: await readBody(request),
    });
    return json(response, answer);
  }
  if (pathname === "/health")
    return json(response, { status: 200, body: { status: "ok", messages: store.count() } });
  if (pathname === "/api/messages" && method === "GET") {
    const limit = Math.min(500, Number(query.get("limit") ?? 50) || 50);
    const messages = store.list({ to: query.get("to") ?? "", search: query.get("q") ?? "", limit });
    return json(response, { status: 200, body: { messages } });
  }
  if (pathname === "/api/messages" && method === "DELETE") {
    store.clear(query.get("to") ?? undefined);
    return json(response, { status: 200, body: { messages: [] } });
  }
  if (pathname === "/api/faults" && method === "POST") {
    const { status = 500, times = 1 } = JSON.parse((await readBody(request)) || "{}") as {
      status?: number;
      times?: number;
    };
    resend.failNext(status, times);
    return json(response, { status: 200, body: { status, times } });
  }
  const one = /^\/(api\/)?messages\/([0-9a-f-]{36})(\/html)?$/.exec(pathname);
  if (one) {
    const mail = store.find(one[2] ?? "");
    if (!mail)
      return html(
        response,
        404,
        inboxPage(store.list(), undefined, { search: "", view: "html", lost: true }),
      );
    if (one[1]) return json(response, { status: 200, body: mail });
    if (one[3])
      return html(
        response,
        200,
        mailDocument(mail),
        "default-src 'none'; img-src data: http: https:; style-src 'unsafe-inline'; font-src data: http: https:",
      );
  }
  if (pathname !== "/" && !one)
    return html(response, 404, inboxPage(store.list(), undefined, { search: "", view: "html", lost: true }));
  const search = query.get("q") ?? "";
  const view = query.get("view") === "text" ? "text" : "html";
  html(
    response,
    200,
    inboxPage(store.list({ search }), one ? store.find(one[2] ?? "") : undefined, {
      search,
      view,
      lost: false,
    }),
  );
}

function json(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number, body: string, policy?: string): void {
  const own =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-src 'self'; form-action 'self'";
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy ?? own,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error("The request is larger than 40 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
