import { z } from "zod";
import { unreadSchema } from "@/lib/core/notifications/contract";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "Count my unread notifications",
    description: "A hundred at most: the bell says 99+ from there on.",
    tags: ["notifications"],
    access: "signed-in",
    params: z.object({ client: slugSchema }),
    response: unreadSchema,
  },
  ({ context }) => ({ unread: context?.unread ?? 0 }),
);
