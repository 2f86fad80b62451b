import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { sumKey, type MoneyList } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** What the nightly proof found wrong and nobody has mended. */
export function MoneyFindings({ list, slug }: { list: MoneyList; slug: string }) {
  const t = useTranslations("loyaltyPayoutsAdmin.findings");
  const { money } = useFigures(list.currency);
  if (list.findings.length === 0) return null;
  const say = (what: string, value: number | null) => {
    if (value === null) return t("none");
    return what === "boost.paid" ? t(value === 1 ? "yes" : "no") : money(value);
  };
  return (
    <div className="pad py-3">
      <Notice tone="bad" title={t("title", { count: list.findings.length })}>
        <p>{t("text")}</p>
        <ul>
          {list.findings.map(({ id, what, rowId, stored, computed }) => (
            <li key={id}>
              {t("differs", {
                sum: t(`sums.${sumKey(what)}`),
                stored: say(what, stored),
                computed: say(what, computed),
              })}
              {". "}
              {what === "batch.total_amount" || what === "creator.total_sales" ? (
                <Link
                  className="text-current underline underline-offset-2"
                  href={`/${slug}/admin/loyalty/${what === "batch.total_amount" ? "payouts" : "creators"}/${rowId}`}
                >
                  {t(what === "batch.total_amount" ? "open" : "openCreator")}
                </Link>
              ) : (
                <span className="sm">{t("row", { id: rowId })}</span>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
