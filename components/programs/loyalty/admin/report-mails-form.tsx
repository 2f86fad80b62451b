"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import type { ReportMails } from "@/lib/programs/loyalty/contract";

/** Who gets a report by mail: one row a person who may see reports, one tick a week or month. */
export function ReportMailsForm({ slug, people }: { slug: string; people: ReportMails["people"] }) {
  const t = useTranslations("loyaltyReports.mails");
  return (
    <section className="sect ruled max-w-2xl pb-8" aria-labelledby="report-mails">
      <h2 className="h2 mb-1" id="report-mails">
        {t("title")}
      </h2>
      <p className="soft mb-3">{t("text")}</p>
      <Form
        path={`/api/${slug}/loyalty/reports/mails`}
        method="PUT"
        size="small"
        submit={t("save")}
        submitVariant="secondary"
        done={t("saved")}
        body={(values) => ({ weekly: values["weekly"] ?? [], monthly: values["monthly"] ?? [] })}
      >
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t("who")}</th>
              <th scope="col">{t("weekly")}</th>
              <th scope="col">{t("monthly")}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.personId}>
                <th scope="row">{person.name}</th>
                {(["weekly", "monthly"] as const).map((cadence) => (
                  <td key={cadence}>
                    <input
                      className="cb"
                      type="checkbox"
                      name={cadence}
                      value={person.personId}
                      data-kind="list"
                      defaultChecked={person[cadence]}
                      aria-label={t(`${cadence}For`, { name: person.name })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Form>
    </section>
  );
}
