import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AcceptInvitation } from "@/components/core/auth/accept-invitation";
import { Door } from "@/components/core/auth/door";
import { SignOutButton } from "@/components/core/auth/sign-out-button";
import { LinkButton } from "@/components/ui/button";
import { ClientMessages } from "@/components/ui/client-messages";
import { Notice } from "@/components/ui/notice";
import { roleIds, type InvitationPreview } from "@/lib/core/people/contract";
import { readInvitation } from "@/lib/core/people/server";
import { readNonce } from "@/lib/http/nonce";
import { page } from "@/lib/http/page";
import { isAppError } from "@/lib/kernel/errors";

export async function generateMetadata() {
  // The token is in the address: no other site may learn it from a link followed here.
  return {
    title: (await getTranslations("people.invitation"))("accept", { business: "" }).trim(),
    referrer: "no-referrer" as const,
  };
}

export default page(
  { access: "public", params: z.object({ token: z.string().min(20).max(100) }) },
  async ({ params, viewer }) => {
    const [t, people, auth, ui, nonce, invitation] = await Promise.all([
      getTranslations("people.invitation"),
      getTranslations("people.roles"),
      getTranslations("auth"),
      getTranslations("ui"),
      readNonce(),
      find(params.token),
    ]);
    const business = invitation?.client.name ?? "";
    const role = roleIds.find((known) => known === invitation?.role);
    const here = `?next=${encodeURIComponent(`/invitation/${params.token}`)}${invitation ? `&business=${invitation.client.slug}` : ""}`;
    return (
      <Door
        business={invitation?.client ?? null}
        productName={ui("productName")}
        nonce={nonce ?? null}
        title={invitation ? t("title", { business }) : t("unknownTitle")}
        lead={invitation && role ? t("text", { role: people(role) }) : undefined}
      >
        <ClientMessages rooms={["ui", "auth", "people"]}>
          <div className="door-form">
            {!invitation && <p>{t("unknownText")}</p>}
            {invitation && invitation.state !== "pending" && (
              <Notice tone="warn" title={t(invitation.state, { business })} />
            )}
            {invitation?.state === "pending" && invitation.needsEmail && <p>{t("sameEmail")}</p>}
            {invitation?.state === "pending" && viewer && (
              <>
                <p>{auth("settings.emailNow", { email: viewer.email })}</p>
                <AcceptInvitation token={params.token} business={business} slug={invitation.client.slug} />
                <SignOutButton label={auth("businesses.signOut")} variant="quiet" />
              </>
            )}
            {invitation?.state === "pending" && !viewer && (
              <div className="stack">
                <LinkButton href={`/sign-up${here}`} variant="primary" size="tall" wide>
                  {t("signUp")}
                </LinkButton>
                <LinkButton href={`/sign-in${here}`} size="tall" wide>
                  {t("signIn")}
                </LinkButton>
              </div>
            )}
            {invitation?.state === "accepted" && (
              <LinkButton href={`/${invitation.client.slug}`}>{t("open", { business })}</LinkButton>
            )}
          </div>
        </ClientMessages>
      </Door>
    );
  },
);

async function find(token: string): Promise<InvitationPreview | null> {
  try {
    return await readInvitation(token);
  } catch (error) {
    if (isAppError(error) && error.status === 404) return null;
    throw error;
  }
}
