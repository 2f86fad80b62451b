import { MemberShell } from "@/components/core/shell";
import { BarChart } from "@/components/ui/bar-chart";
import { BrandStyle } from "@/components/ui/brand-style";
import { LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Disclosure, Section } from "@/components/ui/layout-parts";
import { Gives, Progress, TierLadder } from "@/components/ui/marks";
import { readNonce } from "@/lib/http/nonce";
import { brandColor, salesByWeek } from "../samples";

const base = "/dev/ui/member";

export default async function MemberSample({
  searchParams,
}: {
  searchParams: Promise<Record<string, string>>;
}) {
  const { brand } = await searchParams;
  return (
    <>
      <BrandStyle color={brandColor(brand)} nonce={await readNonce()} />
      <MemberShell
        business={{ name: "Glow Collective", logoUrl: null }}
        homeHref={base}
        account={{ name: "Noor Haddad", href: `${base}#account` }}
        notifications={{ href: `${base}#notifications`, unread: 2, at: 0 }}
        drawnAt="today, 6:14 PM"
        tabs={[
          { href: base, label: "Home", icon: "house" },
          { href: `${base}?tab=missions`, label: "Missions", icon: "target" },
          { href: `${base}?tab=rewards`, label: "Rewards", icon: "gift" },
          { href: `${base}?tab=messages`, label: "Messages", icon: "message-circle", count: 2 },
          { href: `${base}?tab=more`, label: "More", icon: "menu" },
        ]}
      >
        <section className="pad pt-2" aria-labelledby="tier">
          <p className="row muted">
            Your tier<span className="end sm num">Updated yesterday, 6:14 PM</span>
          </p>
          <div className="flex items-baseline justify-between">
            <h1 id="tier" className="display">
              Silver
            </h1>
            <p className="soft">
              <b className="fig text-ink text-xl">$3,812.40</b> of $5,000
            </p>
          </div>
          <TierLadder
            label="Tiers"
            rungs={[
              { name: "Bronze", filled: 100 },
              { name: "Silver", filled: 66, current: true, note: "your tier, 66 percent of the way to Gold" },
              { name: "Gold", filled: 0 },
              { name: "Platinum", filled: 0 },
            ]}
          />
          <p className="lead mt-4">
            Sell <b className="num">$1,187.60</b> more by Jan 31 for Gold.
          </p>
          <Disclosure summary="Why am I Silver?">
            <div className="soft stack pb-2">
              <p>You sold $3,812.40 since October 1, after $64.00 in refunds. Silver starts at $1,500.</p>
              <p>You move up the night you pass $5,000. You can only move down at the check on January 31.</p>
              <p>
                <a href={base}>See every sale we counted</a>
              </p>
            </div>
          </Disclosure>
        </section>
        <section className="sect pt-3" aria-label="What Silver gives you">
          <Gives
            items={[
              { name: "commission", value: "12%" },
              { name: "5% boost", value: "1" },
              { name: "gift a month", value: "$25" },
            ]}
          />
        </section>
        <Section id="missions" title="Missions" aside={<a href={`${base}?tab=missions`}>See all 5</a>}>
          <ul className="list">
            <li className="row top gap-3.5 py-3">
              <span className="text-accent-text">
                <Icon name="circle-check" />
              </span>
              <div className="grow">
                <p className="h3">Sales Sprint is done</p>
                <p className="sm muted">Your $25 gift card is ready</p>
              </div>
              <LinkButton href={`${base}?tab=rewards`} variant="primary">
                Claim
              </LinkButton>
            </li>
            <li className="row top gap-3.5 py-3">
              <Icon name="eye" />
              <div className="grow stack">
                <span className="row">
                  <span className="h3">Road to Viral</span>
                  <span className="end num sm soft">62,400 of 100,000</span>
                </span>
                <Progress value={62.4} label="Road to Viral" />
                <span className="sm muted">37,600 views to go for a $100 ad credit</span>
              </div>
            </li>
          </ul>
        </Section>
        <Section id="figures" title="Since October 1" aside="Ends January 31">
          <div className="stack gap-5">
            <Gives
              items={[
                { name: "videos", value: "18" },
                { name: "views", value: "412,960" },
                { name: "likes", value: "31,204" },
              ]}
            />
            <BarChart
              title="Sales by week"
              bars={salesByWeek}
              highlight="Nov 12"
              lastNote="so far"
              summary="Bar chart of sales by week. Lowest October 22, $287. Highest November 12, $791."
              nameHead="Week from"
              valueHead="Sales"
              after={
                <p className="sm muted mt-1">Sales up to yesterday, 6:00 PM. The next count is tonight.</p>
              }
            />
          </div>
        </Section>
      </MemberShell>
    </>
  );
}
