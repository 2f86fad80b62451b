"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useSend } from "@/components/ui/use-send";

export function UnsubscribeButton({ slug, token }: { slug: string; token: string }) {
  const t = useTranslations("notifications.unsubscribe");
  const { send, sending, problem } = useSend();
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Notice tone="ok" title={t("doneTitle")}>
        {t("doneText")}
      </Notice>
    );
  }
  return (
    <div className="stack gap-3">
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
