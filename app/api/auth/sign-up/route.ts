import { after } from "next/server";
import { challengeStateSchema, signUpSchema } from "@/lib/core/auth/contract";
import { fromRequest, startSignUp } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Begin an account",
    description: "Mails a six-digit code. Answers the same for an address that has an account.",
    tags: ["auth"],
    access: "public",
    body: signUpSchema,
    response: challengeStateSchema,
    status: 202,
    limit: "sign-in",
  },
  async (input) => {
    const { answer, deliver } = await startSignUp(input.body, fromRequest(input));
    if (deliver) after(deliver);
    return answer;
  },
);
