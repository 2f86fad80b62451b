"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { recomputeDraw, type RaffleDraw, type Recomputed } from "@/lib/programs/loyalty/contract";

type Outcome = Recomputed | "failed";

/** Computes the draw again on this device, from the published list and seed, and says whether it agrees. */
export function RaffleCheck({ draw, listPath }: { draw: RaffleDraw; listPath: string }) {
  const t = useTranslations("loyaltyRaffles.check");
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  async function check() {
    setBusy(true);
    try {
      const answer = await fetch(listPath, { headers: { accept: "text/plain" } });
      setOutcome(answer.ok ? await recomputeDraw(await answer.text(), draw) : "failed");
    } catch {
      setOutcome("failed");
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="stack gap-3">
      <Button busy={busy} onClick={() => void check()} wide>
        {t("action")}
      </Button>
      <div role="status">{outcome && <Verdict outcome={outcome} count={draw.entriesCount} />}</div>
    </div>
  );
}

function Verdict({ outcome, count }: { outcome: Outcome; count: number }) {
  const t = useTranslations("loyaltyRaffles.check");
  if (outcome === "failed") return <Notice tone="warn" title={t("failed")} />;
  const all = outcome.listAgrees && outcome.seedAgrees && outcome.orderAgrees;
  return (
    <Notice tone={all ? "ok" : "bad"} title={t(all ? "agrees" : "differs")}>
      <ul className="sm">
        <li>{t(outcome.listAgrees ? "listYes" : "listNo", { count })}</li>
        <li>{t(outcome.seedAgrees ? "seedYes" : "seedNo")}</li>
        <li>{t(outcome.orderAgrees ? "orderYes" : "orderNo")}</li>
      </ul>
    </Notice>
  );
}
