import { z } from "zod";

import { defineNotification } from "./define-notification";

/** Raised by private.bury_dead_jobs, once a task and day. */
export const jobsJobFailed = defineNotification({
  id: "jobs.job-failed",
  schema: z.object({ task: z.string() }),
  audience: "jobs.log.read",
  link: () => "/admin/jobs",
  inApp: ({ task }, { t }) => ({ title: t("title"), body: t("body", { task }) }),
  email: ({ task }, { t, business }) => ({
    subject: t("subject", { business: business.name }),
    preview: t("preview"),
    title: t("title"),
    paragraphs: [t("body", { task }), t("next")],
    action: { label: t("action") },
  }),
});
