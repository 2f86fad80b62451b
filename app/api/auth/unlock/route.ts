import { z } from "zod";
import { unlockSchema } from "@/lib/core/auth/contract";
import { fromRequest, unlock } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Use the mailed link",
    description:
      "Lets this browser try its password five times in the next 15 minutes, whatever strangers do.",
    tags: ["auth"],
    access: "public",
    body: unlockSchema,
    response: z.object({ isUnlocked: z.literal(true) }),
    limit: "sign-in",
  },
  (input) => unlock(input.body.token, fromRequest(input)),
);
