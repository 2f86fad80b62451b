import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import type { ReactNode } from "react";
import type { ButtonVariant } from "@/components/ui/button";
import type { RedemptionState } from "@/lib/programs/loyalty/contract";
import { FulfilDialog, RejectDialog, ShipDialog, type ClaimStepProps } from "./claim-dialogs";

interface StepSubject extends ClaimStepProps {
  kind: "gift_card" | "ads_credit" | "physical_gift" | "experience" | "commission_boost" | "discount";
  isShipped: boolean;
}

/** The next step of a claim as one button. `variant` primary where it is the one thing to do on the screen. */
export function NextStep({ variant, ...subject }: StepSubject & { variant?: ButtonVariant }) {
  const t = useTranslations("loyaltyFulfilment.steps");
  const { slug, id, from, kind, name } = subject;
  const path = `/api/${slug}/loyalty/redemptions/${id}/steps`;
  const press = (step: string, label: string, done: string, then: RedemptionState) => (
    <ActionButton
      size="small"
      variant={variant}
      label={label}
      path={path}
      body={{ step, from }}
      done={done}
      undo={{ label: t("undo"), path, body: { step: "undo", from: then }, done: t("undone") }}
    />
  );
  if (kind === "commission_boost") return null;
  if (from === "claimed") {
    if (kind === "physical_gift") return <ShipDialog {...subject} variant={variant} />;
    if (kind === "discount") return press("fulfil", t("turnOn"), t("fulfilled", { name }), "fulfilled");
    return <FulfilDialog {...subject} variant={variant} withCode={kind === "gift_card"} />;
  }
  if (from !== "fulfilled") return null;
  if (kind === "physical_gift") return press("deliver", t("deliver"), t("delivered"), "concluded");
  if (kind === "discount") return press("conclude", t("turnOff"), t("concluded"), "concluded");
  return press("conclude", t("conclude"), t("concluded"), "concluded");
}

/** Everything that can be done with a claim now: the next step, rejecting, taking back. */
export function ClaimSteps({
  canUndo,
  children,
  ...subject
}: StepSubject & { canUndo: boolean; children?: ReactNode }) {
  const t = useTranslations("loyaltyFulfilment.steps");
  const path = `/api/${subject.slug}/loyalty/redemptions/${subject.id}/steps`;
  return (
    <div className="row flex-wrap">
      <NextStep {...subject} variant="primary" />
      {children}
      {subject.from === "claimed" && <RejectDialog {...subject} />}
      {canUndo && (
        <ActionButton
          size="small"
          label={t("undoStep")}
          path={path}
          body={{ step: "undo", from: subject.from }}
          done={t("undone")}
        />
      )}
    </div>
  );
}
