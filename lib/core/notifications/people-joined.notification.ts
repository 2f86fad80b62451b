import { z } from "zod";

import { defineNotification } from "./define-notification";

/** To whoever sent the invitation: it was accepted. In the app only; it asks for nothing. */
export const peopleJoined = defineNotification({
  id: "people.joined",
  schema: z.object({ personId: z.uuid(), name: z.string() }),
  audience: "people.invitations.write",
  link: ({ personId }) => `/admin/people/${personId}`,
  inApp: ({ name }, { t, business }) => ({
    title: t("title", { name, business: business.name }),
    body: t("body"),
  }),
});
