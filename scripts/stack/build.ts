import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./config";

const SOURCES = [
  "app",
  "components",
  "lib",
  "messages",
  "public",
  "instrumentation.ts",
  "middleware.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

export const nextBin = path.join(root, "node_modules", "next", "dist", "bin", "next");

/** Builds the app into `PORTICO_DIST` unless that build is of these very sources; false when it was. */
export async function buildApp(env: Record<string, string>, say: (text: string) => void): Promise<boolean> {
  const dist = path.join(root, env.PORTICO_DIST || ".next");
  const stamp = path.join(dist, "portico-build.json");
  const digest = sourcesDigest(env.NEXT_PUBLIC_APP_URL ?? "");
  if (existsSync(stamp) && existsSync(path.join(dist, "BUILD_ID"))) {
    if ((JSON.parse(readFileSync(stamp, "utf8")) as { digest?: string }).digest === digest) return false;
  }
  say("Building the app (a minute or two; only when its sources change).");
  const output: string[] = [];
  const child = spawn(process.execPath, [nextBin, "build"], {
    cwd: root,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", PORTICO_TYPES: "checked" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  const code = await new Promise<number>((resolve) => child.once("close", (value) => resolve(value ?? 1)));
  process.off("exit", stop);
  if (code !== 0)
    throw new Error(
      `The app could not be built.\n${output.join("").trim().split("\n").slice(-60).join("\n")}`,
    );
  writeFileSync(stamp, JSON.stringify({ digest }));
  return true;
}

function sourcesDigest(appUrl: string): string {
  // The public address is compiled into what the browser loads.
  const hash = createHash("sha256").update(`${process.versions.node}\n${appUrl}\n`);
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, relative: string): void {
  const at = path.join(root, relative);
  if (!existsSync(at)) return;
  if (statSync(at).isDirectory()) {
    for (const name of readdirSync(at).sort()) addTo(hash, path.join(relative, name));
    return;
  }
  hash.update(relative).update("\0").update(readFileSync(at)).update("\0");
}
