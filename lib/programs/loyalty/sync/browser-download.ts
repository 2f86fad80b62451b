import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import puppeteer, { type Browser, type Page, TimeoutError } from "puppeteer-core";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { type Downloaded, longestFile } from "./download-file";
import type { Recipe } from "./recipe.schema";
import { type AddressRules, checkUrl, resolveSafely } from "./safe-address";
import { SourceUnavailable } from "./source-unavailable";

interface BrowserDownload {
  recipe: Recipe;
  recipeVersion: number;
  username: string;
  password: string;
  rules: AddressRules;
  signal: AbortSignal;
}

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** Signs in as a person would and takes the file the export button gives. */
export async function browserDownload(job: BrowserDownload, target: string): Promise<Downloaded> {
  const folder = `${target}.browser`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const hosts = await pinHosts(job);
  const browser = await launch(hosts, path.join(folder, "profile"));
  const stop = () => void browser.close().catch(() => undefined);
  job.signal.addEventListener("abort", stop);
  try {
    const downloads = path.join(folder, "downloads");
    await mkdir(downloads);
    const page = await openPage(browser, new Set(hosts.keys()), downloads, job.recipe);
    await signIn(page, job);
    const name = await takeFile(page, browser, job, downloads);
    return await keep(path.join(downloads, name.guid), name.suggested, target);
  } finally {
    job.signal.removeEventListener("abort", stop);
    await browser.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The browser is given these names with these addresses, and no others exist for it. */
async function pinHosts({ recipe, rules }: BrowserDownload): Promise<Map<string, string>> {
  const urls = [recipe.signInUrl, ...(recipe.exportUrl ? [recipe.exportUrl] : [])].map((text) =>
    checkUrl(text, rules),
  );
  const hosts = new Map<string, string>();
  for (const host of new Set([...urls.map((url) => url.hostname), ...recipe.hosts])) {
    const [first] = await resolveSafely(host, rules);
    if (first) hosts.set(host, first.family === 6 ? `[${first.address}]` : first.address);
  }
  return hosts;
}

async function launch(hosts: Map<string, string>, profile: string): Promise<Browser> {
  const executablePath = env.chromiumPath ?? places.find((place) => existsSync(place));
  if (!executablePath) {
    throw new AppError(
      "NO_BROWSER",
      500,
      "There is no browser on this server. Set CHROMIUM_PATH, or choose another source.",
    );
  }
  const rules = [...[...hosts].map(([host, address]) => `MAP ${host} ${address}`), "MAP * ~NOTFOUND"].join(
    ", ",
  );
  const isRoot = process.getuid?.() === 0;
  try {
    return await puppeteer.launch({
      executablePath,
      userDataDir: profile,
      args: [
        `--host-resolver-rules=${rules}`,
        "--disable-gpu",
        "--disable-dev-shm-usage",
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    });
  } catch (error) {
    throw new SourceUnavailable("BROWSER_FAILED", "The browser did not start.", { cause: error });
  }
}

async function openPage(
  browser: Browser,
  hosts: Set<string>,
  downloads: string,
  recipe: Recipe,
): Promise<Page> {
  const session = await browser.target().createCDPSession();
  await session.send("Browser.setDownloadBehavior", {
    behavior: "allowAndName",
    downloadPath: downloads,
    eventsEnabled: true,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(recipe.timeoutSeconds * 1000);
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = URL.canParse(request.url()) ? new URL(request.url()) : null;
    const isInline = url !== null && ["data:", "blob:", "about:"].includes(url.protocol);
    const passed =
      isInline || (url !== null && hosts.has(url.hostname))
        ? request.continue()
        : request.abort("blockedbyclient");
    passed.catch(() => undefined);
  });
  return page;
}

async function signIn(
  page: Page,
  { recipe, username, password, recipeVersion }: BrowserDownload,
): Promise<void> {
  await visit(page, recipe.signInUrl);
  await fill(page, recipe.username, username, recipeVersion);
  await fill(page, recipe.password, password, recipeVersion);
  await press(page, recipe.submit, recipeVersion);
  try {
    await page.waitForSelector(recipe.signedIn);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw unavailable(error);
    // Still asked for a password: the site said no. Anything else is a page we do not know.
    const isAskedAgain = (await page.$(recipe.password).catch(() => null)) !== null;
    if (isAskedAgain) {
      throw new AppError(
        "SIGN_IN_REFUSED",
        422,
        `${new URL(recipe.signInUrl).host} did not accept the name and password. Change them in settings.`,
      );
    }
    throw missing(recipe.signedIn, recipeVersion);
  }
}

async function takeFile(
  page: Page,
  browser: Browser,
  { recipe, recipeVersion }: BrowserDownload,
  downloads: string,
) {
  if (recipe.exportUrl) await visit(page, recipe.exportUrl);
  for (const click of recipe.clicks) await press(page, click, recipeVersion);
  const session = await browser.target().createCDPSession();
  // The session that hears of downloads must be the one that asked for them.
  await session.send("Browser.setDownloadBehavior", {
    behavior: "allowAndName",
    downloadPath: downloads,
    eventsEnabled: true,
  });
  const finished = new Promise<{ guid: string; suggested: string }>((resolve, reject) => {
    let suggested = "download.csv";
    const timer = setTimeout(
      () =>
        reject(new SourceUnavailable("DOWNLOAD_FAILED", "The export button was pressed, but no file came.")),
      recipe.timeoutSeconds * 1000,
    );
    session.on("Browser.downloadWillBegin", (event) => (suggested = event.suggestedFilename || suggested));
    session.on("Browser.downloadProgress", (event) => {
      if (event.receivedBytes > longestFile)
        reject(new AppError("FILE_TOO_LARGE", 422, `The file is larger than ${longestFile / 1_000_000} MB.`));
      if (event.state === "canceled")
        reject(new SourceUnavailable("DOWNLOAD_FAILED", "The site broke the download off."));
      if (event.state === "completed") resolve({ guid: event.guid, suggested });
      if (event.state !== "inProgress") clearTimeout(timer);
    });
  });
  finished.catch(() => undefined);
  await press(page, recipe.download, recipeVersion);
  return finished;
}

async function keep(from: string, suggested: string, target: string): Promise<Downloaded> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw new SourceUnavailable("DOWNLOAD_FAILED", "The file did not arrive.", { cause: error });
  }
  await rename(from, target);
  const name =
    path
      .basename(suggested)
      .replace(/[/\\\p{Cc}]/gu, "")
      .slice(0, 120) || "download.csv";
  return { bytes, sha256: hash.digest("hex"), name };
}

async function visit(page: Page, url: string): Promise<void> {
  const response = await page.goto(url, { waitUntil: "domcontentloaded" }).catch((error: unknown) => {
    throw unavailable(error);
  });
  const status = response?.status() ?? 0;
  if (status >= 500 || status === 429)
    throw new SourceUnavailable("SOURCE_FAILED", `${new URL(url).host} answered ${status}.`);
  if (status >= 400)
    throw new AppError(
      "SOURCE_MISSING",
      422,
      `${new URL(url).host} has no page at ${new URL(url).pathname} (answer ${status}).`,
    );
}

async function fill(page: Page, selector: string, text: string, version: number): Promise<void> {
  const field = await find(page, selector, version);
  await field.click({ count: 3 });
  await field.type(text);
}

async function press(page: Page, selector: string, version: number): Promise<void> {
  await (await find(page, selector, version)).click();
}

async function find(page: Page, selector: string, version: number) {
  const found = await page.waitForSelector(selector, { visible: true }).catch((error: unknown) => {
    throw error instanceof TimeoutError ? missing(selector, version) : unavailable(error);
  });
  if (!found) throw missing(selector, version);
  return found;
}

function missing(selector: string, version: number): AppError {
  return new AppError(
    "RECIPE_BROKEN",
    422,
    `The site's page no longer has “${selector}”. Change the recipe (version ${version}) in settings.`,
  );
}

function unavailable(error: unknown): SourceUnavailable {
  return new SourceUnavailable("SOURCE_UNREACHABLE", "The site did not answer as it should.", {
    cause: error,
  });
}
