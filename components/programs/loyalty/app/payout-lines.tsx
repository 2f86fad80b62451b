import { useFormatter, useTranslations } from "next-intl";
import { List, ListRow } from "@/components/ui/layout-parts";
import { parseTimestamp } from "@/lib/kernel/time";
import type { MyPayout } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** Her lines of the ledger: what was earned, what was taken back, and where each is. */
export function PayoutLines({ payouts, currency }: { payouts: readonly MyPayout[]; currency: string }) {
  const t = useTranslations("loyaltyPayouts");
  const format = useFormatter();
  const { money } = useFigures(currency);
  const words = (line: MyPayout): string => {
    const to = line.method ? `${t(`details.methods.${line.method}`)}, ${line.hint ?? ""}` : "";
    const date = line.closedAt ? format.dateTime(parseTimestamp(line.closedAt), { dateStyle: "medium" }) : "";
    if (line.state === "pending" && line.isHeld) return t("lines.held");
    return t(`lines.${line.state}`, { to, date, reason: line.failureReason ?? "" });
  };
  return (
    <List>
      {payouts.map((line) => (
        <ListRow
          key={line.id}
          title={
            <span className="block pt-3">
              {line.kind === "clawback" ? t("clawback", { name: line.name ?? "" }) : line.name}
            </span>
          }
          text={
            <span className="block pb-3">
              {words(line)}
              {line.reason && <span className="block">{t("lines.reason", { reason: line.reason })}</span>}
            </span>
          }
          end={<b className="num">{money(line.amount)}</b>}
        />
      ))}
    </List>
  );
}
