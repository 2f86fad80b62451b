import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Door } from "@/components/core/auth/door";
import { SignInForm } from "@/components/core/auth/sign-in-form";
import { ClientMessages } from "@/components/ui/client-messages";
import { page } from "@/lib/http/page";
import { placeFor, placeQuery, readPlace } from "../place";

export async function generateMetadata() {
  return { title: (await getTranslations("auth.signIn"))("title") };
}

export default page({ access: "public", query: placeQuery }, async ({ query, context }) => {
  const [place, t, ui] = await Promise.all([
    readPlace(query),
    getTranslations("auth.signIn"),
    getTranslations("ui"),
  ]);
  const elsewhere = placeFor(context, place);
  if (elsewhere) redirect(elsewhere);
  return (
    <Door
      business={place.brand}
      productName={ui("productName")}
      nonce={place.nonce}
      title={t("title")}
      lead={place.brand ? t("lead", { business: place.brand.name }) : t("leadPlain")}
      foot={
        <>
          <span>{t("newHere")}</span>
          <Link className="act" href={`/sign-up${place.query}`} prefetch={false}>
            {t("create")}
          </Link>
          <Link className="act end text-current" href="/terms" prefetch={false}>
            {t("terms")}
          </Link>
        </>
      }
    >
      <ClientMessages rooms={["ui", "auth"]}>
        <SignInForm
          business={place.business}
          next={place.next}
          query={place.query}
          identifier={query.email ?? ""}
        />
      </ClientMessages>
    </Door>
  );
});
