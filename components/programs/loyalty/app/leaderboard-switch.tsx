"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Switch } from "@/components/ui/choice";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

/** Whether others see her on the leaderboard. Also fit for a page of settings. */
export function LeaderboardSwitch({ isShown, slug }: { isShown: boolean; slug: string }) {
  const t = useTranslations("loyaltyRaffles.leaderboard");
  const router = useRouter();
  const toast = useToast();
  const [shown, setShown] = useState(isShown);
  const { send, problem } = useSend();

  async function change(next: boolean) {
    setShown(next);
    const sent = await send(`/api/${slug}/loyalty/leaderboard/me`, { isShown: next }, "PATCH");
    if (!sent) return setShown(!next);
    toast({ message: t(next ? "nowShown" : "nowHidden") });
    router.refresh();
  }

  return (
    <>
      <Switch
        name="isShown"
        label={t("switch")}
        hint={t("switchHint")}
        checked={shown}
        onChange={(event) => void change(event.target.checked)}
      />
      {problem && (
        <p className="error" role="alert">
          {problem.message}
        </p>
      )}
    </>
  );
}
