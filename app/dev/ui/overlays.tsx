import { ActionButton } from "@/components/ui/action-button";
import { CloseButton, Dialog, Sheet } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { PanelTabs } from "@/components/ui/panel-tabs";
import { TextField } from "@/components/ui/text-field";
import { MenuSample, ToastSample, TooltipSample, UploadSample } from "./live-samples";
import { Spec } from "./spec";

export function Overlays({ of }: { of: string }) {
  return (
    <>
      <Spec of={of} id="overlays" title="Dialog, sheet, menu, toast">
        <div className="flex flex-wrap gap-3">
          <Dialog
            trigger="Reject this reward"
            title="Reject this reward?"
            description="Noor will be told why. The gift card goes back to stock."
            footer={
              <>
                <CloseButton>Keep it</CloseButton>
                <CloseButton variant="danger">Reject</CloseButton>
              </>
            }
          >
            <TextField label="Reason Noor will see" defaultValue="Order was refunded" />
          </Dialog>
          <Sheet
            trigger="Enter the raffle"
            title="Enter the raffle"
            description="Studio light kit, drawn November 30"
            footer={
              <CloseButton variant="primary" size="tall" wide>
                Enter raffle
              </CloseButton>
            }
          >
            <p className="soft">One entry each. We tell you the same evening, win or not.</p>
          </Sheet>
          <MenuSample />
          <ToastSample />
          <TooltipSample />
        </div>
      </Spec>
      <Spec of={of} id="actions" title="One press that fails, at once and asked first">
        <div className="flex flex-wrap gap-3">
          <ActionButton label="Publish" path="/api/nowhere" done="It is open to creators" variant="primary" />
          <ActionButton
            label="Archive"
            path="/api/nowhere"
            done="Archived"
            variant="danger-quiet"
            confirm={{
              title: "Archive Gift card?",
              text: "Open claims stay as they are. Nobody new can claim it.",
              keep: "Keep it",
            }}
          />
        </div>
      </Spec>
      <Spec of={of} id="form" title="A form that fails">
        <Form path="/api/nowhere" submit="Save payout account" stay>
          <TextField name="email" label="PayPal email" type="email" />
        </Form>
      </Spec>
      <Spec of={of} id="upload" title="File, tabs within">
        <div className="stack gap-4">
          <UploadSample id={`${of}-file`} />
          <PanelTabs
            label="Terms"
            tabs={[
              { id: "one", label: "Short", panel: <p>You keep what you earned.</p> },
              { id: "two", label: "Long", panel: <p>All of it, in nine pages.</p> },
            ]}
          />
        </div>
      </Spec>
    </>
  );
}
