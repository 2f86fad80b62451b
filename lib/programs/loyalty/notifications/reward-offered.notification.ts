import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** Asked for when offers open: once a person and day, whatever their number. `names` holds the first three. */
export const loyaltyRewardOffered = defineNotification({
  id: "loyalty.reward-offered",
  schema: z.object({ count: z.number().int().min(1), names: z.array(z.string()).min(1).max(3) }),
  audience: "loyalty.app.use",
  link: () => "/loyalty/rewards",
  inApp: ({ count, names }, { t }) => ({
    title: t("title", { count, name: names[0] ?? "" }),
    body: t("body"),
  }),
  email: ({ count, names }, { t, business }) => ({
    subject: t("subject", { count, business: business.name }),
    preview: t("body"),
    title: t("title", { count, name: names[0] ?? "" }),
    paragraphs: [
      t("body"),
      ...(count > 1
        ? [
            t(count > names.length ? "namesAndMore" : "names", {
              names: names.join(", "),
              more: count - names.length,
            }),
          ]
        : []),
    ],
    action: { label: t("action") },
  }),
});
