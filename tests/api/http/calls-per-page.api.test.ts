import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextBin } from "../../../scripts/stack/build";
import { root, testEnv } from "../../../scripts/stack/config";
import { waitUntil } from "../../../scripts/stack/processes";
import { apiUrl, signIn, type SignedIn } from "../../support/stack";

/* A second server from the same build, whose way to the Data API leads through a counter. One call costs more than
   all that the database does for a page, so each has a number it may not pass. */
let counter: Server;
let app: ChildProcess;
let address: string;
let calls: string[] = [];

beforeAll(async () => {
  counter = createServer((request, response) => void passOn(request, response));
  const port = await listen(counter);
  const spare = createServer();
  const appPort = await listen(spare);
  await new Promise((done) => spare.close(done));
  address = `http://localhost:${appPort}`;
  app = spawn(process.execPath, [nextBin, "start", "-p", String(appPort)], {
    cwd: root,
    env: { ...testEnv(), NODE_ENV: "production", SUPABASE_URL: `http://127.0.0.1:${port}` },
    stdio: "ignore",
  });
  const up = await waitUntil(async () => (await fetch(address).catch(() => null)) !== null, 30_000, 100);
  expect(up).toBe(true);
}, 60_000);

afterAll(async () => {
  app?.kill("SIGTERM");
  await new Promise((done) => (counter ? counter.close(done) : done(null)));
});

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "/";
  calls.push(`${request.method} ${new URL(path, apiUrl).pathname}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
  const answer = await fetch(apiUrl + path, {
    method: request.method ?? "GET",
    headers: headers as Record<string, string>,
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    "content-type": answer.headers.get("content-type") ?? "application/json",
    "content-range": answer.headers.get("content-range") ?? "*/*",
  });
  response.end(body);
}

async function callsOf(path: string, who: SignedIn | null): Promise<string[]> {
  calls = [];
  const response = await fetch(address + path, {
    redirect: "manual",
    headers: who ? { cookie: who.cookie } : {},
  });
  const text = await response.text();
  expect(response.status, `${path}: ${text.slice(0, 200)}`).toBe(200);
  return calls;
}

describe("a page asks the Data API", () => {
  it.each([
    ["/sign-in", 0],
    ["/sign-up", 0],
    ["/sign-in?business=glow", 1],
  ])("signed out, on %s: %i times at most", async (path, most) => {
    const asked = await callsOf(path, null);
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(most);
  });

  it.each([
    ["/glow/home", 2],
    ["/glow/loyalty/history", 3],
    ["/glow/loyalty/videos", 4],
    ["/glow/loyalty/rewards", 2],
    ["/glow/loyalty/rewards/history", 2],
    ["/glow/loyalty/tiers", 3],
    ["/glow/notifications", 2],
    ["/glow/settings", 2],
  ])("as a creator, on %s: %i times at most", async (path, most) => {
    const asked = await callsOf(path, await signIn("creator@glow.test"));
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(most);
  });

  it.each([
    ["/glow/admin", 3],
    ["/glow/admin/loyalty/creators", 5],
    ["/glow/admin/loyalty/rewards", 2],
    ["/glow/admin/loyalty/creators?sort=name&state=active", 5],
    ["/glow/admin/people", 3],
  ])("as the owner, on %s: %i times at most", async (path, most) => {
    const asked = await callsOf(path, await signIn("owner@glow.test"));
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(most);
  });

  it("counts at all: home asks who is there, and then for its data", async () => {
    const asked = await callsOf("/glow/home", await signIn("creator@glow.test"));
    expect(asked).toEqual(["POST /rest/v1/rpc/core_read_context", "POST /rest/v1/rpc/loyalty_read_home"]);
  });
});
