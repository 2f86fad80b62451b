import { after } from "next/server";
import { challengeStateSchema, changeEmailSchema } from "@/lib/core/auth/contract";
import { fromRequest, meOf, startEmailChange } from "@/lib/core/auth/server";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Change my e-mail",
    description: "Mails a code to the new address; nothing changes before it is entered.",
    tags: ["me"],
    access: "signed-in",
    body: changeEmailSchema,
    response: challengeStateSchema,
    status: 202,
    limit: "sign-in",
  },
  async (input) => {
    const { answer, deliver } = await startEmailChange(
      meOf(input.caller, input.viewer),
      input.body,
      fromRequest(input),
    );
    if (deliver) after(deliver);
    return answer;
  },
);
