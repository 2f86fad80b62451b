import { after } from "next/server";
import { challengeStateSchema, resendSchema } from "@/lib/core/auth/contract";
import { resendCode } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Mail another code",
    description: "After 60 seconds, five codes at most. The code before ends.",
    tags: ["auth"],
    access: "public",
    body: resendSchema,
    response: challengeStateSchema,
    status: 202,
    limit: "sign-in",
  },
  async ({ body }) => {
    const { answer, deliver } = await resendCode(body.challenge);
    if (deliver) after(deliver);
    return answer;
  },
);
