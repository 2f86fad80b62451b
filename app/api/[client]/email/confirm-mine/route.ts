import { z } from "zod";
import { confirmMyAddress } from "@/lib/core/email/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Say that my address is right",
    description:
      "This business writes to the caller's own address again, after a mail came back or was reported.",
    tags: ["email"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    response: z.null(),
  },
  async ({ scope }) => {
    await confirmMyAddress(scope);
    return null;
  },
);
