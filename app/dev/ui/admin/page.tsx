import { AdminShell } from "@/components/core/shell";
import { BrandStyle } from "@/components/ui/brand-style";
import { Button, LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { KeyValue, Timeline } from "@/components/ui/layout-parts";
import { Avatar, Progress } from "@/components/ui/marks";
import { PageHeader, Work } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { SearchField } from "@/components/ui/search-field";
import { FilterChips, Toolbar } from "@/components/ui/toolbar";
import { readNonce } from "@/lib/http/nonce";
import { CreatorTable } from "../creator-table";
import { brandColor, creators } from "../samples";

const base = "/dev/ui/admin";
const rooms: Array<[string, string, string, number | undefined, string | undefined]> = [
  ["home", "Home", "layout-dashboard", 7, undefined],
  ["people", "People", "users", undefined, undefined],
  ["messages", "Messages", "message-circle", 4, undefined],
  ["", "Creators", "user-round", undefined, "Loyalty"],
  ["redemptions", "Redemptions", "package", 23, "Loyalty"],
  ["imports", "Imports", "file-up", undefined, "Loyalty"],
  ["tiers", "Tiers", "layers", undefined, "Loyalty"],
  ["audit", "Audit log", "history", undefined, "Business"],
  ["settings", "Settings", "settings", undefined, "Business"],
];

export default async function AdminSample({
  searchParams,
}: {
  searchParams: Promise<Record<string, string>>;
}) {
  const query = await searchParams;
  const person = creators.find((one) => one.handle === query.open);
  return (
    <>
      <BrandStyle color={brandColor(query.brand)} nonce={await readNonce()} />
      <AdminShell
        business={{ name: "Glow Collective", logoUrl: null }}
        homeHref={base}
        account={{ name: "Dana Reyes", role: "Owner", href: `${base}?room=account` }}
        notifications={{ href: `${base}?room=notifications`, unread: 3, at: 0 }}
        navigation={rooms.map(([path, label, icon, count, section]) => ({
          href: path ? `${base}?room=${path}` : base,
          label,
          icon,
          count,
          section,
        }))}
      >
        <PageHeader
          crumbs={[{ label: "Loyalty" }]}
          title="Creators"
          actions={
            <>
              <LinkButton href={base} size="small" icon={<Icon name="download" size="xs" />}>
                Export CSV
              </LinkButton>
              <Button variant="primary" size="small" icon={<Icon name="plus" size="xs" />}>
                Add creator
              </Button>
            </>
          }
        />
        <Toolbar label="Creators">
          <SearchField label="Search creators" placeholder="Name, handle or email" />
          <FilterChips
            pathname={base}
            query={{ tier: ["silver", "gold"], ...query }}
            or="or"
            filters={[
              {
                key: "tier",
                label: "Tier is",
                several: true,
                options: ["Bronze", "Silver", "Gold"].map((tier) => ({
                  value: tier.toLowerCase(),
                  label: tier,
                })),
              },
              { key: "state", label: "State is", options: [{ value: "active", label: "Active" }] },
            ]}
          />
          <span className="end muted num">312 people</span>
        </Toolbar>
        <Work
          label="Creators"
          panel={
            person && (
              <aside className="panel" aria-label={person.name}>
                <div className="row p-4">
                  <Avatar name={person.name} accent />
                  <div className="grow">
                    <h2 className="h3">{person.name}</h2>
                    <p className="muted">@{person.handle}</p>
                  </div>
                  <LinkButton href={base} size="small" variant="quiet">
                    Close
                  </LinkButton>
                </div>
                <div className="stack px-4 pb-4">
                  <p>
                    <span className="fig text-xl">{person.sales}</span>{" "}
                    <span className="soft">of $5,000 for Gold</span>
                  </p>
                  <Progress value={person.share} tone="accent" label="To the next tier" />
                </div>
                <section>
                  <h3>This period</h3>
                  <KeyValue
                    items={[
                      { name: "Videos", value: "18" },
                      { name: "Views", value: "412,960" },
                      { name: "Refunds", value: "−$64.00" },
                    ]}
                  />
                </section>
                <section>
                  <h3>History</h3>
                  <Timeline
                    entries={[
                      { key: "1", when: "Today", what: "Claimed $25 gift card" },
                      { key: "2", when: "Nov 14", what: "Sales +$120.00, missed order.", who: "Dana Reyes" },
                    ]}
                  />
                </section>
              </aside>
            )
          }
        >
          <CreatorTable rows={creators} label="Creators table" open={query.open} pathname={base} />
          <Pager
            summary="Highest sales first. 1 to 50 of 312"
            next="abc"
            previous={null}
            size={50}
            pathname={base}
            query={query}
          />
        </Work>
      </AdminShell>
    </>
  );
}
