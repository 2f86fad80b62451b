import "./door.css";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/core/shell";
import { BrandStyle } from "@/components/ui/brand-style";

interface DoorProps {
  /** Known from the address: then the page is the business's own. */
  business: { name: string; logoUrl: string | null; brandColor: string } | null;
  productName: string;
  nonce: string | null;
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}

const arch = "M3 21V11a9 9 0 0 1 18 0v10h-4V11a5 5 0 0 0-10 0v10z";

/** The frame of every page before the app: the business's colour at its loudest, one form, one action. */
export function Door({ business, productName, nonce, title, lead, children, foot }: DoorProps) {
  return (
    <div className="door">
      {business && <BrandStyle color={business.brandColor} nonce={nonce} />}
      <header className="door-head">
        <svg className="door-mark" viewBox="0 0 24 24" aria-hidden="true">
          <path fill="currentColor" d={arch} />
        </svg>
        <p className="logo">
          {business ? (
            <BrandMark name={business.name} logoUrl={business.logoUrl} />
          ) : (
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path fill="currentColor" d={arch} />
            </svg>
          )}
          {business?.name ?? productName}
        </p>
        <div>
          <h1 className="display">{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
      </header>
      <main id="main" className="door-main" tabIndex={-1}>
        {children}
      </main>
      {foot && <footer className="door-foot">{foot}</footer>}
    </div>
  );
}
