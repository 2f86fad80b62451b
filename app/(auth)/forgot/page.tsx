import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Door } from "@/components/core/auth/door";
import { ResetFlow } from "@/components/core/auth/reset-flow";
import { ClientMessages } from "@/components/ui/client-messages";
import { page } from "@/lib/http/page";
import { placeQuery, readPlace } from "../place";

export async function generateMetadata() {
  return { title: (await getTranslations("auth"))("forgot.title") };
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
      title={t("forgot.title")}
      lead={t("forgot.lead")}
      foot={
        <Link className="act" href={`/sign-in${place.query}`} prefetch={false}>
          {t("forgot.back")}
        </Link>
      }
    >
      <ClientMessages rooms={["ui", "auth"]}>
        <ResetFlow business={place.business} next={place.next} query={place.query} />
      </ClientMessages>
    </Door>
  );
});
