/** Writes app/api/routes.ts, the list the API document is made from. `--check` only says whether it is current. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const target = path.join(root, "app/api/routes.ts");

export function routeFiles(): string[] {
  return readdirSync(path.join(root, "app/api"), { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith("/route.ts"))
    .sort();
}

export function indexText(files = routeFiles()): string {
  const lines = files.map((file) => {
    const folder = file.replace(/\/route\.ts$/, "");
    return `  { path: "/api/${folder}", load: () => import("./${folder}/route") },`;
  });
  return [
    "// Written by scripts/api-index.ts; run `npm run api:index` after adding a route.",
    'import type { ApiRoute } from "@/lib/http/openapi";',
    "",
    "export const apiRoutes: ApiRoute[] = [",
    ...lines,
    "];",
    "",
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const text = indexText();
  if (process.argv.includes("--check")) {
    if (readFileSync(target, "utf8") !== text) {
      console.error("app/api/routes.ts is out of date: run `npm run api:index`.");
      process.exitCode = 1;
    }
  } else writeFileSync(target, text);
}
