"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { leaveTo } from "./leave-to";

/** A button and not the mere visit: following a link must change nothing. */
export function AcceptInvitation({
  token,
  business,
  slug,
}: {
  token: string;
  business: string;
  slug: string;
}) {
  const t = useTranslations("people.invitation");
  return (
    <Form
      path="/api/invitations/accept"
      size="tall"
      submit={t("accept", { business })}
      extra={{ token }}
      stay
      onSent={() => leaveTo(`/${slug}`)}
    />
  );
}
