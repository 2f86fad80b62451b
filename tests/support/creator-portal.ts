import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface CreatorPortal {
  url: string;
  /** What the export button and the plain address give. */
  file: string;
  /** How many of the next answers fail, and with what. */
  fails: { left: number; status: number };
  seen: { path: string; headers: IncomingMessage["headers"] }[];
  redirectTo: string | null;
  close: () => Promise<void>;
}

export const portalUser = { username: "glow-export", password: "right horse" };
export const portalSecret = { name: "X-Export-Key", value: "s3cret-value" };

/** The recipe that opens it, as an owner would write it in settings. */
export function portalRecipe(url: string) {
  return {
    signInUrl: `${url}/sign-in`,
    username: "#user, input[name=user]",
    password: "input[type=password]",
    submit: "button[type=submit]",
    signedIn: "nav .account",
    exportUrl: `${url}/videos`,
    clicks: ["#range"],
    download: "a.export",
    timeoutSeconds: 10,
  };
}

/** A small site that behaves like a sales portal: a form, a cookie, a menu drawn by script, a file behind a button. */
export async function startCreatorPortal(file: string): Promise<CreatorPortal> {
  const portal: CreatorPortal = {
    url: "",
    file,
    fails: { left: 0, status: 503 },
    seen: [],
    redirectTo: null,
    close: async () => undefined,
  };
  const server = createServer((request, response) => void answer(portal, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  portal.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  portal.close = () => closeServer(server);
  return portal;
}

async function answer(
  portal: CreatorPortal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", portal.url);
  portal.seen.push({ path: pathname, headers: request.headers });
  if (portal.fails.left > 0) {
    portal.fails.left -= 1;
    response.writeHead(portal.fails.status).end("busy");
    return;
  }
  const isSignedIn = (request.headers.cookie ?? "").includes("portal=in");
  const page = (body: string) =>
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(`<!doctype html><title>Portal</title>${body}`);
  if (pathname === "/export.csv") {
    if (portal.redirectTo) response.writeHead(302, { location: portal.redirectTo }).end();
    else if (request.headers[portalSecret.name.toLowerCase()] !== portalSecret.value)
      response.writeHead(401).end();
    else
      response
        .writeHead(200, { "content-type": "text/csv", "content-length": Buffer.byteLength(portal.file) })
        .end(portal.file);
  } else if (pathname === "/sign-in" && request.method === "POST") {
    const form = new URLSearchParams(await textOf(request));
    if (form.get("user") === portalUser.username && form.get("secret") === portalUser.password) {
      response.writeHead(303, { location: "/home", "set-cookie": "portal=in; HttpOnly; Path=/" }).end();
    } else page(signInForm);
  } else if (pathname === "/sign-in") page(signInForm);
  else if (!isSignedIn) response.writeHead(303, { location: "/sign-in" }).end();
  else if (pathname === "/download") {
    response
      .writeHead(200, {
        "content-type": "text/csv",
        "content-disposition": 'attachment; filename="videos.csv"',
      })
      .end(portal.file);
  } else if (pathname === "/videos")
    page(
      `<nav><span class="account">Glow</span></nav><button id="range">All days</button><div id="more"></div><script>${menu}</script>`,
    );
  else page('<nav><span class="account">Glow</span></nav>');
}

const signInForm =
  '<form method="post" action="/sign-in"><input id="user" name="user"><input type="password" name="secret"><button type="submit">Go</button></form>';
const menu =
  'document.getElementById("range").onclick = () => setTimeout(() => { document.getElementById("more").innerHTML = \'<a class="export" href="/download">Export</a>\'; }, 150);';

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
