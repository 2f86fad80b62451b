import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { claimDetailsSchema, claimedRewardSchema } from "@/lib/programs/loyalty/contract";
import { claimReward } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Claim a reward of the signed-in creator's tier",
    description:
      "A boost needs `schedule.date`, a discount `schedule.date` and `schedule.time`, a gift `shipping` and, where it has sizes, `size`. The same claim again, while it is open, answers with the first one. Refused with ACTIVE_CLAIM_EXISTS, LIMIT_REACHED, SOLD_OUT, BUDGET_SPENT, SLOT_FULL, NOT_AVAILABLE, TERMS_CHANGED (with `version`, the one that was shown) or ON_HOLD (409), TIER_INELIGIBLE or NOT_RECOGNISED (403), SCHEDULING_REQUIRED, INVALID_SCHEDULE, INVALID_TIME_SLOT, SHIPPING_INFO_REQUIRED, SIZE_REQUIRED or SIZE_INVALID (422).",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: claimDetailsSchema,
    response: claimedRewardSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => claimReward(scope, id, body),
);
