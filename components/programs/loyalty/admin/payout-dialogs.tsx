"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { KeyValue } from "@/components/ui/layout-parts";
import { Notice } from "@/components/ui/notice";
import { send } from "@/components/ui/request";
import { TextField } from "@/components/ui/text-field";
import { minorFromText } from "@/lib/kernel/money";
import type { Earning, Revealed } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** A payout account in full: asked for with a reason, shown here and nowhere else, gone when it is closed. */
export function RevealAccountDialog({
  slug,
  accountId,
  name,
}: {
  slug: string;
  accountId: string;
  name: string;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<Revealed | null>(null);
  function change(value: boolean) {
    setOpen(value);
    if (!value) setShown(null);
  }
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-haspopup="dialog"
        aria-label={t("reveal.openLabel", { name })}
        onClick={() => change(true)}
      >
        {t("reveal.open")}
      </Button>
      <Dialog
        title={t("reveal.title", { name })}
        description={shown ? undefined : t("reveal.text")}
        open={open}
        onOpenChange={change}
      >
        {shown ? (
          <div className="stack gap-4">
            <TextField
              label={t("reveal.shown", { method: shown.method, name })}
              value={shown.account}
              readOnly
              onFocus={(event) => event.target.select()}
            />
            {shown.bank && <BankParts bank={shown.bank} />}
            <CloseButton>{t("reveal.close")}</CloseButton>
          </div>
        ) : (
          <Form<Revealed>
            path={`/api/${slug}/loyalty/payout-accounts/${accountId}/reveal`}
            submit={t("reveal.show")}
            onSent={setShown}
            stay
            secondary={<CloseButton>{ui("cancel")}</CloseButton>}
          >
            <TextField name="reason" label={t("reveal.reason")} maxLength={300} autoComplete="off" required />
          </Form>
        )}
      </Dialog>
    </>
  );
}

/** What stands beside the number of a bank account. */
function BankParts({ bank }: { bank: NonNullable<Revealed["bank"]> }) {
  const t = useTranslations("loyaltyPayoutsAdmin.reveal.bank");
  const names = new Intl.DisplayNames(useLocale(), { type: "region" });
  const parts = {
    holder: bank.holder,
    country: names.of(bank.country) ?? bank.country,
    bic: bank.bic,
    routing: bank.routing,
    accountType: bank.accountType && t(bank.accountType),
  };
  return (
    <KeyValue
      items={(["holder", "country", "bic", "routing", "accountType"] as const)
        .filter((part) => parts[part])
        .map((part) => ({ name: t(part), value: parts[part] }))}
    />
  );
}

/** Takes back one earning of a creator; which ones there are is asked for when it is opened. */
export function ClawBackDialog({
  slug,
  creatorId,
  name,
  currency,
}: {
  slug: string;
  creatorId: string;
  name: string;
  currency: string;
}) {
  const t = useTranslations("loyaltyPayoutsAdmin.clawback");
  const ui = useTranslations("ui");
  const { money } = useFigures(currency);
  const [open, setOpen] = useState(false);
  const [earnings, setEarnings] = useState<Earning[] | "failed" | null>(null);
  const [chosen, setChosen] = useState("");
  function change(value: boolean) {
    setOpen(value);
    if (!value) return;
    setEarnings(null);
    void send<{ items: Earning[] }>(`/api/${slug}/loyalty/payouts/earnings?creator=${creatorId}`, {
      method: "GET",
    }).then(
      ({ items }) => {
        const left = items.filter(({ clawedBack }) => clawedBack === null);
        setEarnings(left);
        setChosen(left[0]?.id ?? "");
      },
      () => setEarnings("failed"),
    );
  }
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-haspopup="dialog"
        aria-label={t("openLabel", { name })}
        onClick={() => change(true)}
      >
        {t("open")}
      </Button>
      <Dialog title={t("title", { name })} description={t("text")} open={open} onOpenChange={change}>
        {earnings === "failed" && <Notice tone="bad" title={t("failed")} />}
        {Array.isArray(earnings) && earnings.length === 0 && <p>{t("none", { name })}</p>}
        {Array.isArray(earnings) && earnings.length > 0 && (
          <Form
            path={`/api/${slug}/loyalty/payouts/${chosen}/claw-back`}
            submit={t("save")}
            submitVariant="danger"
            done={t("saved")}
            body={(values) => ({
              // What is no amount is sent as it is: the answer then stands beside the field.
              amount: minorFromText(String(values["amount"] ?? ""), currency) ?? values["amount"],
              reason: values["reason"],
            })}
            onSent={() => setOpen(false)}
            secondary={<CloseButton>{ui("cancel")}</CloseButton>}
          >
            <Select
              label={t("earning")}
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
              choices={earnings.map((earning) => ({
                value: earning.id,
                label: t("earningOption", { name: earning.name ?? "", amount: money(earning.amount) }),
              }))}
            />
            <TextField
              name="amount"
              label={t("amount", { currency })}
              hint={t("amountHint")}
              inputMode="decimal"
              autoComplete="off"
              required
            />
            <TextField name="reason" label={t("reason", { name })} maxLength={300} required />
          </Form>
        )}
      </Dialog>
    </>
  );
}
