export { AdminShell, type AdminShellProps } from "./admin-shell";
export { Bell } from "./bell";
export { BrandMark } from "./brand-mark";
export { BusinessSwitcher, type OtherBusiness } from "./business-switcher";
export { MemberShell, type MemberShellProps } from "./member-shell";
export {
  currentHref,
  inSections,
  type Account,
  type Business,
  type NavItem,
  type NavSection,
} from "./navigation";
