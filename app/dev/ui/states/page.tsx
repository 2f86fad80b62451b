import { BrandStyle } from "@/components/ui/brand-style";
import { Button, LinkButton } from "@/components/ui/button";
import { gift, wifiOff } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";
import { MemberTitle } from "@/components/ui/page-header";
import { EmptyState, ErrorState, NoPermission, Offline, SkeletonRows } from "@/components/ui/states";
import { readNonce } from "@/lib/http/nonce";
import { brandColor } from "../samples";
import "../gallery.css";

const frames = [
  {
    title: "Empty, first time",
    text: "Says how it fills up, and starts it",
    screen: (
      <EmptyState
        path={gift}
        title="No rewards yet"
        actions={
          <LinkButton href="/dev/ui/states" variant="primary" wide>
            See missions
          </LinkButton>
        }
      >
        Finish a mission and its reward shows up here. Road to Viral is nearest, with 37,600 views to go.
      </EmptyState>
    ),
  },
  {
    title: "Empty, after a filter",
    text: "Names the filter and undoes it",
    screen: (
      <EmptyState
        title="No finished raffles"
        actions={
          <Button variant="primary" wide>
            Show all finished
          </Button>
        }
      >
        You have 11 finished missions of other types.
      </EmptyState>
    ),
  },
  {
    title: "Error",
    text: "What is safe, then try again, then a reference",
    screen: (
      <ErrorState
        reference="R-7F3K-2201"
        title="We could not load your sales"
        actions={
          <Button variant="primary" wide>
            Try again
          </Button>
        }
      >
        The problem is on our side. Your sales, tier and rewards are safe.
      </ErrorState>
    ),
  },
  {
    title: "No permission",
    text: "Why, and who can change it",
    screen: <NoPermission homeHref="/dev/ui/states" />,
  },
  { title: "Offline, never opened", text: "No copy of this page", screen: <Offline /> },
  {
    title: "Offline",
    text: "Last copy and its time",
    screen: (
      <div className="pad pt-4">
        <Notice tone="warn" path={wifiOff} title="You are offline">
          <p className="sm">This is the copy from 12:20. Anything you change now has to wait.</p>
        </Notice>
      </div>
    ),
  },
  { title: "Loading", text: "Skeleton in the shape of what comes, no spinner", screen: <SkeletonRows /> },
];

export default async function States({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  const { brand } = await searchParams;
  return (
    <main className="board" id="main">
      <BrandStyle color={brandColor(brand)} nonce={await readNonce()} />
      <MemberTitle title="States" text="Every state says what happened, what is safe, and the next step." />
      <div className="frames">
        {frames.map(({ title, text, screen }) => (
          <figure className="frame" key={title}>
            <figcaption>
              <b className="block">{title}</b>
              <span className="sm muted">{text}</span>
            </figcaption>
            <div className="screen">{screen}</div>
          </figure>
        ))}
      </div>
    </main>
  );
}
