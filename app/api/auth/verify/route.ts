import { signedInSchema, verifySchema } from "@/lib/core/auth/contract";
import { fromRequest, verifySignUp } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Finish an account with the mailed code",
    description: "The code lives five minutes, takes three tries and counts once. The password is set now.",
    tags: ["auth"],
    access: "public",
    body: verifySchema,
    response: signedInSchema,
    limit: "sign-in",
  },
  (input) => verifySignUp(input.body, fromRequest(input)),
);
