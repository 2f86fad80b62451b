import { getTranslations } from "next-intl/server";
import { NoPermission } from "@/components/ui/states";

export async function generateMetadata() {
  const t = await getTranslations("ui.forbidden");
  return { title: t("title") };
}

export default function Forbidden() {
  return (
    <main className="member" id="main">
      <NoPermission heading="h1" homeHref="/businesses" />
    </main>
  );
}
