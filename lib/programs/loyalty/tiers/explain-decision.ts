import type { Decision, Tier } from "./tier.schema";

/** `t` of the namespace "loyalty.why"; figures and days arrive formatted in the reader's locale. */
export interface WhyWords {
  t: (key: string, values?: Record<string, string | number>) => string;
  /** Minor units or pieces, as the program counts. */
  figure: (value: number) => string;
  day: (date: string) => string;
}

/** What "Why am I Silver?" stands on: the creator's figures now, not only the night of the last decision. */
export interface Standing {
  tier: Tier;
  next: { tier: Tier; missing: number } | null;
  tierMode: "lifetime" | "checkpoint";
  value: number;
  refunds: number;
  periodStart: string;
  periodEndsOn: string;
  checkOn: string | null;
  missingToKeep: number;
  startsTomorrow: boolean;
  isPinned: boolean;
  decision: Decision | null;
}

/** Sentences that say what was counted, where the tier starts, when it can rise and when it can fall. */
export function explainTier(now: Standing, { t, figure, day }: WhyWords): string[] {
  const lines: string[] = [];
  const tier = now.tier.name;
  if (now.isPinned) {
    lines.push(t("pinned", { tier }));
  }
  if (now.startsTomorrow && now.decision && now.tierMode === "checkpoint") {
    lines.push(
      explainDecision(now.decision, { t, figure, day })[0] ?? "",
      t("countStarts", { day: day(now.periodStart) }),
    );
  } else if (now.tierMode === "lifetime") {
    lines.push(t("soldEver", { value: figure(now.value) }));
  } else {
    lines.push(
      now.refunds === 0
        ? t("sold", { value: figure(now.value), day: day(now.periodStart) })
        : t("soldAfterRefunds", {
            value: figure(now.value),
            day: day(now.periodStart),
            refunds: figure(Math.abs(now.refunds)),
          }),
    );
  }
  if (now.isPinned) return lines.filter(Boolean);
  lines.push(
    now.tier.threshold === 0
      ? t("startsAtZero", { tier })
      : t("startsAt", { tier, threshold: figure(now.tier.threshold) }),
  );
  lines.push(now.next ? t("rise", { threshold: figure(now.next.tier.threshold) }) : t("top", { tier }));
  if (now.tierMode === "lifetime") lines.push(t("keepForLife"));
  else if (now.checkOn === null) lines.push(t("noCheck", { tier, day: day(now.periodEndsOn) }));
  else if (now.missingToKeep > 0)
    lines.push(t("fallUnless", { day: day(now.checkOn), missing: figure(now.missingToKeep), tier }));
  else lines.push(t("fall", { day: day(now.checkOn) }));
  return lines.filter(Boolean);
}

/** One decision of the tier history in plain words: what happened, on which figures, by which rule. */
export function explainDecision(decision: Decision, { t, figure, day }: WhyWords): string[] {
  const { rule, from, to, value, threshold, detail } = decision;
  const on = day(decision.businessDate);
  const counted = decision.periodStart
    ? t("countedSince", { value: figure(value), day: day(decision.periodStart) })
    : t("countedEver", { value: figure(value) });
  const lines: string[] = [];
  switch (rule) {
    case "entry":
      lines.push(t("entry", { to }));
      break;
    case "promotion":
      lines.push(t("promotion", { from: from ?? "", to, day: on, counted, threshold: figure(threshold) }));
      break;
    case "demotion":
      lines.push(
        t("demotion", {
          from: from ?? "",
          to,
          day: on,
          counted,
          required: figure(detail.required ?? threshold),
        }),
      );
      break;
    case "maintained":
      if (detail.isPinned) lines.push(t("maintainedPinned", { to, day: on }));
      else if (detail.isExempt) lines.push(t("exempt", { to, day: on, counted }));
      else
        lines.push(t("maintained", { to, day: on, counted, required: figure(detail.required ?? threshold) }));
      break;
    case "pinned":
      lines.push(t("pinnedBy", { to, day: on, reason: detail.reason ?? "" }));
      break;
    case "unpinned":
      lines.push(t("unpinned", { to, day: on }));
      break;
    case "settings":
      lines.push(t("settings", { to, day: on }));
      break;
    case "undone":
      lines.push(t("undone", { to, day: on }));
      break;
  }
  if (decision.adjustmentsPart !== 0 && rule !== "undone") {
    lines.push(
      decision.adjustmentsPart > 0
        ? t("adjustedUp", { value: figure(decision.adjustmentsPart) })
        : t("adjustedDown", { value: figure(-decision.adjustmentsPart) }),
    );
  }
  if (decision.isUndone) lines.push(t("wasUndone"));
  return lines;
}
