import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./config";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser that starts: the one that is set, one of the machine, Playwright's own, or one from apt. */
export function ensureChromium(say: (text: string) => void): string {
  const set = process.env.CHROMIUM_PATH;
  if (set) {
    if (starts(set)) return set;
    throw new Error(`CHROMIUM_PATH is ${set}, and that does not start.`);
  }
  const found = PLACES.find(starts) ?? ownChromium();
  if (found) return found;
  say("Fetching a browser.");
  run(process.execPath, [path.join(root, "node_modules/@playwright/test/cli.js"), "install", "chromium"]);
  const own = ownChromium();
  if (own) return own;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  run(apt[0] ?? "env", [...apt.slice(1), "update", "-qq"]);
  run(apt[0] ?? "env", [
    ...apt.slice(1),
    "install",
    "-y",
    "-qq",
    "--no-install-recommends",
    "chromium",
    "fonts-liberation",
  ]);
  const packaged = PLACES.find(starts);
  if (packaged) return packaged;
  throw new Error("No browser could be found or fetched. Install Chromium, or set CHROMIUM_PATH to one.");
}

function ownChromium(): string | undefined {
  try {
    const code = 'console.log(require("@playwright/test").chromium.executablePath())';
    const at = execFileSync(process.execPath, ["-e", code], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
    return starts(at) ? at : undefined;
  } catch {
    return undefined;
  }
}

function starts(file: string): boolean {
  if (!existsSync(file)) return false;
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function run(file: string, args: string[]): void {
  spawnSync(file, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"], timeout: 300_000 });
}
