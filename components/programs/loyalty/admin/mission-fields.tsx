"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox, RadioGroup, Select } from "@/components/ui/choice";
import { TextArea, TextField } from "@/components/ui/text-field";
import { countsFroms, type MissionKind } from "@/lib/programs/loyalty/contract";
import type { MissionText } from "./mission-draft";
import { kindsFor } from "./mission-kinds";

interface MissionFieldsProps {
  draft: MissionText;
  change: (patch: Partial<MissionText>) => void;
  errors: Record<string, string>;
  metric: "sales" | "units";
  currency: string;
  /** "New York": whose clock an end is on. */
  place: string;
  tiers: ReadonlyArray<{ id: string; name: string; rank: number }>;
  rewards: ReadonlyArray<{ id: string; name: string; isPublished: boolean }>;
  /** Tags in use, offered while one types. */
  tags: readonly string[];
  /** A mission never changes its kind once it is saved. */
  isNew: boolean;
  /** Once published, what creators were promised stays: reward, audience, what counts, days and winners. */
  isFixed: boolean;
  rewardsAside: ReactNode;
}

function Group({
  id,
  title,
  text,
  children,
}: {
  id: string;
  title: string;
  text?: string;
  children: ReactNode;
}) {
  return (
    <section className="stack gap-3" aria-labelledby={id}>
      <div>
        <h2 className="h3" id={id}>
          {title}
        </h2>
        {text && <p className="sm muted">{text}</p>}
      </div>
      {children}
    </section>
  );
}

const fixedFields: Array<keyof MissionText> = [
  "rewardId",
  "tierId",
  "tag",
  "daysToFinish",
  "winnersCount",
  "claimDays",
];

/** Everything of a mission that can be set, in the order one thinks of it. */
export function MissionFields(props: MissionFieldsProps) {
  const { draft, change, errors, metric, currency, tiers, rewards, place, isFixed } = props;
  const t = useTranslations("loyaltyMissions.admin.form");
  const raffle = draft.kind === "raffle";
  const field = (
    name: Exclude<keyof MissionText, "kind" | "isRecurring" | "reachesCurrent" | "countsFrom">,
  ) => ({
    small: true,
    name,
    value: draft[name],
    error: errors[name],
    disabled: isFixed && fixedFields.includes(name),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const figure = { inputMode: "numeric" as const, autoComplete: "off" };
  const own = tiers.find(({ id }) => id === draft.tierId);
  const below = own ? tiers.filter(({ rank }) => rank < own.rank) : [];
  return (
    <>
      <Group id="mission-goal" title={t("goal")}>
        {props.isNew ? (
          <Select
            small
            label={t("kind")}
            value={draft.kind}
            error={errors["kind"]}
            onChange={(event) => change({ kind: event.target.value as MissionKind })}
            choices={kindsFor(metric).map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
        ) : (
          <p className="soft">{t("kindFixed", { kind: t(`kinds.${draft.kind}`) })}</p>
        )}
        <TextField {...field("name")} label={t("name")} maxLength={60} required />
        {!raffle && (
          <TextField
            {...field("target")}
            {...figure}
            inputMode="decimal"
            label={t(`targets.${draft.kind as "videos"}`, { currency })}
            required
          />
        )}
        <TextArea
          {...field("description")}
          label={t("description")}
          hint={t("descriptionHint")}
          rows={2}
          maxLength={500}
        />
      </Group>
      <Group id="mission-reward" title={t("reward")} text={t("rewardText")}>
        <Select
          {...field("rewardId")}
          label={t("rewardField")}
          choices={[
            { value: "", label: rewards.length === 0 ? t("rewardNone") : t("rewardChoose") },
            ...rewards.map(({ id, name, isPublished }) => ({
              value: id,
              label: isPublished ? name : t("rewardDraft", { reward: name }),
            })),
          ]}
        />
        {props.rewardsAside}
      </Group>
      <Group id="mission-audience" title={t("audience")}>
        <Select
          {...field("tierId")}
          label={t("tier")}
          choices={[
            { value: "", label: t("tierAll") },
            ...tiers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {below.length > 0 && (
          <Select
            {...field("previewFromTierId")}
            label={t("preview")}
            hint={t("previewHint", { tier: own?.name ?? "" })}
            choices={[
              { value: "", label: t("previewNone") },
              ...below.map(({ id, name }) => ({ value: id, label: t("previewFrom", { tier: name }) })),
            ]}
          />
        )}
        <TextField
          {...field("tag")}
          label={t("tag")}
          hint={t("tagHint")}
          maxLength={30}
          autoCapitalize="none"
          list="mission-tags"
        />
        <datalist id="mission-tags">
          {props.tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <Checkbox
          label={t("reachesCurrent")}
          hint={t("reachesCurrentHint")}
          checked={draft.reachesCurrent}
          disabled={isFixed}
          onChange={(event) => change({ reachesCurrent: event.target.checked })}
        />
      </Group>
      <Group id="mission-time" title={t("time")}>
        {!raffle && (
          <>
            <RadioGroup
              name="countsFrom"
              label={t("countsFrom")}
              value={draft.countsFrom}
              onChange={(value) => change({ countsFrom: value as MissionText["countsFrom"] })}
              choices={countsFroms.map((value) => ({
                value,
                disabled: isFixed && value !== draft.countsFrom,
                label: t(`countsFroms.${value}`),
                hint: t(`countsFromHints.${value}`),
              }))}
            />
            <TextField {...field("daysToFinish")} {...figure} label={t("days")} hint={t("daysHint")} />
          </>
        )}
        <TextField
          {...field("ends")}
          type="datetime-local"
          className="num"
          label={raffle ? t("endsRaffle") : t("ends")}
          hint={t(raffle ? "endsRaffleHint" : "endsHint", { place })}
        />
        {!raffle && (
          <Checkbox
            label={t("recurring")}
            hint={t("recurringHint")}
            checked={draft.isRecurring}
            disabled={isFixed}
            onChange={(event) => change({ isRecurring: event.target.checked })}
          />
        )}
        {!raffle && draft.isRecurring && (
          <div className="grid gap-3 phone:grid-cols-2">
            <TextField
              {...field("cooldownDays")}
              {...figure}
              label={t("cooldown")}
              hint={t("cooldownHint")}
            />
            <TextField {...field("maxCycles")} {...figure} label={t("cycles")} hint={t("cyclesHint")} />
          </div>
        )}
      </Group>
      {raffle && (
        <Group id="mission-raffle" title={t("raffle")} text={t("raffleText")}>
          <div className="grid gap-3 phone:grid-cols-3">
            <TextField {...field("winnersCount")} {...figure} label={t("winners")} required />
            <TextField {...field("alternatesCount")} {...figure} label={t("alternates")} />
            <TextField {...field("claimDays")} {...figure} label={t("claimDays")} required />
          </div>
        </Group>
      )}
      <Group id="mission-order" title={t("order")}>
        <TextField {...field("displayOrder")} {...figure} label={t("orderField")} hint={t("orderHint")} />
      </Group>
    </>
  );
}
