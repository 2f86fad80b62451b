import { createServer, type Server } from "node:net";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { scan } from "@/lib/core/files/scan";
import { resetEnv } from "@/lib/kernel/env";
import { testEnv } from "../../../scripts/stack/config";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

function use(clamdUrl: string): void {
  Object.assign(process.env, testEnv(), { CLAMD_URL: clamdUrl });
  resetEnv();
}

/** Speaks clamd's INSTREAM: chunks with a length before each, a zero length at the end. */
function fakeClamd(answer: (file: Buffer) => string): Promise<void> {
  return new Promise((resolve) => {
    server = createServer((socket) => {
      let got = Buffer.alloc(0);
      socket.on("error", () => undefined);
      socket.on("data", (data) => {
        got = Buffer.concat([got, data]);
        let at = got.indexOf(0) + 1;
        if (at === 0 || got.subarray(0, at).toString() !== "zINSTREAM\0") return;
        const parts: Buffer[] = [];
        while (at + 4 <= got.length) {
          const length = got.readUInt32BE(at);
          if (length === 0) {
            socket.end(`${answer(Buffer.concat(parts))}\0`);
            return;
          }
          parts.push(got.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    }).listen(0, "127.0.0.1", () => {
      const address = server!.address();
      if (address && typeof address === "object") use(`tcp://127.0.0.1:${address.port}`);
      resolve();
    });
  });
}
const file = (text: string) => () =>
  Promise.resolve(Readable.from([Buffer.from(text.slice(0, 5)), Buffer.from(text.slice(5))]));

describe("scanning a file", () => {
  it("says not scanned where no scanner is set up, and does not even open the file", async () => {
    use("");
    await expect(scan(() => Promise.reject(new Error("opened")))).resolves.toBe("not_scanned");
  });

  it("sends every byte and believes the answer", async () => {
    let seen = "";
    await fakeClamd((got) => {
      seen = got.toString();
      return seen.includes("EICAR") ? "stream: Eicar FOUND" : "stream: OK";
    });
    await expect(scan(file("harmless rows"))).resolves.toBe("clean");
    expect(seen).toBe("harmless rows");
    await expect(scan(file("EICAR rows"))).resolves.toBe("infected");
  });

  it("fails when the scanner does not answer, so that nothing is waved through", async () => {
    await fakeClamd(() => "");
    await expect(scan(file("rows"))).rejects.toThrow(/no answer/);
    use("tcp://127.0.0.1:1");
    await expect(scan(file("rows"))).rejects.toThrow(/ECONNREFUSED/);
  });
});
