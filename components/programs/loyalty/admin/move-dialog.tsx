"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { send } from "@/components/ui/request";
import { Skeleton } from "@/components/ui/states";
import { TextField } from "@/components/ui/text-field";
import type { MoveInput, Slots } from "@/lib/programs/loyalty/contract";

interface MoveDialogProps {
  slug: string;
  id: string;
  reward: string;
  name: string;
  /** The start the page shows; if it is another by now, the move is refused. */
  from: string;
}

/** Another day, and for a discount another time, with a reason its creator reads. */
export function MoveDialog({ slug, id, reward, name, from }: MoveDialogProps) {
  const t = useTranslations("loyaltyFulfilment.move");
  const ui = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [slots, setSlots] = useState<Slots | null>(null);
  const [failed, setFailed] = useState(false);
  const [date, setDate] = useState("");
  const path = `/api/${slug}/loyalty/redemptions/${id}/schedule`;
  useEffect(() => {
    if (!open) return;
    const asked = new AbortController();
    void send<Slots>(path, { signal: asked.signal }).then(
      (found) => {
        setFailed(false);
        setSlots(found);
      },
      () => setFailed(!asked.signal.aborted),
    );
    return () => asked.abort();
  }, [open, path]);
  return (
    <Dialog
      title={t("title", { reward })}
      description={t("text", { name })}
      trigger={t("open")}
      look={{ size: "small" }}
      open={open}
      onOpenChange={setOpen}
    >
      {failed ? (
        <Notice tone="bad" title={t("failed")} />
      ) : slots === null ? (
        <div className="stack gap-3" role="status" aria-label={t("loading")}>
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-14 w-full" />
        </div>
      ) : (
        <Form
          path={path}
          method="PUT"
          submit={t("submit")}
          done={t("done", { name })}
          onSent={() => setOpen(false)}
          secondary={<CloseButton>{ui("cancel")}</CloseButton>}
          body={(values) =>
            ({
              schedule: {
                date: String(values["schedule.date"] ?? ""),
                time: values["schedule.time"] ? String(values["schedule.time"]) : undefined,
              },
              reason: String(values.reason ?? ""),
              from,
            }) satisfies MoveInput
          }
        >
          <Days slots={slots} date={date} onChoose={setDate} />
          <TextField
            name="reason"
            label={t("reason")}
            hint={t("reasonHint", { name })}
            maxLength={300}
            required
          />
        </Form>
      )}
    </Dialog>
  );
}

function Days({ slots, date, onChoose }: { slots: Slots; date: string; onChoose: (date: string) => void }) {
  const t = useTranslations("loyaltyFulfilment.move");
  const format = useFormatter();
  const long = (one: string) =>
    format.dateTime(new Date(`${one}T00:00:00Z`), {
      weekday: "long",
      month: "long",
      day: "numeric",
      timeZone: "UTC",
    });
  const isDiscount = slots.kind === "discount";
  const day = slots.days.find((one) => one.date === date);
  const hour = slots.days.flatMap((one) => one.slots)[0]?.time;
  return (
    <>
      <Select
        name="schedule.date"
        label={t("day")}
        hint={!isDiscount && hour ? t("boostTime", { time: hour }) : undefined}
        value={date}
        onChange={(event) => onChoose(event.target.value)}
        choices={[
          { value: "", label: t("chooseDay"), disabled: true },
          ...slots.days.map((one) => ({
            value: one.date,
            disabled: one.reason !== null,
            label:
              one.reason === null
                ? long(one.date)
                : t("closed", { day: long(one.date), reason: t(`reasons.${one.reason}`) }),
          })),
        ]}
      />
      {isDiscount && day && (
        <Select
          key={date}
          name="schedule.time"
          label={t("time")}
          defaultValue=""
          choices={[
            { value: "", label: t("chooseTime"), disabled: true },
            ...day.slots.map((slot) => ({
              value: slot.time,
              disabled: slot.reason !== null,
              label:
                slot.reason === null
                  ? `${slot.time}, ${t("places", { count: slot.left })}`
                  : t("closed", { day: slot.time, reason: t(`reasons.${slot.reason}`) }),
            })),
          ]}
        />
      )}
    </>
  );
}
