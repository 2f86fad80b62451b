"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { Sheet } from "@/components/ui/dialog";
import { FormContext } from "@/components/ui/form-context";
import { readForm } from "@/components/ui/form-values";
import { Glyph } from "@/components/ui/glyph";
import { info } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";
import { send } from "@/components/ui/request";
import { useSend } from "@/components/ui/use-send";
import { isScheduled, type ClaimedReward, type Slots } from "@/lib/programs/loyalty/contract";
import { ClaimAddress } from "./claim-address";
import { detailsOf, postalProblem } from "./claim-details";
import { ClaimReceipt } from "./claim-receipt";
import type { ClaimRewardProps } from "./claim-reward";
import { ClaimSchedule, slotOf, type Choice } from "./claim-schedule";
import { ClaimSizes } from "./claim-sizes";
import { ClaimTerms, type TermsContext } from "./claim-terms";
import { useRewardWords, type Claimable } from "./reward-words";

type ClaimSheetProps = Pick<ClaimRewardProps, "reward" | "claim" | "slug" | "context"> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What a claim asks and answers: terms, what the kind needs to know, one action, and the receipt. */
export function ClaimSheet({ reward, claim, slug, context, open, onOpenChange }: ClaimSheetProps) {
  const t = useTranslations("loyaltyRewards");
  const router = useRouter();
  const [receipt, setReceipt] = useState<ClaimedReward | null>(null);
  const form = useId();
  const { percent } = useRewardWords(context.currency, context.timeZone);
  const scheduled = isScheduled(reward.kind);
  const sent = useSend<ClaimedReward>();
  const [slots, setSlots] = useState<Slots | null>(null);
  const [choice, setChoice] = useState<Choice>({ date: null, time: null });
  const [fields, setFields] = useState<Record<string, string>>({});
  const loadSlots = useCallback(() => {
    void send<Slots>(`/api/${slug}/loyalty/rewards/slots?kind=${reward.kind}`)
      .then(setSlots)
      .catch(() => setSlots({ kind: "discount", timeZone: context.timeZone, runningUntil: null, days: [] }));
  }, [slug, reward.kind, context.timeZone]);
  useEffect(() => {
    if (open && scheduled) loadSlots();
  }, [open, scheduled, loadSlots]);
  const register = useCallback(() => () => undefined, []);
  const errors = useMemo(() => ({ ...sent.problem?.fields, ...fields }), [sent.problem, fields]);
  const state = useMemo(
    () => ({ errors, sending: sent.sending, register }),
    [errors, sent.sending, register],
  );

  function change(next: boolean) {
    onOpenChange(next);
    if (next) return;
    sent.setProblem(null);
    // The list still shows what it was opened on; what a claim did to it is read when the sheet is gone.
    if (receipt || sent.problem) router.refresh();
  }
  async function submit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = readForm(event.currentTarget);
    const details = detailsOf(reward, values, choice);
    const wrong = postalProblem(details, (example) => t("sheet.postalWrong", { example }));
    setFields(wrong);
    if (Object.keys(wrong).length > 0) return;
    const path = "rewardId" in claim ? `rewards/${claim.rewardId}` : `redemptions/${claim.redemptionId}`;
    const answer = await sent.send(`/api/${slug}/loyalty/${path}/claim`, details);
    if (answer) setReceipt(answer.data);
    else if (scheduled) loadSlots();
  }

  const slot = slotOf(slots, choice);
  const isReady =
    !scheduled || (choice.date !== null && (reward.kind === "commission_boost" || choice.time !== null));
  const action = useAction(
    reward,
    choice,
    slot?.startsAt ?? null,
    slots?.timeZone ?? context.timeZone,
    context,
  );
  return (
    <Sheet
      title={receipt ? t("sheet.receipt") : reward.name}
      description={
        receipt
          ? reward.name
          : reward.kind === "commission_boost" && context.commissionBp !== undefined
            ? t("sheet.every", {
                after: percent(context.commissionBp + (reward.boostBp ?? 0)),
                before: percent(context.commissionBp),
              })
            : reward.description || undefined
      }
      open={open}
      onOpenChange={change}
      footer={
        receipt ? (
          <Button variant="primary" size="tall" wide onClick={() => change(false)}>
            {t("sheet.done")}
          </Button>
        ) : (
          <>
            {scheduled && (
              <p className="sm soft row gap-1.5">
                <Glyph path={info} size="s" />
                {t("sheet.cannotChange")}
              </p>
            )}
            <Button
              type="submit"
              form={form}
              variant="primary"
              size="tall"
              wide
              className="h-auto! whitespace-normal! py-2"
              busy={sent.sending}
              disabled={!isReady}
            >
              {action.label}
            </Button>
          </>
        )
      }
    >
      {receipt ? (
        <ClaimReceipt receipt={receipt} slug={slug} context={context} />
      ) : (
        <FormContext.Provider value={state}>
          <form id={form} noValidate method="post" onSubmit={(event) => void submit(event)}>
            {sent.problem && (
              <div className="mb-4">
                <Notice tone="bad" title={sent.problem.message} />
              </div>
            )}
            {scheduled && (
              <ClaimSchedule
                slots={slots}
                choice={choice}
                onChoose={setChoice}
                currency={context.currency}
                timeZone={context.timeZone}
              />
            )}
            {reward.sizes.length > 0 && <ClaimSizes sizes={reward.sizes} error={errors.size} />}
            {reward.kind === "physical_gift" && <ClaimAddress />}
            <h3 className="h3 mb-1.5 mt-5">{t("sheet.what")}</h3>
            <ClaimTerms reward={reward} context={context} runs={action.runs} />
            {reward.instructions && (
              <p className="sm soft border-line border-t py-2.5">{reward.instructions}</p>
            )}
            <p className="sm muted border-line border-t pt-2.5">
              <CopyNote today={context.today} />
            </p>
          </form>
        </FormContext.Provider>
      )}
    </Sheet>
  );
}

function CopyNote({ today }: { today: string }) {
  const t = useTranslations("loyaltyRewards.sheet");
  return t("copy", { date: useCalendarDay().long(today) });
}

/** The button names its result, and the terms say when it runs once that is known. */
function useAction(
  reward: Claimable,
  choice: Choice,
  startsAt: string | null,
  zone: string,
  context: TermsContext,
) {
  const t = useTranslations("loyaltyRewards");
  const format = useFormatter();
  const { time, moment } = useRewardWords(context.currency, context.timeZone);
  if (!isScheduled(reward.kind)) return { label: t("claim", { name: reward.name }), runs: null };
  if (choice.date === null || startsAt === null || (reward.kind === "discount" && choice.time === null))
    return { label: t(choice.date === null ? "sheet.chooseDay" : "sheet.chooseTime"), runs: null };
  const write = (date: Date) =>
    format.dateTime(date, { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" });
  const first = new Date(`${choice.date}T00:00:00Z`);
  if (reward.kind === "commission_boost") {
    // By the calendar of the business: over a clock change it still ends at the same hour.
    const last = new Date(first.getTime() + (reward.boostDays ?? 0) * 86_400_000);
    const at = time(startsAt, zone);
    return {
      label: t("sheet.startBoost", { day: write(first) }),
      runs: t("sheet.terms.runsValue", { from: `${write(first)}, ${at}`, to: `${write(last)}, ${at}` }),
    };
  }
  const ends = new Date(Date.parse(startsAt) + (reward.discountMinutes ?? 0) * 60_000).toISOString();
  return {
    label: t("sheet.startDiscount", { day: write(first), time: time(startsAt, zone) }),
    runs: t("sheet.terms.runsValue", { from: moment(startsAt, zone), to: moment(ends, zone) }),
  };
}
