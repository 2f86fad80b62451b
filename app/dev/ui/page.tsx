import Link from "next/link";
import { readNonce } from "@/lib/http/nonce";
import { BrandStyle } from "@/components/ui/brand-style";
import { Basics } from "./basics";
import { brandColor, brands } from "./samples";
import { Choices } from "./choices";
import { Data } from "./data";
import { Overlays } from "./overlays";
import "./gallery.css";

export default async function Components({
  searchParams,
}: {
  searchParams: Promise<Record<string, string>>;
}) {
  const { brand, theme } = await searchParams;
  const shown = theme === "light" || theme === "dark" ? [theme] : ["light", "dark"];
  return (
    <main id="main">
      <BrandStyle color={brandColor(brand)} nonce={await readNonce()} />
      {shown.map((name, index) => (
        <div key={name} data-theme={name} data-brand="" className="board">
          <header>
            {index === 0 && <h1 className="h1">Components</h1>}
            <h2 className={index === 0 ? "lead" : "h1"}>{name === "light" ? "By day" : "By night"}</h2>
            <p className="soft mt-1">Member size unless marked admin. Targets are 44 px or more there.</p>
            <p className="mt-2 flex flex-wrap gap-x-4">
              {["light", "dark"].map((to) => (
                <Link key={to} className="act" href={`?theme=${to}${brand ? `&brand=${brand}` : ""}`}>
                  Only {to}
                </Link>
              ))}
              {["member", "admin", "states"].map((to) => (
                <Link key={to} className="act" href={`/dev/ui/${to}`}>
                  {to === "states" ? "States" : `${to === "member" ? "Member" : "Admin"} shell`}
                </Link>
              ))}
            </p>
          </header>
          <section className="spec alone">
            <h3 id={`${name}-brands`}>One brand colour, five businesses</h3>
            <div className="brands">
              {brands.map((one) => (
                <div key={one.id} data-brand="" className={`brand-${one.id} stack bg-surface p-3`}>
                  <span className="sm">
                    <b>{one.name}</b> <span className="muted num">{one.color}</span>
                  </span>
                  <span className="row">
                    <Link href={`?brand=${one.id}`} className="btn primary small">
                      Claim
                    </Link>
                    <Link href={`?brand=${one.id}`} className="sm">
                      See all
                    </Link>
                    <span className="badge accent">New</span>
                  </span>
                  <svg
                    className="bar accent"
                    viewBox="0 0 100 1"
                    preserveAspectRatio="none"
                    aria-hidden="true"
                  >
                    <line x1="-5" x2="62" y1="0.5" y2="0.5" vectorEffect="non-scaling-stroke" />
                  </svg>
                </div>
              ))}
            </div>
          </section>
          <div className="specs">
            <Basics of={name} />
            <Choices of={name} />
            <Overlays of={name} />
            <Data of={name} />
          </div>
        </div>
      ))}
    </main>
  );
}
