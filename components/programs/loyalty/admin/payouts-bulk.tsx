"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useSelection } from "@/components/ui/table-region";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import { payoutMethods, type PayoutMethod } from "@/lib/programs/loyalty/contract";

/** A batch of the ticked creators, one button a method among them. */
export function PayoutsBulk({
  slug,
  methods,
}: {
  slug: string;
  /** How each row's creator is paid, by the row's key. */
  methods: Readonly<Record<string, PayoutMethod>>;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin");
  const { keys } = useSelection();
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<{ id: string }>();
  async function make(method: PayoutMethod, creators: string[]) {
    const made = await send(`/api/${slug}/loyalty/payout-batches`, { method, creators });
    if (!made) return;
    toast({ message: t("made") });
    router.push(`/${slug}/admin/loyalty/payouts/${made.data.id}`);
  }
  return (
    <>
      {payoutMethods.map((method) => {
        const creators = keys.filter((key) => methods[key] === method);
        return creators.length === 0 ? null : (
          <Button key={method} size="small" busy={sending} onClick={() => void make(method, creators)}>
            {t("makeSelected", { method })}
          </Button>
        );
      })}
      {problem && <span role="alert">{problem.message}</span>}
    </>
  );
}
