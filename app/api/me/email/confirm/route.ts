import { z } from "zod";
import { confirmEmailSchema } from "@/lib/core/auth/contract";
import { confirmEmailChange, fromRequest, meOf } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Confirm my new e-mail with the mailed code",
    description: "Tells the old address and signs out everywhere else.",
    tags: ["me"],
    access: "signed-in",
    body: confirmEmailSchema,
    response: z.object({ email: z.string() }),
    limit: "write",
  },
  (input) => confirmEmailChange(meOf(input.caller, input.viewer), input.body, fromRequest(input)),
);
