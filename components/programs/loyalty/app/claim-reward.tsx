"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import type { TermsContext } from "./claim-terms";
import type { Claimable } from "./reward-words";

export interface ClaimRewardProps {
  reward: Claimable;
  /** The reward of a tier, or the redemption a mission or a raffle made. */
  claim: { rewardId: string } | { redemptionId: string };
  slug: string;
  context: TermsContext & { commissionBp?: number };
  look?: ButtonLook;
  /** "Claim" where the name stands beside it. */
  short?: boolean;
}

/* Most visits claim nothing, so the sheet is fetched when somebody reaches for its button. */
const fetchSheet = () => import("./claim-sheet");
const ClaimSheet = lazy(() => fetchSheet().then((module) => ({ default: module.ClaimSheet })));

/** The button, and the sheet it opens. */
export function ClaimReward({ look, short, ...rest }: ClaimRewardProps) {
  const t = useTranslations("loyaltyRewards");
  const { name } = rest.reward;
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <>
      <Button
        {...look}
        className="h-auto! whitespace-normal! py-2"
        aria-haspopup="dialog"
        aria-label={short ? t("claim", { name }) : undefined}
        onPointerEnter={() => void fetchSheet()}
        onFocus={() => void fetchSheet()}
        onClick={() => {
          setWasOpen(true);
          setOpen(true);
        }}
      >
        {short ? t("claimShort") : t("claim", { name })}
      </Button>
      {wasOpen && (
        <Suspense fallback={null}>
          <ClaimSheet {...rest} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
