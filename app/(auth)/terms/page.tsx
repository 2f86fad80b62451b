import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { Door } from "@/components/core/auth/door";
import { termsVersion } from "@/lib/core/auth/contract";
import { readNonce } from "@/lib/http/nonce";
import { page } from "@/lib/http/page";

export async function generateMetadata() {
  return { title: (await getTranslations("auth.terms"))("title") };
}

export default page({ access: "public" }, async () => {
  const [t, ui, auth, format, nonce] = await Promise.all([
    getTranslations("auth.terms"),
    getTranslations("ui"),
    getTranslations("auth.forgot"),
    getFormatter(),
    readNonce(),
  ]);
  const date = format.dateTime(new Date(`${termsVersion}T12:00:00Z`), { dateStyle: "long", timeZone: "UTC" });
  return (
    <Door
      business={null}
      productName={ui("productName")}
      nonce={nonce ?? null}
      title={t("title")}
      lead={t("version", { date })}
      foot={
        <Link className="act" href="/sign-in" prefetch={false}>
          {auth("back")}
        </Link>
      }
    >
      <ol className="stack list-decimal gap-3 pl-5">
        {(["one", "two", "three", "four"] as const).map((part) => (
          <li key={part}>{t(part)}</li>
        ))}
      </ol>
    </Door>
  );
});
