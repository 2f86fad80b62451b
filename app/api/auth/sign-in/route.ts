import { signedInSchema, signInSchema } from "@/lib/core/auth/contract";
import { fromRequest, signIn } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Sign in",
    description:
      "E-mail or handle and password. Five failures lock this account at this address for 15 minutes. A browser gets cookies; `session: token` answers tokens instead.",
    tags: ["auth"],
    access: "public",
    body: signInSchema,
    response: signedInSchema,
    limit: "sign-in",
  },
  (input) => signIn(input.body, fromRequest(input)),
);
