import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Parts without a face of their own, and those the frame of every page carries. */
const unseen = ["BrandStyle", "BrandSync", "ClientMessages", "LazyActionButton", "RegisterWorker", "Toaster"];

/** The files of components/ that a file brings in; a lazy import counts. */
function imports(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import\()\s*"((?:@\/components|\.)[^"]+)"/g)].flatMap(
    ([, to = ""]) => {
      const base = to.startsWith("@/") ? to.slice(2) : path.posix.join(path.posix.dirname(file), to);
      return globSync([`${base}.tsx`, `${base}/index.ts`, `${base}.ts`], { cwd: root });
    },
  );
}

function reachedFrom(files: readonly string[]): Set<string> {
  const reached = new Set(files);
  for (const file of reached) for (const next of imports(file)) reached.add(next);
  return reached;
}

it("every part of components/ui is shown at /dev/ui", () => {
  const reached = [...reachedFrom(globSync("app/dev/ui/**/*.tsx", { cwd: root }))];
  const parts = globSync("components/ui/*.tsx", { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/^export (?:async )?function ([A-Z]\w+)/gm)].map(([, name = ""]) => ({
      name,
      file,
    })),
  );
  const missing = parts
    .filter(({ name }) => !unseen.includes(name))
    .filter(({ name, file }) => {
      const named = new RegExp(`\\b${name}\\b`);
      return !reached.some((other) => other !== file && named.test(read(other)));
    })
    .map(({ name }) => name);
  expect(parts.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
