import type { ProgramId, TenantScope } from "@/lib/db/tenant-scope";

type NavLabel =
  | "home"
  | "people"
  | "creators"
  | "work"
  | "missions"
  | "rewards"
  | "claims"
  | "raffles"
  | "payouts"
  | "holds"
  | "reports"
  | "imports"
  | "handleClaims"
  | "tiers"
  | "loyaltySettings"
  | "auditLog"
  | "emails"
  | "jobs"
  | "settings"
  | "notifications"
  | "more";

interface NavEntry {
  path: string;
  label: NavLabel;
  icon: string;
  section?: "loyalty" | "business";
}

interface AdminEntry extends NavEntry {
  permission: string;
}

const adminEntries: AdminEntry[] = [
  { path: "/admin/people", label: "people", icon: "users", permission: "people.people.read" },
  {
    path: "/admin/loyalty/work",
    label: "work",
    icon: "list-checks",
    section: "loyalty",
    permission: "loyalty.redemptions.read",
  },
  {
    path: "/admin/loyalty/creators",
    label: "creators",
    icon: "user-round",
    section: "loyalty",
    permission: "loyalty.creators.read",
  },
  {
    path: "/admin/loyalty/missions",
    label: "missions",
    icon: "target",
    section: "loyalty",
    permission: "loyalty.missions.read",
  },
  {
    path: "/admin/loyalty/rewards",
    label: "rewards",
    icon: "gift",
    section: "loyalty",
    permission: "loyalty.rewards.read",
  },
  {
    path: "/admin/loyalty/redemptions",
    label: "claims",
    icon: "receipt",
    section: "loyalty",
    permission: "loyalty.redemptions.read",
  },
  {
    path: "/admin/loyalty/raffles",
    label: "raffles",
    icon: "ticket",
    section: "loyalty",
    permission: "loyalty.missions.read",
  },
  {
    path: "/admin/loyalty/payouts",
    label: "payouts",
    icon: "wallet",
    section: "loyalty",
    permission: "loyalty.payouts.read",
  },
  {
    path: "/admin/loyalty/holds",
    label: "holds",
    icon: "shield-check",
    section: "loyalty",
    permission: "loyalty.holds.resolve",
  },
  {
    path: "/admin/loyalty/reports",
    label: "reports",
    icon: "chart-column",
    section: "loyalty",
    permission: "loyalty.reports.read",
  },
  {
    path: "/admin/loyalty/imports",
    label: "imports",
    icon: "file-up",
    section: "loyalty",
    permission: "loyalty.imports.read",
  },
  {
    path: "/admin/loyalty/handle-claims",
    label: "handleClaims",
    icon: "badge-check",
    section: "loyalty",
    permission: "loyalty.claims.decide",
  },
  {
    path: "/admin/loyalty/tiers",
    label: "tiers",
    icon: "layers",
    section: "loyalty",
    permission: "loyalty.settings.read",
  },
  {
    path: "/admin/loyalty/settings",
    label: "loyaltySettings",
    icon: "sliders-horizontal",
    section: "loyalty",
    permission: "loyalty.settings.read",
  },
  {
    path: "/admin/audit",
    label: "auditLog",
    icon: "history",
    section: "business",
    permission: "audit.log.read",
  },
  { path: "/admin/emails", label: "emails", icon: "mail", section: "business", permission: "email.log.read" },
  { path: "/admin/jobs", label: "jobs", icon: "activity", section: "business", permission: "jobs.log.read" },
  {
    path: "/admin/settings",
    label: "settings",
    icon: "settings",
    section: "business",
    permission: "tenancy.settings.read",
  },
];

interface MemberEntry extends NavEntry {
  program?: ProgramId;
  /** Left out where this program needs the place; it is reached another way there. */
  unless?: ProgramId;
  permission?: string;
}

const memberEntries: MemberEntry[] = [
  { path: "/home", label: "home", icon: "house" },
  {
    path: "/loyalty/missions",
    label: "missions",
    icon: "target",
    program: "loyalty",
    permission: "loyalty.app.use",
  },
  {
    path: "/loyalty/rewards",
    label: "rewards",
    icon: "gift",
    program: "loyalty",
    permission: "loyalty.app.use",
  },
  {
    path: "/loyalty/tiers",
    label: "tiers",
    icon: "trending-up",
    program: "loyalty",
    permission: "loyalty.app.use",
  },
  { path: "/notifications", label: "notifications", icon: "bell", unless: "loyalty" },
  { path: "/settings", label: "more", icon: "settings" },
];

/** What the viewer may open in the admin, in the order of the rail. Home is there for every member of staff. */
export function adminNavigation(scope: TenantScope): NavEntry[] {
  return [
    { path: "/admin", label: "home", icon: "layout-dashboard" },
    ...adminEntries.filter((entry) => scope.can(entry.permission)),
  ];
}

/** The tabs of the member app: at most five. */
export function memberNavigation(scope: TenantScope): NavEntry[] {
  return memberEntries
    .filter((entry) => entry.program === undefined || scope.client.programs.includes(entry.program))
    .filter((entry) => entry.unless === undefined || !scope.can(`${entry.unless}.app.use`))
    .filter((entry) => entry.permission === undefined || scope.can(entry.permission))
    .slice(0, 5);
}
