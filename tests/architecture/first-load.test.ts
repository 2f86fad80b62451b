import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/stack/config";

/* What a page of the member app brings to a phone before anything is pressed. Only static imports count: what comes
   by import() comes when it is asked for. `npm run bench -- pages` weighs it; this says at once what went wrong. */

interface Taken {
  from: string;
  /** Null takes everything. */
  names: string[] | null;
}
interface Module {
  isClient: boolean;
  takes: Taken[];
  /** Names that are handed on from elsewhere, by the name they have here. */
  handsOn: Map<string, { from: string; name: string }>;
  handsOnAll: string[];
}
const heavy = ["zod", "@base-ui/react"];
const known = new Map<string, Module>();

function find(spec: string, from: string): string {
  const base = spec.startsWith("@/")
    ? path.join(root, spec.slice(2))
    : spec.startsWith(".")
      ? path.resolve(path.dirname(from), spec)
      : null;
  if (base === null) return spec;
  return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`, base].find((file) => existsSync(file)) ?? spec;
}

function read(file: string): Module {
  const before = known.get(file);
  if (before) return before;
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false);
  const [first] = source.statements;
  const found: Module = {
    isClient:
      first !== undefined &&
      ts.isExpressionStatement(first) &&
      ts.isStringLiteral(first.expression) &&
      first.expression.text === "use client",
    takes: [],
    handsOn: new Map(),
    handsOnAll: [],
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const clause = statement.importClause;
      if (clause?.isTypeOnly) continue;
      const from = find(statement.moduleSpecifier.text, file);
      const bindings = clause?.namedBindings;
      if (!bindings || ts.isNamespaceImport(bindings)) found.takes.push({ from, names: null });
      else {
        const names = bindings.elements
          .filter((one) => !one.isTypeOnly)
          .map((one) => (one.propertyName ?? one.name).text);
        if (names.length > 0 || clause.name) found.takes.push({ from, names });
      }
    }
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && !statement.isTypeOnly) {
      const from = find((statement.moduleSpecifier as ts.StringLiteral).text, file);
      if (!statement.exportClause) found.handsOnAll.push(from);
      else if (ts.isNamedExports(statement.exportClause))
        for (const one of statement.exportClause.elements)
          if (!one.isTypeOnly)
            found.handsOn.set(one.name.text, { from, name: (one.propertyName ?? one.name).text });
    }
  }
  known.set(file, found);
  return found;
}

/** The module a name comes from in the end: lists of names weigh nothing themselves. */
function origin(file: string, name: string): string {
  if (!path.isAbsolute(file)) return file;
  const { handsOn, handsOnAll } = read(file);
  const next = handsOn.get(name);
  if (next) return origin(next.from, next.name);
  for (const other of handsOnAll) {
    const found = origin(other, name);
    if (found !== other || defines(other, name)) return found;
  }
  return file;
}

const defines = (file: string, name: string): boolean =>
  path.isAbsolute(file) &&
  new RegExp(`export (async )?(const|let|function|class) ${name}\\b`).test(readFileSync(file, "utf8"));

/** Ways from a page to something heavy that the browser walks with the first load. */
function heavyWays(page: string): string[] {
  const ways: string[] = [];
  const seen = new Set<string>();
  const walk = (file: string, inBrowser: boolean, way: string[]): void => {
    const here = [...way, path.isAbsolute(file) ? path.relative(root, file) : file];
    if (inBrowser && heavy.some((name) => file === name || file.startsWith(`${name}/`))) {
      ways.push(here.slice(-4).join(" → "));
      return;
    }
    const key = `${file} ${inBrowser}`;
    if (!/\.tsx?$/.test(file) || !path.isAbsolute(file) || seen.has(key)) return;
    seen.add(key);
    const { isClient, takes } = read(file);
    for (const { from, names } of takes)
      for (const next of names === null || names.length === 0
        ? [from]
        : new Set(names.map((name) => origin(from, name))))
        walk(next, inBrowser || isClient, here);
  };
  walk(page, false, []);
  return ways;
}

describe("the first load of a page", () => {
  const pages = [
    ...globSync("app/*/(member)/**/{page,layout}.tsx", { cwd: root }),
    ...globSync("app/(auth)/**/page.tsx", { cwd: root }),
    "app/layout.tsx",
  ];

  it("is looked at for every page of the member app", () => {
    expect(pages.length).toBeGreaterThan(15);
  });

  it.each(pages)("of %s brings neither the schema library nor the machinery of dialogs", (page) => {
    expect(heavyWays(path.join(root, page))).toEqual([]);
  });

  it("is found out when it does", () => {
    expect(heavyWays(path.join(root, "components/core/tenancy/settings-form.tsx")).join()).toContain("zod");
  });
});
