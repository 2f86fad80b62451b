import { useTranslations } from "next-intl";
import { Glyph } from "@/components/ui/glyph";
import { check, chevronDown } from "@/components/ui/icon-paths";
import { LazyDropDown } from "@/components/ui/lazy-drop-down";
import { BrandMark } from "./brand-mark";
import type { Business } from "./navigation";

export interface OtherBusiness extends Business {
  href: string;
  current: boolean;
}

/** Plain links on purpose: another business is another colour, policy and set of rooms, so the page begins anew. */
export function BusinessSwitcher({
  current,
  businesses,
  allHref,
  allLabel,
}: {
  current: Business;
  businesses: readonly OtherBusiness[];
  allHref?: string;
  allLabel?: string;
}) {
  const t = useTranslations("ui");
  return (
    <LazyDropDown
      className="logo"
      name={`${current.name}. ${t("switchBusiness")}`}
      label={
        <>
          <BrandMark {...current} />
          <span className="truncate">{current.name}</span>
          <Glyph path={chevronDown} size="xs" className="muted" />
        </>
      }
    >
      {businesses.map((business) => (
        <a
          key={business.href}
          className="option"
          href={business.href}
          aria-current={business.current || undefined}
        >
          <BrandMark {...business} />
          <span className="grow">{business.name}</span>
          {business.current && <Glyph path={check} size="s" />}
        </a>
      ))}
      {allHref && (
        <>
          <hr />
          <a className="option" href={allHref}>
            {allLabel}
          </a>
        </>
      )}
    </LazyDropDown>
  );
}
