"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { leaveTo } from "./leave-to";
import type { DoorPlace } from "./sign-in-form";

/** The link opened in the tab that asked for it changes the hash alone and loads nothing. */
function onHashChange(read: () => void): () => void {
  window.addEventListener("hashchange", read);
  return () => window.removeEventListener("hashchange", read);
}

/** The mailed token stands after the hash, so it is in no server's log; a button spends it, so no mail scanner does. */
export function UnlockFlow({ business, query }: DoorPlace) {
  const t = useTranslations("auth.unlock");
  const token = useSyncExternalStore(
    onHashChange,
    () => window.location.hash.slice(1),
    () => "",
  );
  const [isSent, setIsSent] = useState(false);
  if (token) {
    return (
      <Form
        path="/api/auth/unlock"
        className="door-form"
        size="tall"
        submit={t("use")}
        extra={{ token }}
        label={t("useTitle")}
        stay
        onSent={() => leaveTo(`/sign-in${query}`)}
      >
        <h2 className="h2">{t("useTitle")}</h2>
        <p>{t("useText")}</p>
      </Form>
    );
  }
  if (isSent) {
    return (
      <Notice tone="ok" title={t("sentTitle")}>
        <p>{t("sentText")}</p>
      </Notice>
    );
  }
  return (
    <Form
      path="/api/auth/unlock/request"
      className="door-form"
      size="tall"
      submit={t("submit")}
      extra={{ business }}
      label={t("title")}
      stay
      onSent={() => setIsSent(true)}
      secondary={
        <Link className="act self-start" href={`/forgot${query}`} prefetch={false}>
          {t("reset")}
        </Link>
      }
    >
      <TextField
        name="identifier"
        label={t("identifier")}
        autoComplete="username"
        autoCapitalize="none"
        inputMode="email"
        required
      />
    </Form>
  );
}
