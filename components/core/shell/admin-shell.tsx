import { getTranslations } from "next-intl/server";
import { Fragment, type ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Avatar } from "@/components/ui/marks";
import { Bell, type Notifications } from "./bell";
import { BrandMark } from "./brand-mark";
import { NavLink } from "./nav-link";
import { inSections, type Account, type Business, type NavItem } from "./navigation";

export interface AdminShellProps {
  business: Business;
  homeHref: string;
  navigation: readonly NavItem[];
  account: Account;
  notifications?: Notifications | null;
  switcher?: ReactNode;
  notice?: ReactNode;
  /** Pages begin with <PageHeader> and put the rest in <Work>, which is the main landmark. */
  children: ReactNode;
}

export async function AdminShell(props: AdminShellProps) {
  const t = await getTranslations("ui");
  const { account, notifications } = props;
  const hrefs = [...props.navigation.map((item) => item.href), account.href];
  if (notifications) hrefs.push(notifications.href);
  const sections = inSections(props.navigation);
  return (
    <div className="admin">
      <a className="skip" href="#main">
        {t("skipToContent")}
      </a>
      <aside className="rail" aria-label={t("admin")}>
        {props.switcher ?? (
          <div className="logo">
            <BrandMark {...props.business} />
            {props.business.name}
          </div>
        )}
        <nav aria-label={t("rooms")}>
          {sections.map((section, index) => (
            <Fragment key={section.title ?? index}>
              {index > 0 && <hr />}
              {section.title && <h2>{section.title}</h2>}
              {section.items.map((item) => (
                <RailLink key={item.href} item={item} among={hrefs} />
              ))}
            </Fragment>
          ))}
        </nav>
        <div className="foot">
          {notifications && (
            <Bell {...notifications} className="" icon={<Icon name="bell" />} label={t("notifications")} />
          )}
          <NavLink href={account.href} among={hrefs} title={account.name} className="me">
            <Avatar name={account.name} size="s" accent />
            <span className="who">
              <b>{account.name}</b>
              {account.role && <small>{account.role}</small>}
            </span>
          </NavLink>
        </div>
      </aside>
      <div className="work">
        {props.notice && <div className="slot pb-2">{props.notice}</div>}
        {props.children}
      </div>
    </div>
  );
}

function RailLink({ item, among }: { item: NavItem; among: readonly string[] }) {
  return (
    <NavLink href={item.href} among={among} title={item.label}>
      <Icon name={item.icon} />
      {item.label}
      {item.count !== undefined && <span className="c">{item.count}</span>}
    </NavLink>
  );
}
