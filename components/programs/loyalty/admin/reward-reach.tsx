"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { withQuery } from "@/components/ui/query";
import { send } from "@/components/ui/request";
import type { RewardReach } from "@/lib/programs/loyalty/contract";

export interface Audience {
  offer: "tier" | "mission";
  tierId: string;
  tag: string;
  previewFromTierId: string;
  rewardId?: string;
}

/** Counted anew whenever the audience changes, a moment after the last change. Null while it is being counted. */
export function useReach(
  slug: string,
  { offer, tierId, tag, previewFromTierId, rewardId }: Audience,
): RewardReach | null {
  const path = withQuery(
    `/api/${slug}/loyalty/rewards/reach`,
    {},
    {
      tierId: tierId || null,
      tag: tag.trim() || null,
      previewFromTierId: (tierId && previewFromTierId) || null,
      rewardId: rewardId ?? null,
    },
  );
  const [found, setFound] = useState<{ path: string; reach: RewardReach } | null>(null);
  useEffect(() => {
    if (offer === "mission") return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void send<RewardReach>(path, { signal: stop.signal })
        .then((reach) => setFound({ path, reach }))
        .catch(() => undefined);
    }, 300);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, offer]);
  return found?.path === path ? found.reach : null;
}

/** How many creators get an offer, in sentences; counted before anything is published. */
export function ReachLines({ reach, isMission }: { reach: RewardReach | null; isMission: boolean }) {
  const t = useTranslations("loyaltyRewardsAdmin.reach");
  if (isMission) return <p>{t("mission")}</p>;
  if (!reach) return <p className="muted">{t("counting")}</p>;
  return (
    <>
      <p>
        <b>{t("reached", { count: reach.reached })}</b>
      </p>
      {reach.unrecognised > 0 && <p className="soft">{t("unrecognised", { count: reach.unrecognised })}</p>}
      {reach.early > 0 && <p className="soft">{t("early", { count: reach.early })}</p>}
    </>
  );
}
