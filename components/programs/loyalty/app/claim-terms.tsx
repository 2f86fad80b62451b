import { KeyValue } from "@/components/ui/layout-parts";
import { limitText } from "@/lib/programs/loyalty/contract";
import { useRewardWords, type Claimable } from "./reward-words";

export interface TermsContext {
  currency: string;
  timeZone: string;
  /** Today where the business is: the date the copy of the terms carries. */
  today: string;
  fulfilHours?: number;
  clearingDays?: number;
}

/** The facts that are stored with the claim, as facts. */
export function ClaimTerms({
  reward,
  context,
  runs,
}: {
  reward: Claimable;
  context: TermsContext;
  /** When it runs, once a day is chosen. */
  runs?: string | null;
}) {
  const { t, say, worth } = useRewardWords(context.currency, context.timeZone);
  const items: { name: string; value: React.ReactNode }[] = [];
  const isBoost = reward.kind === "commission_boost";
  if (runs)
    items.push({ name: t("sheet.terms.runs"), value: <span className="whitespace-pre-line">{runs}</span> });
  else items.push({ name: t("sheet.terms.worth"), value: worth(reward) });
  if (isBoost) {
    items.push({ name: t("sheet.terms.counts"), value: t("sheet.terms.countsValue") });
    if (context.clearingDays !== undefined)
      items.push({
        name: t("sheet.terms.pays"),
        value: t("sheet.terms.paysValue", { days: context.clearingDays }),
      });
  } else if (reward.kind === "discount") {
    items.push({ name: t("sheet.terms.code"), value: t("sheet.terms.codeValue") });
  } else if (context.fulfilHours !== undefined) {
    const hours = { hours: context.fulfilHours };
    items.push(
      reward.kind === "physical_gift"
        ? { name: t("sheet.terms.sent"), value: t("sheet.terms.sentValue", hours) }
        : { name: t("sheet.terms.comes"), value: t("sheet.terms.comesValue", hours) },
    );
  }
  if (reward.frequency)
    items.push({
      name: t("sheet.terms.limit"),
      value: limitText(
        { kind: reward.kind, frequency: reward.frequency, quantity: reward.quantity ?? null },
        say,
      ),
    });
  items.push({
    name: t("sheet.terms.tier"),
    value: t(isBoost ? "sheet.terms.tierBoost" : "sheet.terms.tierValue"),
  });
  return <KeyValue stacked items={items} />;
}
