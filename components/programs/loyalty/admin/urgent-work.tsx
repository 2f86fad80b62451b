import Link from "next/link";
import { useTranslations } from "next-intl";
import { List, Section } from "@/components/ui/layout-parts";
import { Badge } from "@/components/ui/marks";
import type { Work } from "@/lib/programs/loyalty/contract";
import { WorkAction, workKey } from "./work-table";
import { useWorkWords, workHref } from "./work-words";

/** The five most urgent things to do, for the owner's home. Ask for the work with `limit: 5`. */
export function UrgentWork({
  work,
  slug,
  currency,
  now,
  canFulfil,
}: {
  work: Work;
  slug: string;
  currency: string;
  now: Date;
  canFulfil: boolean;
}) {
  const t = useTranslations("loyaltyFulfilment.work");
  const words = useWorkWords(currency, now);
  const sum = (of: "open" | "soon" | "overdue") => work.counts.reduce((total, count) => total + count[of], 0);
  return (
    <Section id="work" title={t("urgentTitle", { count: sum("open") })} ruled={false}>
      <p className="row mb-2">
        {sum("overdue") > 0 && <Badge tone="bad">{t("urgentLate", { count: sum("overdue") })}</Badge>}
        {sum("soon") > 0 && <Badge tone="warn">{t("urgentSoon", { count: sum("soon") })}</Badge>}
        <Link className="underline" href={`/${slug}/admin/loyalty/work`} prefetch={false}>
          {t("seeAll")}
        </Link>
      </p>
      {work.items.length === 0 ? (
        <p className="soft">{t("urgentNone")}</p>
      ) : (
        <List>
          {work.items.slice(0, 5).map((item) => {
            const left = words.timeLeft(item.dueAt);
            return (
              <li className="linkrow" key={workKey(item)}>
                <span className="grow">
                  <Link className="h3 block" href={workHref(slug, item)} prefetch={false}>
                    {words.title(item)}
                  </Link>
                  <span className="sm muted block">{words.facts(item)}</span>
                </span>
                <Badge tone={left.tone}>{left.text}</Badge>
                <WorkAction item={item} slug={slug} canFulfil={canFulfil} />
              </li>
            );
          })}
        </List>
      )}
    </Section>
  );
}
