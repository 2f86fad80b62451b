import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { z } from "zod";
import { Door } from "@/components/core/auth/door";
import { HandleClaimForm } from "@/components/core/auth/handle-claim-form";
import { ActionButton } from "@/components/ui/action-button";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { Notice } from "@/components/ui/notice";
import { signInPath } from "@/lib/http/next-path";
import { readNonce } from "@/lib/http/nonce";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { notFound } from "@/lib/kernel/errors";
import { parseTimestamp } from "@/lib/kernel/time";
import { myClaims } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("auth.claim"))("title") };
}

// Public by shape only: whoever asks is signed in, but need not be of the business yet.
export default page(
  { access: "public", params: z.object({ client: slugSchema }) },
  async ({ scope, viewer, params }) => {
    if (!scope?.client.programs.includes("loyalty")) throw notFound("that page");
    if (!viewer) redirect(`${signInPath(`/${params.client}/loyalty/claim-handle`)}`);
    const [t, ui, format, nonce, claims] = await Promise.all([
      getTranslations("auth.claim"),
      getTranslations("ui"),
      getFormatter(),
      readNonce(),
      myClaims(scope),
    ]);
    const business = scope.client.name;
    const latest = claims[0];
    const isOpen = latest?.state === "pending";
    const isDone = latest?.state === "approved";
    const when = latest ? format.dateTime(parseTimestamp(latest.createdAt), { dateStyle: "long" }) : "";
    return (
      <Door
        business={scope.client}
        productName={ui("productName")}
        nonce={nonce ?? null}
        title={t("title")}
        lead={t("lead", { business })}
      >
        <ClientMessages rooms={["ui", "auth"]}>
          <div className="stack gap-4">
            {latest && isOpen && (
              <Notice title={t("pending", { business })}>
                <p>{t("pendingText", { handle: latest.handle, when })}</p>
              </Notice>
            )}
            {latest && isDone && (
              <Notice tone="ok" title={t("approved", { handle: latest.handle })}>
                <p>{t("approvedText")}</p>
              </Notice>
            )}
            {latest?.state === "rejected" && (
              <Notice tone="warn" title={t("rejected", { handle: latest.handle })}>
                <p>{t("rejectedText", { business, reason: latest.rejectReason ?? "" })}</p>
                <p>{t("again")}</p>
              </Notice>
            )}
            {isDone && (
              <LinkButton href={`/${params.client}`} variant="primary" size="tall" external>
                {t("open", { business })}
              </LinkButton>
            )}
          </div>
          {!isOpen && !isDone && <HandleClaimForm slug={params.client} business={business} />}
          {latest && isOpen && (
            <ActionButton
              path={`/api/${params.client}/loyalty/handle-claims/${latest.id}/withdraw`}
              done={t("withdrawn")}
              label={t("withdraw")}
              variant="quiet"
            />
          )}
        </ClientMessages>
      </Door>
    );
  },
);
