import { z } from "zod";
import { changePasswordSchema } from "@/lib/core/auth/contract";
import { changePassword, fromRequest, meOf } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Change my password",
    description: "Asks for the current one; signs out everywhere else.",
    tags: ["me"],
    access: "signed-in",
    body: changePasswordSchema,
    response: z.object({ isChanged: z.literal(true) }),
    limit: "sign-in",
  },
  async (input) => {
    await changePassword(meOf(input.caller, input.viewer), input.body, fromRequest(input));
    return { isChanged: true as const };
  },
);
