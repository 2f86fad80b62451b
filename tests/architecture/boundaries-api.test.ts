import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { apiRoutes } from "@/app/api/routes";
import { apiMethods, buildDocument, definitionOf } from "@/lib/http/openapi";
import { indexText, routeFiles } from "@/scripts/api-index";

const routes = await Promise.all(
  apiRoutes.map(async ({ path, load }) => ({ path, handlers: (await load()) as Record<string, unknown> })),
);
const operations = routes.flatMap(({ path, handlers }) =>
  Object.entries(handlers)
    .filter(([name]) => (apiMethods as readonly string[]).includes(name))
    .map(([method, handler]) => ({ name: `${method} ${path}`, method, path, handler })),
);
const machines = /^\/api\/(cron|webhooks)\//;

describe("the API", () => {
  it("lists every route file, and nothing else", () => {
    expect(routeFiles().length).toBeGreaterThan(0);
    expect(readFileSync("app/api/routes.ts", "utf8"), "run `npm run api:index`").toBe(indexText());
  });

  it.each(operations.filter(({ path }) => !machines.test(path)))(
    "describes $name",
    ({ handler, method, path }) => {
      const definition = definitionOf(handler);
      expect(definition, "exported without route()").not.toBeNull();
      expect(definition!.summary.length).toBeGreaterThan(3);
      expect(definition!.summary).not.toMatch(/\.$/);
      expect(definition!.tags.length).toBeGreaterThan(0);
      expect(definition!.response === "file" || definition!.response instanceof z.ZodType).toBe(true);
      const inPath = [...path.matchAll(/\[(?:\.\.\.)?([^\]]+)\]/g)].map(([, name]) => name);
      expect(Object.keys(definition!.params?.shape ?? {}).sort()).toEqual(inPath.sort());
      if (method === "GET") expect(definition!.body).toBeUndefined();
      // A permission belongs to a business, so the path must name one.
      if (typeof definition!.access === "object") expect(inPath).toContain("client");
    },
  );

  it("lets only the scheduler call cron handlers, under the name of their folder", () => {
    for (const { name, path, method, handler } of operations.filter((one) =>
      one.path.startsWith("/api/cron/"),
    )) {
      expect([name, method, (handler as { cron?: string }).cron]).toEqual([
        name,
        "GET",
        path.split("/").at(-1),
      ]);
    }
  });

  it("fits into one OpenAPI document with a name of its own for every operation", async () => {
    const document = await buildDocument(apiRoutes, { version: "test", server: "http://localhost:3000" });
    const ids = Object.values(document.paths ?? {}).flatMap((path) =>
      Object.values(path as Record<string, { operationId?: string }>).map(({ operationId }) => operationId),
    );
    expect(ids).toHaveLength(operations.filter(({ path }) => !machines.test(path)).length);
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.parse(JSON.stringify(document))).toMatchObject({ openapi: "3.1.0" });
  });
});
