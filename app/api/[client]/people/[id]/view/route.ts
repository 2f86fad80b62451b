import { z } from "zod";
import { startView } from "@/lib/core/people/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { viewCookie } from "@/lib/http/view-cookie";

export const POST = route(
  {
    summary: "Look at the app as a member",
    description:
      "Read-only, for a quarter of an hour, written to the audit log with its reason. Other clients send the id as `x-view-as` to the Data API.",
    tags: ["people"],
    access: { permission: "people.people.impersonate" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: z.object({ reason: z.string().trim().min(3, "Say why in a few words.").max(200) }),
    response: z.object({ id: z.uuid(), expiresAt: z.string() }),
  },
  async ({ scope, params: { client, id }, body, headers }) => {
    const view = await startView(scope, id, body.reason);
    headers.append("Set-Cookie", viewCookie(client, view.id));
    return view;
  },
);
