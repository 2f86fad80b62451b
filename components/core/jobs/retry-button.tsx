"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

export function RetryButton({ slug, id, task }: { slug: string; id: string; task: string }) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend();
  return (
    <>
      <Button
        size="small"
        busy={sending}
        aria-label={t("retryLabel", { task })}
        onClick={() => {
          void send(`/api/${slug}/jobs/${id}/retry`).then((done) => {
            if (!done) return;
            toast({ message: t("retried") });
            router.refresh();
          });
        }}
      >
        {t("retry")}
      </Button>
      {problem && (
        <p className="error sm" role="alert">
          {problem.message}
        </p>
      )}
    </>
  );
}
