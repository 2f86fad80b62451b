import { z } from "zod";
import { openLogo } from "@/lib/core/files/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "The business's logo",
    description: "For anybody: it stands on the sign-in page. Any other file is not found.",
    tags: ["tenancy"],
    access: "public",
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: "file",
    limit: "public",
  },
  async ({ params }) => {
    const { type, body } = await openLogo(params.client, params.id);
    // Its address names this very picture, so it may be kept; and it is the same for everybody.
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Cache-Control": "public, max-age=31536000, immutable",
        Vary: "Accept-Encoding",
      },
    });
  },
);
