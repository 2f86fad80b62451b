import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Door } from "@/components/core/auth/door";
import { SignUpFlow } from "@/components/core/auth/sign-up-flow";
import { ClientMessages } from "@/components/ui/client-messages";
import { page } from "@/lib/http/page";
import { placeFor, placeQuery, readPlace } from "../place";

export async function generateMetadata() {
  return { title: (await getTranslations("auth.signUp"))("title") };
}

export default page({ access: "public", query: placeQuery }, async ({ query, context }) => {
  const [place, t, ui] = await Promise.all([
    readPlace(query),
    getTranslations("auth.signUp"),
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
          <span>{t("haveOne")}</span>
          <Link className="act" href={`/sign-in${place.query}`} prefetch={false}>
            {t("signIn")}
          </Link>
        </>
      }
    >
      <ClientMessages rooms={["ui", "auth"]}>
        <SignUpFlow
          business={place.business}
          next={place.next}
          query={place.query}
          email={query.email ?? ""}
        />
      </ClientMessages>
    </Door>
  );
});
