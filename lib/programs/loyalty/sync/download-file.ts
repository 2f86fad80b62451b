import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import type { LookupFunction } from "node:net";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Agent, type Dispatcher, request } from "undici";
import { AppError } from "@/lib/kernel/errors";
import { type AddressRules, checkUrl, resolveSafely } from "./safe-address";
import { SourceUnavailable } from "./source-unavailable";

export interface Download {
  url: string;
  secret: { name: string; value: string } | null;
  rules: AddressRules;
  signal: AbortSignal;
  maxBytes?: number;
}

export interface Downloaded {
  bytes: number;
  sha256: string;
  name: string;
}

export const longestFile = 100_000_000;
const mostRedirects = 3;

/** Streams a file to disk. Each hop is checked anew, and the secret goes to the first site only. */
export async function downloadFile(download: Download, path: string): Promise<Downloaded> {
  const agent = new Agent({
    connect: { lookup: safeLookup(download.rules), timeout: 15_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    maxRedirections: 0,
  } as Agent.Options);
  try {
    const first = checkUrl(download.url, download.rules);
    let url = first;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const response = await ask(url, first, agent, download);
      const next = redirectTarget(response, url);
      if (!next) return await save(response, url, path, download);
      await response.body.dump();
      url = checkUrl(next, download.rules);
    }
    throw new AppError("SOURCE_REDIRECTS", 422, "The address keeps sending us on. Use the one it ends at.");
  } finally {
    await agent.close().catch(() => undefined);
  }
}

async function ask(url: URL, first: URL, agent: Agent, { secret, rules, signal }: Download) {
  // A literal address never reaches the lookup of the connection, so it is looked at here.
  await resolveSafely(url.hostname, rules);
  const headers: Record<string, string> = {
    accept: "text/csv, text/plain, */*;q=0.5",
    "user-agent": "Portico",
  };
  if (secret && url.origin === first.origin) headers[secret.name] = secret.value;
  try {
    return await request(url, { dispatcher: agent, headers, signal });
  } catch (error) {
    if (error instanceof AppError || error instanceof SourceUnavailable) throw error;
    const { cause } = error as { cause?: unknown };
    if (cause instanceof AppError) throw cause;
    throw new SourceUnavailable("SOURCE_UNREACHABLE", `${url.host} did not answer.`, { cause: error });
  }
}

function redirectTarget(response: Dispatcher.ResponseData, url: URL): string | null {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return null;
  const { location } = response.headers;
  return typeof location === "string" && URL.canParse(location, url) ? new URL(location, url).href : "";
}

async function save(
  response: Dispatcher.ResponseData,
  url: URL,
  path: string,
  download: Download,
): Promise<Downloaded> {
  const { statusCode, headers, body } = response;
  if (statusCode !== 200) {
    await body.dump();
    if (statusCode === 401 || statusCode === 403) {
      throw new AppError(
        "SOURCE_REFUSED",
        422,
        `${url.host} refused our secret (answer ${statusCode}). Check the header in settings.`,
      );
    }
    if (statusCode === 404 || statusCode === 410) {
      throw new AppError(
        "SOURCE_MISSING",
        422,
        `${url.host} has no file at this address (answer ${statusCode}).`,
      );
    }
    throw new SourceUnavailable("SOURCE_FAILED", `${url.host} answered ${statusCode}.`);
  }
  if (/text\/html/.test(String(headers["content-type"]))) {
    await body.dump();
    throw new AppError(
      "SOURCE_NOT_A_FILE",
      422,
      `${url.host} sent a web page instead of a file. The address may need a sign-in.`,
    );
  }
  const limit = download.maxBytes ?? longestFile;
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > limit)
        done(new AppError("FILE_TOO_LARGE", 422, `The file is larger than ${limit / 1_000_000} MB.`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(body, count, createWriteStream(path), { signal: download.signal });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new SourceUnavailable("SOURCE_BROKE_OFF", `${url.host} stopped in the middle of the file.`, {
      cause: error,
    });
  }
  const announced = Number(headers["content-length"]);
  if (Number.isFinite(announced) && announced !== bytes && !headers["content-encoding"]) {
    throw new SourceUnavailable("SOURCE_BROKE_OFF", `${url.host} sent ${bytes} of ${announced} bytes.`);
  }
  return { bytes, sha256: hash.digest("hex"), name: nameOf(url) };
}

function nameOf(url: URL): string {
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? "";
  const clean = safeDecode(last)
    .replace(/[/\\\p{Cc}]/gu, "")
    .slice(0, 120);
  return clean === "" ? "download.csv" : clean;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The check and the connection use one answer of the name server. */
function safeLookup(rules: AddressRules): LookupFunction {
  return (host, options, done) => {
    resolveSafely(host, rules).then(
      (found) => {
        const first = found[0];
        if (options.all) done(null, found);
        else done(null, first?.address ?? "", first?.family ?? 4);
      },
      (error: unknown) => done(error as NodeJS.ErrnoException, "", 4),
    );
  };
}
