import { after } from "next/server";
import { z } from "zod";
import { unlockRequestSchema } from "@/lib/core/auth/contract";
import { fromRequest, requestUnlock } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Mail a way past a lock",
    description: "A one-use link to the owner of the account. Answers the same for an unknown one.",
    tags: ["auth"],
    access: "public",
    body: unlockRequestSchema,
    response: z.object({ isAccepted: z.literal(true) }),
    status: 202,
    limit: "reset",
    limitKey: ({ body }) => `unlock ${body.identifier.toLowerCase()}`,
  },
  (input) => {
    const { answer, deliver } = requestUnlock(input.body, fromRequest(input));
    if (deliver) after(deliver);
    return answer;
  },
);
