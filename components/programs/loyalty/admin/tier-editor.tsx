"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextArea, TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import { useSend } from "@/components/ui/use-send";
import { decimalText, formatMoney, formatNumber, minorFromText } from "@/lib/kernel/money";
import type { Ladder, TierPreview } from "@/lib/programs/loyalty/contract";
import { TierWhatIf } from "./tier-what-if";

interface Draft {
  key: string;
  id?: string;
  name: string;
  color: string;
  threshold: string;
  commission: string;
  benefits: string;
}

const colors = ["#b0793f", "#9aa3ad", "#d4a52a", "#4f86b5", "#7a5ea8", "#2f7d6b"];

/** The whole ladder at once. Thresholds can be tried on tonight's figures before anything is saved. */
export function TierEditor({ slug, ladder, canWrite }: { slug: string; ladder: Ladder; canWrite: boolean }) {
  const t = useTranslations("loyaltyAdmin.tiers");
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const id = useId();
  const isSales = ladder.metric === "sales";
  const [tiers, setTiers] = useState<Draft[]>(() =>
    ladder.tiers.map((tier) => ({
      key: tier.id,
      id: tier.id,
      name: tier.name,
      color: tier.color,
      threshold: isSales ? decimalText(tier.threshold, ladder.currency) : String(tier.threshold),
      commission: String(tier.commissionBp / 100),
      benefits: tier.benefits.join("\n"),
    })),
  );
  const [isDirty, setDirty] = useState(false);
  const [preview, setPreview] = useState<TierPreview | null>(null);
  const asked = useSend<TierPreview>();
  const saved = useSend<Ladder>();
  const problem = saved.problem ?? asked.problem;
  useLeaveWarning(isDirty && !saved.sending);

  const change = (key: string, patch: Partial<Draft>) => {
    setTiers((all) => all.map((tier) => (tier.key === key ? { ...tier, ...patch } : tier)));
    setDirty(true);
    // What was counted belongs to the thresholds it was counted with.
    setPreview(null);
  };
  const draft = () => ({
    tiers: tiers.map((tier, index) => ({
      ...(tier.id ? { id: tier.id } : {}),
      name: tier.name,
      color: tier.color,
      threshold:
        index === 0
          ? 0
          : isSales
            ? (minorFromText(tier.threshold, ladder.currency) ?? tier.threshold)
            : Number(tier.threshold),
      commissionBp: Math.round(Number(tier.commission.replace(",", ".")) * 100),
      benefits: tier.benefits
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    })),
  });
  const error = (index: number, field: string) => problem?.fields[`tiers.${index}.${field}`];

  async function look() {
    const answer = await asked.send(`/api/${slug}/loyalty/tiers/preview`, draft());
    if (answer) setPreview(answer.data);
  }
  async function save() {
    const answer = await saved.send(`/api/${slug}/loyalty/tiers`, draft(), "PUT");
    if (!answer) return;
    setDirty(false);
    setPreview(null);
    toast({ message: t("saved") });
    router.refresh();
  }

  return (
    <form
      className="stack gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      {problem && <Notice tone="bad" title={problem.message} />}
      <fieldset disabled={!canWrite} className="stack gap-6">
        {tiers.map((tier, index) => (
          <section key={tier.key} className="stack gap-3" aria-labelledby={`${id}-${tier.key}`}>
            <div className="row">
              <h2 className="h3 grow" id={`${id}-${tier.key}`}>
                {tier.name || t("name")}
              </h2>
              {index > 0 && tiers.length > 3 && canWrite && (
                <Button
                  size="small"
                  variant="danger-quiet"
                  onClick={() => {
                    setTiers((all) => all.filter((one) => one.key !== tier.key));
                    setDirty(true);
                    setPreview(null);
                  }}
                >
                  {t("remove", { tier: tier.name })}
                </Button>
              )}
            </div>
            <div className="grid gap-3 phone:grid-cols-[1fr_1fr_8rem_3.5rem]">
              <TextField
                small
                label={t("name")}
                value={tier.name}
                maxLength={24}
                error={error(index, "name")}
                onChange={(event) => change(tier.key, { name: event.target.value })}
              />
              <TextField
                small
                label={isSales ? t("threshold", { currency: ladder.currency }) : t("thresholdUnits")}
                value={index === 0 ? "0" : tier.threshold}
                readOnly={index === 0}
                inputMode="decimal"
                error={error(index, "threshold")}
                onChange={(event) => change(tier.key, { threshold: event.target.value })}
              />
              <TextField
                small
                label={t("commission")}
                value={tier.commission}
                inputMode="decimal"
                error={error(index, "commissionBp")}
                onChange={(event) => change(tier.key, { commission: event.target.value })}
              />
              <label className="stack gap-1">
                <span className="label">{t("color")}</span>
                <input
                  type="color"
                  className="h-[30px] w-full cursor-pointer"
                  value={tier.color}
                  onChange={(event) => change(tier.key, { color: event.target.value })}
                />
              </label>
            </div>
            <TextArea
              small
              rows={2}
              label={t("benefits")}
              value={tier.benefits}
              error={error(index, "benefits")}
              onChange={(event) => change(tier.key, { benefits: event.target.value })}
            />
          </section>
        ))}
        {canWrite && tiers.length < 6 && (
          <div>
            <Button
              size="small"
              onClick={() => {
                const key = `new-${tiers.length}-${tiers.map((tier) => tier.key).join("").length}`;
                setTiers((all) => [
                  ...all,
                  {
                    key,
                    name: "",
                    color: colors[all.length] ?? "#555555",
                    threshold: "",
                    commission: "0",
                    benefits: "",
                  },
                ]);
                setDirty(true);
              }}
            >
              {t("add")}
            </Button>
          </div>
        )}
      </fieldset>
      {preview && (
        <TierWhatIf
          preview={preview}
          figure={(value) =>
            isSales ? formatMoney(value, ladder.currency, locale) : formatNumber(value, locale)
          }
        />
      )}
      {canWrite ? (
        <div className="row">
          <Button type="submit" variant={preview ? "secondary" : "primary"} size="small" busy={asked.sending}>
            {t("preview")}
          </Button>
          <Button
            variant={preview ? "primary" : "secondary"}
            size="small"
            busy={saved.sending}
            onClick={() => void (preview ? save() : look())}
          >
            {preview && preview.falls > 0 ? t("confirmFalls", { count: preview.falls }) : t("save")}
          </Button>
        </div>
      ) : (
        <p className="soft">{t("readOnly")}</p>
      )}
    </form>
  );
}
