"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import type { RewardDetail } from "@/lib/programs/loyalty/contract";
import { ReachLines, useReach } from "./reward-reach";

type Step = "publish" | "pause" | "resume" | "archive";
const steps: Record<RewardDetail["state"], Step[]> = {
  draft: ["archive", "publish"],
  published: ["archive", "pause"],
  paused: ["archive", "resume"],
  archived: [],
};

/** What can be done with the reward now; each says before what it does to offers, and what it leaves alone. */
export function RewardSteps({ slug, reward }: { slug: string; reward: RewardDetail }) {
  const t = useTranslations("loyaltyRewardsAdmin");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<RewardDetail>();
  async function copy() {
    const answer = await send(`/api/${slug}/loyalty/rewards/${reward.id}/duplicate`);
    if (!answer) return;
    toast({ message: t("form.duplicated") });
    router.push(`/${slug}/admin/loyalty/rewards/${answer.data.id}`);
  }
  return (
    <>
      {problem && <span className="error">{problem.message}</span>}
      <Button size="small" busy={sending} onClick={() => void copy()}>
        {t("form.duplicate")}
      </Button>
      {steps[reward.state].map((step) => (
        <StepDialog key={step} step={step} slug={slug} reward={reward} />
      ))}
    </>
  );
}

function StepDialog({ step, slug, reward }: { step: Step; slug: string; reward: RewardDetail }) {
  const t = useTranslations("loyaltyRewardsAdmin.step");
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const { send, sending, problem, setProblem } = useSend();
  const isPublic = step === "publish" || step === "resume";
  const done = { publish: "published", pause: "paused", resume: "resumed", archive: "archived" } as const;
  async function act() {
    const answer = await send(`/api/${slug}/loyalty/rewards/${reward.id}/steps`, {
      step,
      revision: reward.revision,
    });
    if (!answer) return;
    setOpen(false);
    toast({ message: t(done[step]) });
    router.refresh();
  }
  const values = { name: reward.name, count: reward.openOffers, claims: reward.openClaims };
  return (
    <Dialog
      title={t(`${step}Title`, values)}
      trigger={t(step)}
      look={{
        size: "small",
        variant: isPublic ? "primary" : step === "archive" ? "danger-quiet" : "secondary",
      }}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setProblem(null);
      }}
      footer={
        <>
          <CloseButton>{t("keep")}</CloseButton>
          <PublishButton step={step} slug={slug} reward={reward} busy={sending} onPress={() => void act()} />
        </>
      }
    >
      <div className="stack gap-3">
        {problem && <Notice tone="bad" title={problem.message} />}
        {isPublic ? (
          <Backfill slug={slug} reward={reward} />
        ) : (
          <p>{t(`${step}Text` as "pauseText", values)}</p>
        )}
      </div>
    </Dialog>
  );
}

const audience = (reward: RewardDetail) => ({
  offer: reward.offer,
  tierId: reward.tierId ?? "",
  tag: reward.tag ?? "",
  previewFromTierId: reward.previewFromTierId ?? "",
  rewardId: reward.id,
});

/** Who gets an offer now, and what becomes of offers when a tier is lost and reached again. */
function Backfill({ slug, reward }: { slug: string; reward: RewardDetail }) {
  const t = useTranslations("loyaltyRewardsAdmin.step");
  const reach = useReach(slug, audience(reward));
  const isMission = reward.offer === "mission";
  return (
    <>
      <ReachLines reach={reach} isMission={isMission} />
      {!isMission && (
        <ul className="soft stack list-disc gap-1 ps-5">
          <li>{t("joins")}</li>
          <li>{t("demotion")}</li>
          <li>{t("return")}</li>
        </ul>
      )}
    </>
  );
}

function PublishButton({
  step,
  slug,
  reward,
  busy,
  onPress,
}: {
  step: Step;
  slug: string;
  reward: RewardDetail;
  busy: boolean;
  onPress: () => void;
}) {
  const t = useTranslations("loyaltyRewardsAdmin.step");
  const reach = useReach(slug, audience(reward));
  return (
    <Button variant={step === "archive" ? "danger" : "primary"} busy={busy} onClick={onPress}>
      {step === "publish" && reward.offer === "tier" && reach
        ? t("publishDo", { count: reach.reached })
        : t(step)}
    </Button>
  );
}
