"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import type { PayoutMethod } from "@/lib/programs/loyalty/contract";

/** A batch of everyone who can be paid this way. */
export function MakeBatchButton({
  slug,
  method,
  isPrimary,
}: {
  slug: string;
  method: PayoutMethod;
  isPrimary: boolean;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<{ id: string }>();
  async function make() {
    const made = await send(`/api/${slug}/loyalty/payout-batches`, { method });
    if (!made) return;
    toast({ message: t("made") });
    router.push(`/${slug}/admin/loyalty/payouts/${made.data.id}`);
  }
  return (
    <>
      <Button
        size="small"
        variant={isPrimary ? "primary" : "secondary"}
        busy={sending}
        onClick={() => void make()}
      >
        {t("makeAll", { method })}
      </Button>
      {problem && <span role="alert">{problem.message}</span>}
    </>
  );
}
