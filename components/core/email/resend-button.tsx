"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

export function ResendButton({ slug, id, to }: { slug: string; id: string; to: string }) {
  const t = useTranslations("email.log");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend();
  return (
    <>
      <Button
        size="small"
        busy={sending}
        aria-label={t("sendLabel", { to })}
        onClick={() => {
          void send(`/api/${slug}/email/${id}/resend`).then((done) => {
            if (!done) return;
            toast({ message: t("queuedAgain") });
            router.refresh();
          });
        }}
      >
        {t("send")}
      </Button>
      {problem && (
        <p className="error sm" role="alert">
          {problem.message}
        </p>
      )}
    </>
  );
}
