import { after } from "next/server";
import { challengeStateSchema, forgotSchema } from "@/lib/core/auth/contract";
import { fromRequest, startReset } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Forgot the password",
    description:
      "Mails a code that lives 15 minutes, three an hour. Answers the same for an unknown address.",
    tags: ["auth"],
    access: "public",
    body: forgotSchema,
    response: challengeStateSchema,
    status: 202,
    limit: "reset",
    limitKey: ({ body }) => body.email,
  },
  async (input) => {
    const { answer, deliver } = await startReset(input.body.email, fromRequest(input));
    if (deliver) after(deliver);
    return answer;
  },
);
