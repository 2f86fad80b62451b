import { describe, expect, it } from "vitest";
import { z } from "zod";
import "./environment";
import { buildDocument } from "@/lib/http/openapi";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { byTag, fieldLines, operationsOf, schemaText, searchOperations } from "@/app/api/docs/operations";

const thing = z.object({ id: z.uuid(), parts: z.array(z.object({ name: z.string().nullable() })) });
const handlers = {
  GET: route(
    {
      summary: "List things",
      tags: ["things"],
      access: { member: "loyalty" },
      params: z.object({ client: slugSchema }),
      query: z.object({ q: z.string().optional() }),
      response: z.object({ items: z.array(thing) }),
    },
    () => ({ items: [] }),
  ),
  POST: route(
    {
      summary: "Make a thing",
      tags: ["things"],
      access: { permission: "loyalty.things.write" },
      params: z.object({ client: slugSchema }),
      body: z.object({ name: z.string().trim().min(2) }),
      response: thing,
      status: 201,
      once: true,
    },
    () => Response.json({}),
  ),
};
const document = await buildDocument(
  [
    { path: "/api/[client]/things", load: () => Promise.resolve(handlers) },
    { path: "/api/cron/jobs", load: () => Promise.resolve({ GET: () => null }) },
  ],
  { version: "1", server: "http://localhost:3000" },
);

describe("the API document", () => {
  it("is OpenAPI 3.1 with one path a route", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths ?? {})).toEqual(["/api/{client}/things"]);
  });

  it("describes parameters, body, answers and what they need from the same schemas", () => {
    const post = document.paths!["/api/{client}/things"]!.post!;
    expect(post.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "client", in: "path", required: true }),
        expect.objectContaining({ name: "Idempotency-Key", in: "header" }),
      ]),
    );
    expect(post.requestBody).toMatchObject({
      content: {
        "application/json": {
          schema: { properties: { name: { type: "string", minLength: 2 } }, required: ["name"] },
        },
      },
    });
    expect(Object.keys(post.responses!)).toEqual(
      expect.arrayContaining(["201", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500"]),
    );
    expect(post.security).toEqual([{ bearer: [] }, { session: [] }]);
    expect(post.description).toContain("loyalty.things.write");
  });

  it("gives every operation a name of its own", () => {
    const ids = operationsOf(document).map(({ operationId }) => operationId);
    expect(ids).toEqual(["getClientThings", "postClientThings"]);
  });
});

describe("the API pages", () => {
  const operations = operationsOf(document);

  it("find an operation by any words of it", () => {
    const found = (words: string) => searchOperations(operations, words).map(({ method }) => method);
    expect(found("")).toEqual(["GET", "POST"]);
    expect(found("make THING")).toEqual(["POST"]);
    expect(found("things.write")).toEqual(["POST"]);
    expect(found("nothing-of-that")).toEqual([]);
    expect(byTag(operations).map(([tag, list]) => [tag, list.length])).toEqual([["things", 2]]);
  });

  it("name nested fields as a refusal names them", () => {
    const schema = operations[1]!.responses["201"]!.content!["application/json"]!.schema.properties!.data;
    expect(fieldLines(schema).map(({ name }) => name)).toEqual(["id", "parts[]", "parts[].name"]);
    expect(schemaText({ anyOf: [{ type: "string" }, { type: "null" }] })).toBe("string | null");
    expect(fieldLines(undefined)).toEqual([]);
  });
});
