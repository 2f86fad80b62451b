import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { BatchActions } from "@/components/programs/loyalty/admin/batch-actions";
import { BatchPayments } from "@/components/programs/loyalty/admin/batch-payments";
import { batchTones } from "@/components/programs/loyalty/admin/batches-table";
import { ClientMessages } from "@/components/ui/client-messages";
import { Badge, Figures, Stat } from "@/components/ui/marks";
import { Notice } from "@/components/ui/notice";
import { PageHeader, Work } from "@/components/ui/page-header";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { formatMoney } from "@/lib/kernel/money";
import { parseTimestamp } from "@/lib/kernel/time";
import { isPayPalOn, readBatch } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyPayoutsAdmin"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.payouts.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
  },
  async ({ scope, params }) => {
    const [t, nav, format, batch] = await Promise.all([
      getTranslations("loyaltyPayoutsAdmin"),
      getTranslations("nav"),
      getFormatter(),
      readBatch(scope, params.id),
    ]);
    const { slug } = scope.client;
    const amount = formatMoney(batch.amount, batch.currency, scope.viewer?.locale ?? "en");
    const canReveal = scope.can("loyalty.payouts.reveal");
    const canWrite = scope.can("loyalty.payouts.write");
    const isAsking = batch.state === "approved" && batch.provider === "paypal";
    return (
      <ClientMessages rooms={["ui", "loyaltyPayoutsAdmin"]}>
        <PageHeader
          title={t("batch.title", {
            method: t(`methods.${batch.method}`),
            date: format.dateTime(parseTimestamp(batch.createdAt), { dateStyle: "medium" }),
          })}
          crumbs={[
            { label: nav("loyalty") },
            { label: t("batch.crumb"), href: `/${slug}/admin/loyalty/payouts?view=batches` },
          ]}
          actions={
            canWrite ? (
              <BatchActions
                batch={batch}
                slug={slug}
                amount={amount}
                canReveal={canReveal}
                hasPayPal={isPayPalOn()}
              />
            ) : undefined
          }
        />
        <Work label={t("title")}>
          {batch.providerMessage && (
            <div className="pad pt-4">
              <Notice tone="bad" title={t("batch.providerSaid")}>
                <p>{batch.providerMessage}</p>
              </Notice>
            </div>
          )}
          <Figures>
            <Stat
              label={t("columns.state")}
              value={<Badge tone={batchTones[batch.state]}>{t(`states.${batch.state}`)}</Badge>}
            />
            <Stat label={t("batch.payments")} value={batch.payments} />
            <Stat label={t("batch.total")} value={amount} />
            <Stat label={t("batch.madeBy")} value={batch.createdBy ?? ""} note={batch.providerReference} />
          </Figures>
          <p className="soft pad py-3">{t(`batch.next.${isAsking ? "paypal" : batch.state}`)}</p>
          <BatchPayments batch={batch} slug={slug} canWrite={canWrite} canReveal={canReveal} />
        </Work>
      </ClientMessages>
    );
  },
);
