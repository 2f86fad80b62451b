"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useSend } from "@/components/ui/use-send";

export function FetchNow({ slug }: { slug: string }) {
  const t = useTranslations("loyaltyImports");
  const router = useRouter();
  const { send, sending, problem } = useSend<{ id: string }>();
  const start = async () => {
    const sent = await send(`/api/${slug}/loyalty/sync-sources/run`, {});
    if (sent) router.push(`/${slug}/admin/loyalty/imports/${sent.data.id}`);
  };
  return (
    <>
      {problem && (
        <span className="error" role="alert">
          {problem.message}
        </span>
      )}
      <Button size="small" busy={sending} onClick={() => void start()}>
        {t("fetchNow")}
      </Button>
    </>
  );
}
