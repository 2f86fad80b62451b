import "server-only";
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Access } from "./access";
import type { DefinedHandler, RouteDefinition } from "./definition";
import { defaultLimit, limitPolicies } from "./limits";

export interface ApiRoute {
  /** As in the folder tree: `/api/[client]/people`. */
  path: string;
  load: () => Promise<object>;
}

export const apiMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type ApiMethod = (typeof apiMethods)[number];

const failureSchema = z
  .object({
    success: z.literal(false),
    error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
    requestId: z.string(),
  })
  .meta({
    id: "Failure",
    description: "Every refusal. `details.fields` maps a field's path to its message.",
  });

export function definitionOf(handler: unknown): RouteDefinition | null {
  return typeof handler === "function" && "definition" in handler
    ? (handler as unknown as DefinedHandler).definition
    : null;
}

export async function buildDocument(routes: ApiRoute[], info: { version: string; server: string }) {
  const paths: ZodOpenApiPathsObject = {};
  const tags = new Set<string>();
  for (const { path, load } of routes) {
    const handlers = (await load()) as Record<string, unknown>;
    const operations: Record<string, ZodOpenApiOperationObject> = {};
    for (const method of apiMethods) {
      const definition = definitionOf(handlers[method]);
      if (!definition) continue;
      definition.tags.forEach((tag) => tags.add(tag));
      operations[method.toLowerCase()] = operation(method, path, definition);
    }
    if (Object.keys(operations).length > 0) paths[openApiPath(path)] = operations;
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Portico",
      version: info.version,
      description:
        "The API the web app itself uses. Send a person's access token as `Authorization: Bearer`, or the session cookie from the app's own origin.",
    },
    servers: [{ url: info.server }],
    tags: [...tags].sort().map((name) => ({ name })),
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        session: { type: "apiKey", in: "cookie", name: "portico-session" },
      },
    },
    paths,
  });
}

/** `/api/[client]/people/[id]` → `/api/{client}/people/{id}` */
function openApiPath(path: string): string {
  return path.replace(/\[\.{0,3}([^\]]+)\]/g, "{$1}");
}

function operation(method: ApiMethod, path: string, definition: RouteDefinition): ZodOpenApiOperationObject {
  const { summary, description, tags, access, params, query, body, response, once } = definition;
  const policy = limitPolicies[definition.limit ?? defaultLimit(method)];
  const minutes = policy.windowSeconds / 60;
  return {
    operationId: operationId(method, path),
    summary,
    description: [
      description,
      `Access: ${accessText(access)}.`,
      `Limit: ${policy.perPerson} in ${minutes} minutes a person, ${policy.perAddress} an address.`,
    ]
      .filter(Boolean)
      .join("\n\n"),
    tags,
    security: access === "public" ? [{}, { bearer: [] }, { session: [] }] : [{ bearer: [] }, { session: [] }],
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(once ? { header: idempotencyHeader } : {}),
    },
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: body } } } } : {}),
    responses: {
      [String(definition.status ?? 200) as "200"]:
        response === "file"
          ? { description: "The file." }
          : {
              description: "Done.",
              content: {
                "application/json": { schema: z.object({ success: z.literal(true), data: response }) },
              },
            },
      ...failures(method, definition),
    },
  };
}

const idempotencyHeader = z.object({
  "Idempotency-Key": z.string().min(8).max(200).optional().meta({
    description:
      "Chosen by the caller, one for each intent. Repeating it replays the first answer for 24 hours.",
  }),
});

function failures(method: ApiMethod, { access, params, body, query, once }: RouteDefinition) {
  const reasons: Record<string, string> = {
    ...(body
      ? {
          "400": "The body is not JSON.",
          "413": "The body is too large.",
          "415": "The body is not application/json.",
        }
      : {}),
    ...(access === "public" ? {} : { "401": "Nobody is signed in." }),
    ...(method === "GET" && typeof access === "string"
      ? {}
      : { "403": "The permission is missing, or the request came from another site." }),
    ...(params ? { "404": "Not there, or not yours." } : {}),
    ...(once || method !== "GET" ? { "409": "It does not fit the present state." } : {}),
    ...(body || query || once ? { "422": "A value needs another look; see `details.fields`." } : {}),
    "429": "Too many requests; see `Retry-After`.",
    "500": "Our fault; quote the request id.",
  };
  return Object.fromEntries(
    Object.entries(reasons).map(([status, text]) => [
      status,
      { description: text, content: { "application/json": { schema: failureSchema } } },
    ]),
  );
}

function accessText(access: Access): string {
  if (access === "public") return "anybody";
  if (access === "signed-in") return "anybody who is signed in";
  return "member" in access
    ? `members of a business with ${access.member}`
    : `the permission ${access.permission}`;
}

function operationId(method: ApiMethod, path: string): string {
  const words = path
    .replace(/^\/api\//, "")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return [method.toLowerCase(), ...words]
    .map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join("");
}
