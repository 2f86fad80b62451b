"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useSend } from "@/components/ui/use-send";
import type { ChallengeState } from "@/lib/core/auth/contract";

const longestWait = 60;

/** Never more than a minute, whatever this device's clock says. */
function secondsUntil(moment: string): number {
  return Math.min(longestWait, Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / 1000)));
}

export function ResendCode({
  state,
  onSent,
}: {
  state: ChallengeState | null;
  onSent: (state: ChallengeState) => void;
}) {
  const t = useTranslations("auth.code");
  const { send, sending, problem } = useSend<ChallengeState>();
  const [left, setLeft] = useState(() => (state ? secondsUntil(state.resendAt) : 0));
  const [isSent, setIsSent] = useState(false);

  useEffect(() => {
    if (!state) return;
    setLeft(secondsUntil(state.resendAt));
    const timer = setInterval(() => setLeft(secondsUntil(state.resendAt)), 1000);
    return () => clearInterval(timer);
  }, [state]);

  async function again() {
    setIsSent(false);
    const sent = await send("/api/auth/resend", {});
    if (!sent) return;
    setIsSent(true);
    onSent(sent.data);
  }

  const isOver = state?.sendsLeft === 0;
  return (
    <div className="stack gap-1">
      {!isOver && (
        <Button
          variant="quiet"
          className="self-start px-0"
          busy={sending}
          disabled={left > 0}
          onClick={again}
        >
          {left > 0 ? t("resendIn", { seconds: left }) : t("resend")}
        </Button>
      )}
      <p className="sm muted" role="status">
        {problem ? problem.message : isSent ? t("sent") : t("spam")}{" "}
        {state && (isSent || isOver) && t("sendsLeft", { count: state.sendsLeft })}
      </p>
    </div>
  );
}
