import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";

const programs = [
  { id: "loyalty", icon: "trophy" },
  { id: "launch", icon: "clapperboard" },
  { id: "care", icon: "heart-pulse" },
  { id: "clinic", icon: "stethoscope" },
  { id: "academy", icon: "graduation-cap" },
  { id: "portal", icon: "briefcase" },
] as const;

export default async function FrontDoor() {
  const t = await getTranslations("ui");
  return (
    <div className="front">
      <header className="front-head">
        <div className="front-inner">
          <p className="logo text-current">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path fill="currentColor" d="M3 21V11a9 9 0 0 1 18 0v10h-4V11a5 5 0 0 0-10 0v10z" />
            </svg>
            {t("productName")}
          </p>
          <h1 className="display max-w-[36rem]">{t("front.title")}</h1>
          <p className="lead max-w-[34rem]">{t("front.text")}</p>
        </div>
      </header>
      <main id="main" className="front-inner pb-12">
        <div className="flex flex-wrap gap-3 py-6">
          <LinkButton href="/sign-in" variant="primary" size="tall">
            {t("front.signIn")}
          </LinkButton>
          <LinkButton href="/sign-up" size="tall">
            {t("front.createAccount")}
          </LinkButton>
        </div>
        <h2 className="h2 mt-4 mb-2">{t("front.programs")}</h2>
        <ul className="rail:grid-cols-2 rail:gap-x-10 grid">
          {programs.map(({ id, icon }) => (
            <li key={id} className="row top border-line gap-4 border-t py-4">
              <Icon name={icon} className="mt-0.5" />
              <div>
                <h3 className="h3">{t(`front.${id}`)}</h3>
                <p className="soft">{t(`front.${id}Text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
