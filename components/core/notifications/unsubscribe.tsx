"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useSend } from "@/components/ui/use-send";

interface UnsubscribeProps {
  slug: string;
  token: string;
  business: string;
  name: string;
}

/** The question, and after a press the answer in its place. */
export function Unsubscribe({ slug, token, business, name }: UnsubscribeProps) {
  const t = useTranslations("notifications.unsubscribe");
  const { send, sending, problem } = useSend();
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <div className="stack gap-3" role="status">
        <h1 className="h1">{t("doneTitle")}</h1>
        <p className="soft">{t("doneText")}</p>
      </div>
    );
  }
  return (
    <div className="stack gap-3">
      <h1 className="h1">{t("title")}</h1>
      <p className="soft">{t("text", { business, name })}</p>
      {problem && <Notice tone="bad" title={problem.message} />}
      <Button
        variant="primary"
        size="tall"
        wide
        busy={sending}
        onClick={() => {
          void send(`/api/${slug}/notifications/unsubscribe?token=${encodeURIComponent(token)}`).then(
            (done) => setDone(done !== null),
          );
        }}
      >
        {t("action")}
      </Button>
    </div>
  );
}
