import { z } from "zod";
import { checkHealth } from "@/lib/http/health";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

const part = z.object({
  status: z.enum(["up", "down"]),
  ms: z.number(),
  waiting: z.number().int().optional(),
  oldestSeconds: z.number().int().optional(),
});

export const GET = route(
  {
    summary: "How each part is",
    description: "200 when every part is up, 503 when one is down. Says nothing about why; the log does.",
    tags: ["api"],
    access: "public",
    limit: "public",
    response: z.object({
      status: z.enum(["ok", "down"]),
      version: z.string(),
      parts: z.object({ database: part, storage: part, mail: part, queue: part, encryption: part }),
    }),
  },
  async ({ requestId }) => {
    const health = await checkHealth();
    if (health.status === "ok") return health;
    const down = Object.entries(health.parts).filter(([, { status }]) => status === "down");
    const message = `Down: ${down.map(([name]) => name).join(", ")}.`;
    return Response.json(
      { success: false, error: { code: "UNHEALTHY", message, details: health }, requestId },
      { status: 503, headers: { "cache-control": "no-store" } },
    );
  },
);
