import { resetSchema, signedInSchema } from "@/lib/core/auth/contract";
import { finishReset, fromRequest } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Set a new password with the mailed code",
    description: "Signs in here and signs out everywhere else.",
    tags: ["auth"],
    access: "public",
    body: resetSchema,
    response: signedInSchema,
    limit: "sign-in",
  },
  (input) => finishReset(input.body, fromRequest(input)),
);
