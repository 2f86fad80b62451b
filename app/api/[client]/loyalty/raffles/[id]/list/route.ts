import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { readRaffleList } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Download the sealed list of a raffle",
    description:
      "Plain text, a line `number entry-id` for each entry, exactly the bytes whose SHA-256 was published. 409 until it is sealed.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: "file",
  },
  async ({ scope, params: { id } }) =>
    new Response(await readRaffleList(scope, id), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-raffle-${id}.txt"`,
      },
    }),
);
