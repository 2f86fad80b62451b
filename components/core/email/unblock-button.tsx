"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

export function UnblockButton({ slug, id, address }: { slug: string; id: string; address: string }) {
  const t = useTranslations("email.blocked");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<{ isSent: boolean }>();
  return (
    <>
      <Button
        size="small"
        busy={sending}
        aria-label={t("sendLabel", { address })}
        onClick={() => {
          void send(`/api/${slug}/email/blocked/${id}/unblock`).then((done) => {
            if (!done) return;
            toast({ message: t(done.data.isSent ? "sent" : "unblocked") });
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
