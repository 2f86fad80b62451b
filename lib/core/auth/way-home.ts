interface Business {
  slug: string;
  isStaff: boolean;
}

/** One business: straight in. Several: the chooser. None: a page that says what to do. */
export function wayHome(businesses: readonly Business[], preferred?: string | null): string {
  const one =
    businesses.find((business) => business.slug === preferred) ??
    (businesses.length === 1 ? businesses[0] : undefined);
  if (one) return one.isStaff ? `/${one.slug}/admin` : `/${one.slug}/home`;
  return preferred && businesses.length === 0
    ? `/businesses?business=${encodeURIComponent(preferred)}`
    : "/businesses";
}
