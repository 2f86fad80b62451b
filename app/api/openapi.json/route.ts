import { env } from "@/lib/kernel/env";
import { buildDocument } from "@/lib/http/openapi";
import { route } from "@/lib/http/route";
import { apiRoutes } from "../routes";

export const GET = route(
  { summary: "This document", tags: ["api"], access: "public", limit: "public", response: "file" },
  async () => Response.json(await buildDocument(apiRoutes, { version: env.version, server: env.appUrl })),
);
