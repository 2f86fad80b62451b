import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Door } from "@/components/core/auth/door";
import { VerifyForm } from "@/components/core/auth/verify-form";
import { ClientMessages } from "@/components/ui/client-messages";
import { page } from "@/lib/http/page";
import { placeQuery, readPlace } from "../place";

export async function generateMetadata() {
  return { title: (await getTranslations("auth"))("verify.title") };
}

export default page({ access: "public", query: placeQuery }, async ({ query }) => {
  const [place, t, ui] = await Promise.all([
    readPlace(query),
    getTranslations("auth"),
    getTranslations("ui"),
  ]);
  return (
    <Door
      business={place.brand}
      productName={ui("productName")}
      nonce={place.nonce}
      title={t("verify.title")}
      foot={
        <Link className="act" href={`/sign-in${place.query}`} prefetch={false}>
          {t("forgot.back")}
        </Link>
      }
    >
      <ClientMessages rooms={["ui", "auth"]}>
        <VerifyForm business={place.business} next={place.next} query={place.query} />
      </ClientMessages>
    </Door>
  );
});
