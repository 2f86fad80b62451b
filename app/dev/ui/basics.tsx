import { Button } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { bell, circleCheck, download, languages, wallet } from "@/components/ui/icon-paths";
import { Icon, iconNames } from "@/components/ui/icon";
import { KeyValue, List, ListRow, SectionBand, Steps, Timeline } from "@/components/ui/layout-parts";
import {
  Avatar,
  Badge,
  Chip,
  Figures,
  Gives,
  Progress,
  Stat,
  TierLadder,
  TierMark,
} from "@/components/ui/marks";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/states";
import { Spec } from "./spec";
import { tierColors } from "./samples";

export function Basics({ of }: { of: string }) {
  return (
    <>
      <Spec of={of} id="buttons" title="Buttons">
        <div className="stack gap-3">
          <Button variant="primary" size="tall" wide>
            Claim $25 gift card
          </Button>
          <div className="row">
            <Button variant="primary">Save</Button>
            <Button>Cancel</Button>
            <Button variant="quiet">See all</Button>
          </div>
          <div className="row">
            <Button variant="primary" busy>
              Saving
            </Button>
            <Button disabled>Not yet</Button>
          </div>
          <div className="row">
            <Button variant="danger">Delete account</Button>
            <Button variant="danger-quiet">Reject</Button>
          </div>
          <div className="row">
            <Button variant="primary" size="small">
              Approve
            </Button>
            <Button size="small" icon={<Glyph path={download} size="xs" />}>
              Export CSV
            </Button>
            <Button size="small" variant="quiet">
              Clear
            </Button>
            <span className="xs muted">admin</span>
          </div>
        </div>
      </Spec>
      <Spec of={of} id="marks" title="Marks, progress">
        <div className="stack gap-4">
          <div className="flex flex-wrap gap-1.5">
            <Badge tone="ok">Paid</Badge>
            <Badge tone="warn">Due today</Badge>
            <Badge tone="bad">Late</Badge>
            <Badge tone="info">To approve</Badge>
            <Badge tone="accent">New</Badge>
            <Badge>Draft</Badge>
            <Chip>
              Tier is <b>Gold</b>
            </Chip>
          </div>
          <div className="sm flex flex-wrap gap-4">
            {Object.entries(tierColors).map(([name, color]) => (
              <TierMark key={name} name={name} color={color} />
            ))}
          </div>
          <div className="row">
            <Avatar name="Noor Haddad" size="l" accent />
            <Avatar name="Noor Haddad" />
            <Avatar name="Dana Reyes" size="s" />
          </div>
          <div className="stack">
            <span className="row">
              <span className="h3">Road to Viral</span>
              <span className="end soft num">62,400 of 100,000</span>
            </span>
            <Progress value={62400} max={100000} label="Road to Viral" size="thick" />
            <Progress value={30} label="Sent" tone="accent" />
          </div>
          <TierLadder
            label="Tiers"
            rungs={[
              { name: "Bronze", filled: 100 },
              { name: "Silver", filled: 66, current: true, note: "66 percent of the way to Gold" },
              { name: "Gold", filled: 0 },
              { name: "Platinum", filled: 0 },
            ]}
          />
          <Gives
            items={[
              { name: "commission", value: "12%" },
              { name: "5% boost", value: "1" },
              { name: "gift a month", value: "$25" },
            ]}
          />
        </div>
      </Spec>
      <Spec of={of} id="notices" title="Notices, loading">
        <div className="stack gap-4">
          <Notice>Sales are counted at 6:00 PM in New York.</Notice>
          <Notice tone="ok">Your gift card is on its way.</Notice>
          <Notice tone="warn" title="These figures are from Wednesday">
            Last night&apos;s count did not arrive. We look again at 6:00 PM.
          </Notice>
          <Notice tone="bad" title="There is 1 problem">
            Emails do not match
          </Notice>
          <SectionBand
            kicker={
              <>
                <Glyph path={circleCheck} size="s" />
                Done, ready to claim
              </>
            }
            title="$25 gift card"
          >
            From Sales Sprint. Claim it by December 18.
          </SectionBand>
          <div className="row">
            <Skeleton className="h-9 w-9 rounded-full" />
            <span className="grow stack">
              <Skeleton className="h-3 w-3/5" />
              <Skeleton className="h-3 w-11/12" />
            </span>
          </div>
        </div>
      </Spec>
      <Spec of={of} id="rows" title="List rows">
        <List>
          <ListRow
            href="#rows"
            lead={<Glyph path={wallet} />}
            title="Payout account"
            text="PayPal, n…@example.com"
          />
          <ListRow
            href="#rows"
            lead={<Glyph path={bell} />}
            title="What we tell you about"
            text="Email and text"
          />
          <ListRow href="#rows" lead={<Glyph path={languages} />} title="Language" text="English" />
        </List>
      </Spec>
      <Spec of={of} id="facts" title="Facts, history, steps">
        <div className="stack sm gap-5">
          <KeyValue
            items={[
              { name: "Videos", value: "18" },
              { name: "Views", value: "412,960" },
              { name: "Refunds", value: "−$64.00" },
            ]}
          />
          <Timeline
            entries={[
              { key: "1", when: "Today", what: "Claimed $25 gift card from Sales Sprint" },
              { key: "2", when: "Nov 14", what: "Sales +$120.00, missed order.", who: "Dana Reyes" },
              { key: "3", when: "Oct 2", what: "Moved up, Bronze to Silver" },
            ]}
          />
          <Steps label="Import" steps={["Upload", "Check", "Save"]} current={1} />
        </div>
      </Spec>
      <Spec of={of} id="icons" title="Icons">
        <div className="flex flex-wrap gap-2.5">
          {iconNames.map((name) => (
            <Icon key={name} name={name} />
          ))}
        </div>
      </Spec>
      <Spec of={of} id="figures" title="Key figures" wide>
        <Figures>
          <Stat
            label="Sales since October 1"
            value="$276,512"
            note={
              <>
                <span className="up">+18%</span> on last period
              </>
            }
          />
          <Stat label="Creators who posted" value="1,206" note="of 2,418, last 30 days" />
          <Stat label="Rewards to send" value="23" note="3 due today" />
          <Stat label="Nightly count" value="6:14 PM" note="yesterday, 51,467 rows" />
        </Figures>
      </Spec>
    </>
  );
}
