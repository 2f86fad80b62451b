/** One entry of a shell's navigation, as the registry hands it over. */
export interface NavItem {
  href: string;
  label: string;
  /** A Lucide name, "layout-dashboard". */
  icon: string;
  count?: number;
  /** Admin: the heading it stands under. Items of one section follow each other. */
  section?: string;
}

export interface NavSection {
  title: string | null;
  items: NavItem[];
}

export function inSections(items: readonly NavItem[]): NavSection[] {
  const sections: NavSection[] = [];
  for (const item of items) {
    const title = item.section ?? null;
    const last = sections[sections.length - 1];
    if (last && last.title === title) last.items.push(item);
    else sections.push({ title, items: [item] });
  }
  return sections;
}

/**
 * The entry a page belongs to: the longest address that begins the page's own, so that /glow/admin is not current on
 * each of its rooms, and /glow/loyalty/history still lights Loyalty.
 */
export function currentHref(pathname: string, hrefs: readonly string[]): string | null {
  const within = hrefs.filter((href) => pathname === href || pathname.startsWith(`${href}/`));
  return within.sort((a, b) => b.length - a.length)[0] ?? null;
}

export interface Business {
  name: string;
  logoUrl: string | null;
}

export interface Account {
  name: string;
  href: string;
  /** Admin: "Owner". */
  role?: string;
}
