import { NextResponse } from "next/server";
import { z } from "zod";
import { unsubscribe } from "@/lib/core/notifications/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { env } from "@/lib/kernel/env";

const params = z.object({ client: slugSchema });
const query = z.object({ token: z.string().min(20).max(1000) });

/** Scanners open links by themselves, so opening one only leads to the page with the button. */
export const GET = route(
  {
    summary: "Open the unsubscribe page",
    tags: ["notifications"],
    access: "public",
    params,
    query,
    response: "file",
  },
  ({ params: { client }, query: { token } }) =>
    NextResponse.redirect(`${env.appUrl}/${client}/unsubscribe?token=${encodeURIComponent(token)}`, 303),
);

export const POST = route(
  {
    summary: "Stop the e-mails of one kind",
    description: "What mail programs call (RFC 8058) and the button of the page. The token is the proof.",
    tags: ["notifications"],
    access: "public",
    params,
    query,
    response: z.object({ type: z.string() }),
  },
  ({ scope, query: { token } }) => unsubscribe(scope.client.id, token),
);
