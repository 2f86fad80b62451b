"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import { useSend } from "@/components/ui/use-send";
import { rewardTemplates, type RewardDetail } from "@/lib/programs/loyalty/contract";
import type { TermsContext } from "../app/claim-terms";
import { bodyOf, cardOf, emptyReward, filled, textOf, type RewardText } from "./reward-draft";
import { AudienceFields, LimitFields, WhatFields } from "./reward-fields";
import { RewardPreview } from "./reward-preview";
import { ReachLines, useReach } from "./reward-reach";

interface RewardBuilderProps {
  slug: string;
  context: TermsContext;
  tiers: readonly { id: string; name: string; rank: number }[];
  reward?: RewardDetail;
}

/** One form for all kinds, with what creators will see beside it and how many of them it reaches. */
export function RewardBuilder({ slug, context, tiers, reward }: RewardBuilderProps) {
  const t = useTranslations("loyaltyRewardsAdmin");
  const router = useRouter();
  const toast = useToast();
  const { currency } = context;
  const [form, setForm] = useState<RewardText>(() => (reward ? textOf(reward, currency) : emptyReward));
  const [isDirty, setDirty] = useState(false);
  const { send, sending, problem } = useSend<RewardDetail>();
  useLeaveWarning(isDirty && !sending);
  const reach = useReach(slug, { ...form, rewardId: reward?.id });
  const change = (patch: Partial<RewardText>) => {
    setForm((now) => ({ ...now, ...patch }));
    setDirty(true);
  };
  const fields = {
    form,
    change,
    currency,
    tiers,
    error: (field: string) => problem?.fields[field] ?? problem?.fields[`draft.${field}`],
    ...(reward ? { existing: { used: reward.limits.reservedCount + reward.limits.committedCount } } : {}),
  };

  async function save(event: React.FormEvent) {
    event.preventDefault();
    const draft = bodyOf(form, currency);
    const answer = reward
      ? await send(`/api/${slug}/loyalty/rewards/${reward.id}`, { revision: reward.revision, draft }, "PUT")
      : await send(`/api/${slug}/loyalty/rewards`, draft);
    if (!answer) return;
    setDirty(false);
    toast({ message: t(reward ? "form.saved" : "form.made") });
    if (reward) router.refresh();
    else router.push(`/${slug}/admin/loyalty/rewards/${answer.data.id}`);
  }

  const isStale = problem?.code === "STALE";
  return (
    <div className="grid gap-8 panel:grid-cols-[minmax(0,1fr)_22rem]">
      <form className="stack min-w-0 gap-8" noValidate method="post" onSubmit={(event) => void save(event)}>
        {problem && (
          <Notice
            tone="bad"
            title={problem.message}
            action={
              isStale && (
                <Button size="small" onClick={() => location.reload()}>
                  {t("form.stale")}
                </Button>
              )
            }
          />
        )}
        {reward && reward.state !== "draft" && (
          <Notice>
            <p>{t("form.editNote", { count: reward.claimsEver })}</p>
          </Notice>
        )}
        <WhatFields {...fields}>
          {!reward && (
            <div className="stack gap-2">
              <h2 className="h3">{t("template.title")}</h2>
              <p className="sm muted">{t("template.text")}</p>
              <div className="flex flex-wrap gap-2">
                {rewardTemplates[form.kind].map((template) => {
                  const name = t(`templates.${form.kind}.${template.size}`);
                  return (
                    <Button
                      key={template.size}
                      size="small"
                      onClick={() => {
                        setForm((now) => filled(now, name, template, currency));
                        setDirty(true);
                      }}
                    >
                      {t("template.use", { name })}
                    </Button>
                  );
                })}
              </div>
            </div>
          )}
        </WhatFields>
        {form.offer === "tier" && <AudienceFields {...fields} />}
        <LimitFields {...fields} />
        <div className="row">
          <Button
            type="submit"
            // A draft's filled button is Publish, a paused one's Resume.
            variant={reward && reward.state !== "published" ? "secondary" : "primary"}
            size="small"
            busy={sending}
          >
            {t(reward && reward.state !== "draft" ? "form.save" : "form.saveDraft")}
          </Button>
        </div>
      </form>
      <div className="stack content-start gap-6">
        <RewardPreview
          reward={cardOf(form, currency)}
          context={context}
          tierName={tiers.find(({ id }) => id === form.tierId)?.name ?? null}
          isEarly={form.previewFromTierId !== ""}
        />
        <section className="stack gap-2" aria-labelledby="reward-reach" aria-live="polite">
          <h2 className="h3" id="reward-reach">
            {t("reach.title")}
          </h2>
          <ReachLines reach={reach} isMission={form.offer === "mission"} />
        </section>
      </div>
    </div>
  );
}
