import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Door } from "@/components/core/auth/door";
import { SignOutButton } from "@/components/core/auth/sign-out-button";
import { BrandMark } from "@/components/core/shell";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { List, ListRow } from "@/components/ui/layout-parts";
import { wayHome } from "@/lib/core/auth/contract";
import { readNonce } from "@/lib/http/nonce";
import { page, readShell } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";

export async function generateMetadata() {
  return { title: (await getTranslations("auth.businesses"))("title") };
}

export default page(
  {
    access: "signed-in",
    query: z.object({ business: slugSchema.optional(), choose: z.literal("1").optional() }),
  },
  async ({ viewer, context, query }) => {
    const [t, ui, nonce] = await Promise.all([
      getTranslations("auth.businesses"),
      getTranslations("ui"),
      readNonce(),
    ]);
    const { businesses } = context;
    if (businesses.length === 1) redirect(wayHome(businesses));
    const wanted =
      businesses.length === 0 && query.business ? (await readShell(query.business)).scope?.client : undefined;
    const isNone = businesses.length === 0;
    return (
      <Door
        business={wanted ?? null}
        productName={ui("productName")}
        nonce={nonce ?? null}
        title={isNone ? t("noneTitle") : t("title")}
        lead={isNone ? undefined : t("lead", { count: businesses.length })}
        foot={
          <ClientMessages rooms={["ui"]}>
            <SignOutButton label={t("signOut")} variant="quiet" />
          </ClientMessages>
        }
      >
        {isNone ? (
          <div className="door-form">
            <p>{t("noneText", { email: viewer?.email ?? "" })}</p>
            <div className="stack">
              {wanted?.programs.includes("loyalty") && (
                <LinkButton href={`/${wanted.slug}/loyalty/claim-handle`} variant="primary" size="tall" wide>
                  {t("noneClaim", { business: wanted.name })}
                </LinkButton>
              )}
              <LinkButton href="/businesses" size="tall" wide external>
                {t("refresh")}
              </LinkButton>
            </div>
          </div>
        ) : (
          <List>
            {businesses.map((business) => (
              <ListRow
                key={business.slug}
                href={wayHome([business])}
                external
                lead={<BrandMark name={business.name} logoUrl={business.logoUrl} />}
                title={business.name}
                text={t(business.isStaff ? "staff" : "member")}
              />
            ))}
          </List>
        )}
      </Door>
    );
  },
);
