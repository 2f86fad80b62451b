import { z } from "zod";
import { blockedAddressPageSchema, blockedAddressQuerySchema } from "@/lib/core/email/contract";
import { listBlockedAddresses } from "@/lib/core/email/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "List blocked addresses",
    description:
      "Addresses that returned a mail for good, or whose owner reported one as spam. Latest first.",
    tags: ["email"],
    access: { permission: "email.log.read" },
    params: z.object({ client: slugSchema }),
    query: blockedAddressQuerySchema,
    response: blockedAddressPageSchema,
  },
  ({ scope, query }) => listBlockedAddresses(scope, query),
);
