import { z } from "zod";

import { defineNotification } from "@/lib/core/notifications/server";

/** Asked for on the night a goal was reached, once a round. `claimUntil` is null where there is no limit. */
export const loyaltyMissionCompleted = defineNotification({
  id: "loyalty.mission-completed",
  schema: z.object({
    missionId: z.uuid(),
    mission: z.string(),
    reward: z.string(),
    claimUntil: z.string().nullish(),
  }),
  audience: "loyalty.app.use",
  link: () => "/loyalty/missions",
  inApp: ({ mission, reward }, { t }) => ({ title: t("title", { mission }), body: t("body", { reward }) }),
  email: ({ mission, reward, claimUntil }, { t, date, business }) => ({
    subject: t("subject", { mission, business: business.name }),
    preview: t("body", { reward }),
    title: t("title", { mission }),
    paragraphs: [
      t("body", { reward }),
      ...(claimUntil ? [t("until", { day: date(claimUntil, "long") })] : []),
    ],
    facts: [{ label: t("reward"), value: reward }],
    action: { label: t("action") },
  }),
});

/** All missions that began for a creator since the last night, in one message. `names` holds the first three. */
export const loyaltyNewMissions = defineNotification({
  id: "loyalty.new-missions",
  schema: z.object({ count: z.number().int().min(1), names: z.array(z.string()).min(1).max(3) }),
  audience: "loyalty.app.use",
  link: () => "/loyalty/missions",
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

/** For the business: the reward of its missions is given out. Once a cap; `waiting` creators have earned one meanwhile. */
export const loyaltyMissionRewardOut = defineNotification({
  id: "loyalty.mission-reward-out",
  schema: z.object({ rewardId: z.uuid(), reward: z.string(), waiting: z.number().int().min(0) }),
  audience: "loyalty.missions.write",
  link: ({ rewardId }) => `/admin/loyalty/rewards/${rewardId}`,
  inApp: ({ reward, waiting }, { t }) => ({ title: t("title", { reward }), body: t("body", { waiting }) }),
  email: ({ reward, waiting }, { t, business }) => ({
    subject: t("subject", { reward, business: business.name }),
    preview: t("body", { waiting }),
    title: t("title", { reward }),
    paragraphs: [t("body", { waiting }), t("next")],
    action: { label: t("action") },
  }),
});
