import { useTranslations } from "next-intl";
import { DropDown } from "@/components/ui/drop-down";
import { Glyph } from "@/components/ui/glyph";
import { check, chevronDown } from "@/components/ui/icon-paths";
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
    <DropDown
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
    </DropDown>
  );
}
