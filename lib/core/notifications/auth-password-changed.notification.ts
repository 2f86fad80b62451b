import { z } from "zod";

import { defineNotification } from "./define-notification";

export const authPasswordChanged = defineNotification({
  id: "auth.password-changed",
  schema: z.object({ changedAt: z.iso.datetime({ offset: true }) }),
  isEssential: true,
  link: () => "/settings",
  inApp: ({ changedAt }, { t, dateTime }) => ({
    title: t("title"),
    body: t("body", { changedAt: dateTime(changedAt) }),
  }),
  email: ({ changedAt }, { t, dateTime, business }) => ({
    subject: t("subject"),
    preview: t("preview"),
    title: t("title"),
    paragraphs: [t("mailBody", { changedAt: dateTime(changedAt), business: business.name }), t("notYou")],
    action: { label: t("action") },
  }),
});
