import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { initials } from "@/components/ui/initials";
import { Avatar } from "@/components/ui/marks";
import { Bell, type Notifications } from "./bell";
import { BrandMark } from "./brand-mark";
import { NavLink } from "./nav-link";
import type { Account, Business, NavItem } from "./navigation";
import { OfflineBanner } from "./offline-banner";

export interface MemberShellProps {
  business: Business;
  homeHref: string;
  /** Five at most; what does not fit goes under the last one, "More". */
  tabs: readonly NavItem[];
  account: Account;
  notifications?: Notifications | null;
  /** The person's other businesses; see BusinessSwitcher. */
  switcher?: ReactNode;
  /** Above the page: data that is older than it should be. */
  notice?: ReactNode;
  /** When this page was drawn, in the reader's own words, for the day it is read offline. */
  drawnAt: string;
  children: ReactNode;
}

export async function MemberShell(props: MemberShellProps) {
  const t = await getTranslations("ui");
  const tabs = props.tabs.slice(0, 5);
  const hrefs = tabs.map((tab) => tab.href);
  return (
    <div className="member">
      <a className="skip" href="#main">
        {t("skipToContent")}
      </a>
      <header className="topbar">
        {props.switcher ?? (
          <Link className="logo plain" href={props.homeHref}>
            <BrandMark {...props.business} />
            {props.business.name}
          </Link>
        )}
        <span className="end row gap-0">
          {props.notifications && <Bell {...props.notifications} icon={<Icon name="bell" />} />}
          <Link
            className="iconbtn"
            href={props.account.href}
            aria-label={t("account", { name: initials(props.account.name) })}
            title={props.account.name}
          >
            <Avatar name={props.account.name} />
          </Link>
        </span>
      </header>
      <div className="slot">
        <OfflineBanner drawnAt={props.drawnAt} />
      </div>
      {props.notice && <div className="slot pb-2">{props.notice}</div>}
      <main id="main" tabIndex={-1}>
        {props.children}
      </main>
      <nav className="tabs" aria-label={t("main")}>
        {tabs.map((tab) => (
          <NavLink key={tab.href} href={tab.href} among={hrefs}>
            <Icon name={tab.icon} />
            {tab.count ? (
              <span className="count" aria-hidden="true">
                {tab.count > 99 ? "99+" : tab.count}
              </span>
            ) : null}
            <span>{tab.label}</span>
            {tab.count ? <span className="vh">{t("unread", { count: tab.count })}</span> : null}
          </NavLink>
        ))}
      </nav>
    </div>
  );
}
