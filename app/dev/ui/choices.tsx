import { Checkbox, RadioGroup, Select, Switch } from "@/components/ui/choice";
import { PasswordField } from "@/components/ui/password-field";
import { DateField, TextArea, TextField } from "@/components/ui/text-field";
import { TabLinks } from "@/components/ui/tabs";
import { ThemeSwitch } from "@/components/ui/theme-switch";
import { Spec } from "./spec";

export function Choices({ of }: { of: string }) {
  return (
    <>
      <Spec of={of} id="fields" title="Fields">
        <div className="stack gap-4">
          <TextField
            label="PayPal email"
            hint="We send your payout here."
            type="email"
            defaultValue="noor@example.com"
          />
          <TextField
            label="Type it again"
            type="email"
            defaultValue="nor@example.com"
            error="This is not the same as the first. Check for a missing letter."
          />
          <PasswordField label="Password" defaultValue="correct horse" />
          <TextArea label="Reason" rows={2} defaultValue="Order 4418 came in after the count" />
          <DateField
            label="First day of your boost"
            hint="Weekdays from November 23 to 27"
            defaultValue="2026-11-24"
          />
          <TextField label="Admin field" small defaultValue="30 px" />
        </div>
      </Spec>
      <Spec of={of} id="choices" title="Choices">
        <div className="stack gap-3">
          <Select
            label="T-shirt size"
            defaultValue="m"
            choices={[
              { value: "s", label: "Small" },
              { value: "m", label: "Medium" },
            ]}
          />
          <div>
            <Checkbox label="Keep me signed in" defaultChecked />
            <Checkbox label="Email me when a reward is ready" />
          </div>
          <RadioGroup
            name={`${of}-pay`}
            label="How should we pay you?"
            defaultValue="paypal"
            choices={[
              { value: "paypal", label: "PayPal" },
              { value: "venmo", label: "Venmo" },
            ]}
          />
          <Switch label="Texts for urgent updates" defaultChecked />
          <TabLinks
            label="Which missions"
            look="segments"
            tabs={[
              { href: "?tab=open", label: "Open, 5", current: true },
              { href: "?tab=finished", label: "Finished, 11" },
            ]}
          />
          <TabLinks
            label="Which rewards"
            tabs={[
              { href: "?tab=ready", label: "Ready", count: 5, current: true },
              { href: "?tab=used", label: "Used", count: 11 },
            ]}
          />
          <ThemeSwitch current="system" />
        </div>
      </Spec>
    </>
  );
}
