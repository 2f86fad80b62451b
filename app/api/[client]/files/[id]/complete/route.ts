import { z } from "zod";
import { fileSchema } from "@/lib/core/files/contract";
import { completeUpload } from "@/lib/core/files/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Complete an upload",
    description: "All bytes are there: the file goes into quarantine and is checked. Only who began it can.",
    tags: ["files"],
    access: "signed-in",
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: fileSchema,
  },
  ({ scope, params: { id } }) => completeUpload(scope, id),
);
