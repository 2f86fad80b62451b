import { z } from "zod";
import { programIds, programPatchSchema } from "@/lib/core/tenancy/contract";
import { setProgram } from "@/lib/core/tenancy/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const PATCH = route(
  {
    summary: "Turn a program on or off",
    tags: ["tenancy"],
    access: { permission: "tenancy.settings.write" },
    params: z.object({ client: slugSchema, program: z.enum(programIds) }),
    body: programPatchSchema,
    response: z.object({ program: z.enum(programIds), isEnabled: z.boolean() }),
  },
  async ({ scope, params: { program }, body }) => {
    const saved = await setProgram(scope, program, body.isEnabled);
    return { program, isEnabled: saved.isEnabled };
  },
);
