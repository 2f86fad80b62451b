import { z } from "zod";
import { endView } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { viewCookie } from "@/lib/http/view-cookie";

export const POST = route(
  {
    summary: "Stop looking as a member",
    tags: ["people"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    response: z.null(),
  },
  async ({ scope, params: { client }, headers }) => {
    await endView(scope);
    headers.append("Set-Cookie", viewCookie(client, null));
    return null;
  },
);
