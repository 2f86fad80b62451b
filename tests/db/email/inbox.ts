import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { stackConfig, testEnv } from "../../../scripts/stack/config";
import { startInbox } from "../../../scripts/stack/inbox/server";

export interface CaughtMail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
}

/** The local stack's mail API, alone and on a free port. */
export async function ownInbox() {
  const home = mkdtempSync(path.join(tmpdir(), "portico-mail-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const config = stackConfig({ ...testEnv(), RESEND_BASE_URL: url, PORTICO_HOME: home });
  const inbox = await startInbox(config);
  return {
    url,
    mails: async () =>
      ((await (await fetch(`${url}/api/messages?limit=500`)).json()) as { messages: CaughtMail[] }).messages,
    clear: () => fetch(`${url}/api/messages`, { method: "DELETE" }),
    failNext: (status: number, times = 1) =>
      fetch(`${url}/api/faults`, { method: "POST", body: JSON.stringify({ status, times }) }),
    async stop() {
      await inbox.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
