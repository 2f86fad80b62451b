"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/choice";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { send as request } from "@/components/ui/request";
import { TextArea, TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import {
  carriers,
  judgeLines,
  type BulkOutcome,
  type RedemptionState,
  type Shipment,
  type ShipmentOutcome,
} from "@/lib/programs/loyalty/contract";

export interface Parcel {
  id: string;
  label: string;
  from: RedemptionState;
}

/** Many parcels: a pasted column of numbers, each beside its gift, what is wrong said where it stands. */
export function ShipMany({
  slug,
  parcels,
  open,
  onOpenChange,
  onShipped,
}: {
  slug: string;
  parcels: readonly Parcel[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShipped: () => void;
}) {
  const t = useTranslations("loyaltyFulfilment.ship");
  const steps = useTranslations("loyaltyFulfilment.steps");
  const ui = useTranslations("ui");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<ShipmentOutcome>();
  const [numbers, setNumbers] = useState<string[]>([]);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [all, setAll] = useState("");
  const [said, setSaid] = useState<Record<string, string>>({});
  const [gone, setGone] = useState<string[]>([]);
  const waiting = parcels.filter(({ id }) => !gone.includes(id));
  const lines = judgeLines(
    waiting.map(({ id }, at) => ({ trackingNumber: numbers[at] ?? "", carrier: chosen[id] || all || null })),
  );
  const isGood = (at: number) => lines[at]!.problem === null && said[waiting[at]!.id] === undefined;
  const good = waiting.filter((_, at) => isGood(at));
  const typed = numbers.some((number) => number.trim() !== "") || all === "other";
  const extra = numbers.slice(waiting.length).filter((number) => number.trim() !== "").length;

  async function save(which: Shipment["save"]) {
    const items = waiting.flatMap(({ id, from }, at) =>
      which === "all" || isGood(at)
        ? [{ id, from, carrier: lines[at]!.carrier, trackingNumber: lines[at]!.trackingNumber }]
        : [],
    );
    const sent = await send(`/api/${slug}/loyalty/redemptions/shipments`, { items, save: which });
    if (!sent) return;
    const done = sent.data.outcomes.filter(({ isDone }) => isDone).map(({ id }) => id);
    setSaid(
      Object.fromEntries(
        sent.data.outcomes.filter(({ isDone }) => !isDone).map(({ id, message }) => [id, message ?? ""]),
      ),
    );
    setNumbers(numbers.filter((_, at) => !done.includes(waiting[at]?.id ?? "")));
    setGone([...gone, ...done]);
    if (done.length > 0) offerUndo(done);
    router.refresh();
    if (done.length === waiting.length) {
      onOpenChange(false);
      onShipped();
    }
  }

  function offerUndo(done: string[]) {
    toast({
      message: t("shipped", { count: done.length }),
      action: {
        label: steps("undo"),
        onClick: () =>
          void request<BulkOutcome>(`/api/${slug}/loyalty/redemptions/steps`, {
            body: { step: "undo", items: done.map((id) => ({ id, from: "fulfilled" })) },
          }).then(
            (back) => {
              toast({ message: t("undone", { count: back.done }) });
              router.refresh();
            },
            (error: Error) => toast({ message: error.message, tone: "bad" }),
          ),
      },
    });
  }

  const wrong = waiting.length - good.length;
  return (
    <Dialog
      title={t("title", { count: waiting.length })}
      description={t("text")}
      open={open}
      onOpenChange={onOpenChange}
      wide
    >
      <div className="stack gap-4">
        {problem && <Notice tone="bad" title={problem.message} />}
        <TextArea
          name="numbers"
          label={t("numbers")}
          hint={t("numbersHint")}
          rows={Math.min(Math.max(waiting.length, 3), 8)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={numbers.join("\n")}
          onChange={(event) => {
            setNumbers(event.target.value === "" ? [] : event.target.value.split(/\r?\n/));
            setSaid({});
          }}
        />
        {extra > 0 && <p className="sm soft">{t("extra", { count: extra })}</p>}
        <Select
          name="carrier"
          label={t("carrierAll")}
          value={all}
          onChange={(event) => {
            setAll(event.target.value);
            setSaid({});
          }}
          choices={[
            { value: "", label: t("recognise") },
            ...carriers.map((value) => ({ value, label: steps(`carriers.${value}`) })),
          ]}
        />
        <ol className="list">
          {waiting.map((parcel, at) => {
            const message =
              said[parcel.id] ??
              (typed && lines[at]!.problem ? t(`problems.${lines[at]!.problem!}`) : undefined);
            return (
              <li key={parcel.id} className="stack gap-2 py-3">
                <b>{t("gift", { line: at + 1, name: parcel.label })}</b>
                <div className="phone:grid-cols-[1fr_12rem] grid items-start gap-2">
                  <div>
                    <TextField
                      small
                      name={`number-${parcel.id}`}
                      label={t("number")}
                      aria-label={t("numberOf", { name: parcel.label })}
                      value={numbers[at] ?? ""}
                      error={message}
                      autoComplete="off"
                      maxLength={60}
                      onChange={(event) => {
                        const next = waiting.map((_, line) => numbers[line] ?? "");
                        next[at] = event.target.value;
                        setNumbers(next);
                        setSaid({});
                      }}
                    />
                  </div>
                  <Select
                    small
                    name={`carrier-${parcel.id}`}
                    label={t("carrier")}
                    aria-label={t("carrierOf", { name: parcel.label })}
                    value={chosen[parcel.id] ?? lines[at]!.carrier ?? ""}
                    onChange={(event) => {
                      setChosen({ ...chosen, [parcel.id]: event.target.value });
                      setSaid({});
                    }}
                    choices={[
                      { value: "", label: t("recognise") },
                      ...carriers.map((value) => ({ value, label: steps(`carriers.${value}`) })),
                    ]}
                  />
                </div>
              </li>
            );
          })}
        </ol>
        {typed && wrong > 0 && <p role="status">{t("wrong", { count: wrong })}</p>}
        <div className="row flex-wrap justify-end">
          <CloseButton>{ui("cancel")}</CloseButton>
          {wrong > 0 && good.length > 0 && (
            <Button busy={sending} onClick={() => void save("good")}>
              {t("saveGood", { count: good.length })}
            </Button>
          )}
          <Button variant="primary" busy={sending} disabled={wrong > 0} onClick={() => void save("all")}>
            {t("saveAll", { count: waiting.length })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
