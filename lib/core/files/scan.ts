import { connect, type Socket } from "node:net";
import { once } from "node:events";
import type { Readable } from "node:stream";

import { env } from "@/lib/kernel/env";

type ScanOutcome = "clean" | "infected" | "not_scanned";

const timeoutMs = 120_000;

/**
 * Stream a file through clamd (INSTREAM). Without CLAMD_URL nothing is scanned and the file says so; with it,
 * a scanner that does not answer is an error and the check is repeated: a file is never waved through.
 */
export async function scan(open: () => Promise<Readable>): Promise<ScanOutcome> {
  if (!env.clamdUrl) return "not_scanned";
  const url = new URL(env.clamdUrl);
  const socket =
    url.protocol === "unix:" ? connect(url.pathname) : connect(Number(url.port || 3310), url.hostname);
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error("clamd did not answer in time")));
  try {
    await once(socket, "connect");
    const answer = readAnswer(socket);
    // clamd may close early (size limit): the answer then says why and the write error is only its echo.
    answer.catch(() => undefined);
    await send(socket, await open());
    return parseAnswer(await answer);
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, file: Readable): Promise<void> {
  await write(socket, Buffer.from("zINSTREAM\0"));
  for await (const chunk of file) {
    const bytes = chunk as Uint8Array;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.byteLength);
    await write(socket, length);
    await write(socket, bytes);
  }
  await write(socket, Buffer.alloc(4));
}

async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (!socket.write(bytes)) await once(socket, "drain");
}

async function readAnswer(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString("utf8");
    if (text.includes("\0")) break;
  }
  return text.replaceAll("\0", "").trim();
}

/** `stream: OK`, `stream: Name FOUND`, or an error sentence. */
export function parseAnswer(answer: string): ScanOutcome {
  if (/: OK$/.test(answer)) return "clean";
  if (/ FOUND$/.test(answer)) return "infected";
  throw new Error(`clamd could not scan the file: ${answer.slice(0, 200) || "no answer"}`);
}
