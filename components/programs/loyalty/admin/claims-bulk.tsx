"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { send as request } from "@/components/ui/request";
import { useSelection } from "@/components/ui/table-region";
import { TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import type { BulkOutcome, RedemptionState } from "@/lib/programs/loyalty/contract";
import { reportRefusals } from "./bulk-report";
import { ShipMany } from "./ship-many";

/** A row as the bulk bar sees it: what it is called, the state the page showed, what can be done with it at once. */
export interface BulkClaim {
  key: string;
  id: string;
  label: string;
  /** Whom it goes to and what it is, where `label` says what to do. */
  parcel?: string;
  from: RedemptionState;
  step: "fulfil" | "deliver" | "conclude" | "ship" | null;
  canReject: boolean;
}

const labels = { fulfil: "fulfil", deliver: "deliver", conclude: "turnOff" } as const;

/** One press for many claims. Each succeeds by itself; what was refused is named with its reason. */
export function ClaimsBulk({
  slug,
  claims,
  withReject,
}: {
  slug: string;
  claims: BulkClaim[];
  withReject?: boolean;
}) {
  const t = useTranslations("loyaltyFulfilment.bulk");
  const steps = useTranslations("loyaltyFulfilment.steps");
  const ui = useTranslations("ui");
  const { keys, clear } = useSelection();
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<BulkOutcome>();
  const [rejecting, setRejecting] = useState(false);
  // As ticked when the dialog was opened: what is shipped leaves the table, and its lines must not move meanwhile.
  const [shipping, setShipping] = useState<BulkClaim[] | null>(null);
  const path = `/api/${slug}/loyalty/redemptions/steps`;
  const picked = claims.filter((claim) => keys.includes(claim.key));
  const open = picked.filter((claim) => claim.canReject);
  const parcels = picked.filter((claim) => claim.step === "ship");

  function report(outcome: BulkOutcome, undo?: "fulfilled" | "concluded" | "rejected") {
    const done = outcome.outcomes.filter(({ isDone }) => isDone);
    if (done.length > 0)
      toast({
        message: t("done", { count: done.length }),
        action: undo && {
          label: steps("undo"),
          onClick: () =>
            void request<BulkOutcome>(path, {
              body: { step: "undo", items: done.map(({ id }) => ({ id, from: undo })) },
            }).then(
              (back) => {
                toast({ message: t("undone", { count: back.done }) });
                router.refresh();
              },
              (error: Error) => toast({ message: error.message, tone: "bad" }),
            ),
        },
      });
    if (outcome.refused > 0)
      reportRefusals({
        done: outcome.done,
        rows: outcome.outcomes
          .filter(({ isDone }) => !isDone)
          .map(({ id, message }) => ({
            id,
            label: claims.find((claim) => claim.id === id)?.label ?? id,
            message: message ?? "",
          })),
      });
    else clear();
    router.refresh();
  }

  async function act(step: "fulfil" | "deliver" | "conclude") {
    const items = picked.filter((claim) => claim.step === step).map(({ id, from }) => ({ id, from }));
    const sent = await send(path, { step, items });
    if (sent) report(sent.data, step === "fulfil" ? "fulfilled" : "concluded");
  }

  const offered = (["fulfil", "deliver", "conclude"] as const).filter((step) =>
    picked.some((claim) => claim.step === step),
  );
  return (
    <>
      {offered.map((step) => (
        <Button key={step} size="small" busy={sending} onClick={() => void act(step)}>
          {t(labels[step], { count: picked.filter((claim) => claim.step === step).length })}
        </Button>
      ))}
      {parcels.length > 0 && (
        <>
          <Button size="small" aria-haspopup="dialog" onClick={() => setShipping(parcels)}>
            {t("ship", { count: parcels.length })}
          </Button>
          <LinkButton
            href={`/api/${slug}/loyalty/redemptions/packing-list?ids=${parcels.map(({ id }) => id).join(",")}`}
            external
            download
            size="small"
          >
            {t("packing", { count: parcels.length })}
          </LinkButton>
        </>
      )}
      {withReject && open.length > 0 && (
        <Button size="small" variant="danger-quiet" aria-haspopup="dialog" onClick={() => setRejecting(true)}>
          {t("rejectSelected")}
        </Button>
      )}
      {offered.length === 0 && parcels.length === 0 && !(withReject && open.length > 0) && (
        <span>{t("none")}</span>
      )}
      {problem && <span role="alert">{problem.message}</span>}
      <ShipMany
        key={shipping?.map(({ id }) => id).join(",")}
        slug={slug}
        parcels={(shipping ?? []).map(({ id, from, label, parcel }) => ({
          id,
          from,
          label: parcel ?? label,
        }))}
        open={shipping !== null}
        onOpenChange={() => setShipping(null)}
        onShipped={clear}
      />
      <Dialog
        title={t("rejectTitle", { count: open.length })}
        description={t("rejectText")}
        open={rejecting}
        onOpenChange={setRejecting}
      >
        <Form<BulkOutcome>
          path={path}
          submit={t("rejectTitle", { count: open.length })}
          submitVariant="danger"
          stay
          body={({ reason }) => ({
            step: "reject",
            reason,
            items: open.map(({ id, from }) => ({ id, from })),
          })}
          onSent={(outcome) => {
            setRejecting(false);
            report(outcome, "rejected");
          }}
          secondary={<CloseButton>{ui("cancel")}</CloseButton>}
        >
          <TextField name="reason" label={steps("reason")} maxLength={300} required />
        </Form>
      </Dialog>
    </>
  );
}
