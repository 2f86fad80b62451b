import { initials } from "@/components/ui/initials";
import type { Business } from "./navigation";

/** The business's own mark, or its initial on its colour. */
export function BrandMark({ name, logoUrl }: Business) {
  if (logoUrl) return <img src={logoUrl} alt="" width={24} height={24} />;
  return (
    <span className="brandmark" aria-hidden="true">
      {initials(name).slice(0, 1)}
    </span>
  );
}
