"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { Select } from "@/components/ui/choice";
import { Glyph } from "@/components/ui/glyph";
import { clock, lock } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/states";
import type { Slots } from "@/lib/programs/loyalty/contract";
import { cityOf, useRewardWords } from "./reward-words";

export interface Choice {
  date: string | null;
  time: string | null;
}

/** The slot that is chosen, if both its day and its time are. */
export function slotOf(slots: Slots | null, choice: Choice) {
  const day = slots?.days.find(({ date }) => date === choice.date);
  return (
    day?.slots.find(
      ({ time, reason }) => reason === null && (choice.time === null || time === choice.time),
    ) ?? null
  );
}

/** A day, and for a discount a time. Closed days stay visible, with the reason in words. */
export function ClaimSchedule({
  slots,
  choice,
  onChoose,
  currency,
  timeZone,
}: {
  slots: Slots | null;
  choice: Choice;
  onChoose: (choice: Choice) => void;
  currency: string;
  timeZone: string;
}) {
  const t = useTranslations("loyaltyRewards.sheet");
  const { time } = useRewardWords(currency, timeZone);
  const format = useFormatter();
  const long = useCalendarDay().long;
  if (slots === null) {
    return (
      <div className="stack gap-3" role="status" aria-label={t("loadingDays")}>
        <Skeleton className="h-4 w-2/5" />
        <Skeleton className="h-14 w-full" />
        <Skeleton className="h-13 w-full" />
      </div>
    );
  }
  const part = (date: string, options: Pick<Intl.DateTimeFormatOptions, "weekday" | "month" | "day">) =>
    format.dateTime(new Date(`${date}T00:00:00Z`), { ...options, timeZone: "UTC" });
  // Today's start is over on most evenings: a box nobody can ever press says nothing.
  const days = slots.days.filter(({ reason }, index) => index > 0 || reason !== "past");
  const months = [...new Set(days.map(({ date }) => part(date, { month: "long" })))];
  const closed = days.filter(({ reason }) => reason !== null);
  const reasons = [...new Set(closed.map(({ reason }) => reason!))];
  const day = slots.days.find(({ date }) => date === choice.date);
  const isBoost = slots.kind === "commission_boost";
  if (closed.length === days.length) {
    return <Notice tone="warn" title={t("noDays")} />;
  }
  return (
    <>
      <fieldset>
        <legend className="row mb-2 w-full">
          <span className="h3">{t(isBoost ? "firstDay" : "day")}</span>
          <span className="end sm muted">{months.join(" – ")}</span>
        </legend>
        <div className="days">
          {days.map(({ date, reason }) => (
            <label className="day" key={date}>
              <input
                type="radio"
                name="schedule.date"
                value={date}
                aria-label={
                  reason
                    ? t("closedDay", { day: long(date), reason: t(`reason.${reason}`) })
                    : part(date, { weekday: "long", month: "long", day: "numeric" })
                }
                disabled={reason !== null}
                checked={choice.date === date}
                onChange={() => onChoose({ date, time: null })}
              />
              <span aria-hidden="true">{part(date, { weekday: "short" })}</span>
              <b aria-hidden="true">{part(date, { day: "numeric" })}</b>
            </label>
          ))}
        </div>
        {reasons.length > 0 && (
          <p className="sm muted mt-2">
            {reasons
              .map((reason) =>
                t("closedDays", {
                  days: format.list(
                    closed
                      .filter((one) => one.reason === reason)
                      .map(({ date }) => part(date, { month: "short", day: "numeric" })),
                  ),
                  reason: t(`reason.${reason}`),
                }),
              )
              .join(" ")}
          </p>
        )}
      </fieldset>
      <div className="mt-4">
        {isBoost ? (
          <FixedTime
            slots={slots}
            timeZone={timeZone}
            startsAt={
              slotOf(slots, choice)?.startsAt ??
              days.find(({ reason }) => reason === null)!.slots[0]!.startsAt
            }
            currency={currency}
          />
        ) : (
          day && (
            <Select
              key={choice.date}
              name="schedule.time"
              label={t("startTime")}
              hint={timeZone === slots.timeZone ? undefined : cityOf(slots.timeZone)}
              value={choice.time ?? ""}
              onChange={(event) => onChoose({ date: choice.date, time: event.target.value || null })}
              choices={[
                { value: "", label: t("chooseTime"), disabled: true },
                ...day.slots.map((slot) => ({
                  value: slot.time,
                  disabled: slot.reason !== null,
                  label: slot.reason
                    ? t("closedDay", {
                        day: time(slot.startsAt, slots.timeZone),
                        reason: t(`reason.${slot.reason}`),
                      })
                    : time(slot.startsAt, slots.timeZone),
                })),
              ]}
            />
          )
        )}
        {!isBoost && <OtherZone slots={slots} choice={choice} currency={currency} timeZone={timeZone} />}
      </div>
    </>
  );
}

/** What cannot be changed is shown and marked, not hidden. */
function FixedTime({
  slots,
  startsAt,
  currency,
  timeZone,
}: {
  slots: Slots;
  startsAt: string;
  currency: string;
  timeZone: string;
}) {
  const t = useTranslations("loyaltyRewards.sheet");
  const { time, readerZone } = useRewardWords(currency, timeZone);
  const theirs = time(startsAt, slots.timeZone);
  const own = time(startsAt, readerZone);
  return (
    <>
      <p className="h3 mb-2">{t("startTime")}</p>
      <div className="row bg-sunken rounded-control min-h-13 gap-3 px-3.5 py-2">
        <Glyph path={clock} />
        <span className="grow">
          <b className="num">{theirs}</b> {t("inZone", { city: cityOf(slots.timeZone) })}
          {own !== theirs && <span className="sm soft block">{t("whereYouAre", { time: own })}</span>}
        </span>
        <span className="sm soft row gap-1">
          <Glyph path={lock} size="xs" />
          {t("fixed")}
        </span>
      </div>
    </>
  );
}

function OtherZone({
  slots,
  choice,
  currency,
  timeZone,
}: {
  slots: Slots;
  choice: Choice;
  currency: string;
  timeZone: string;
}) {
  const t = useTranslations("loyaltyRewards.sheet");
  const { time, readerZone } = useRewardWords(currency, timeZone);
  const slot = choice.time === null ? null : slotOf(slots, choice);
  if (!slot) return null;
  const theirs = time(slot.startsAt, slots.timeZone);
  const own = time(slot.startsAt, readerZone);
  return (
    <p className="sm soft mt-2">
      <b className="num">{theirs}</b> {t("inZone", { city: cityOf(slots.timeZone) })}
      {own !== theirs && <>, {t("whereYouAre", { time: own })}</>}
    </p>
  );
}
