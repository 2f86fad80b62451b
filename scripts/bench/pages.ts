import type { BenchResult } from "./result";
import { measureScripts } from "./pages/scripts";
import { measureScores } from "./pages/scores";
import { openPagesWorld } from "./pages/world";

/** Every page of the member app; a raffle is asked for below, since its address holds its id. */
const MEMBER_PAGES = [
  "/glow/home",
  "/glow/loyalty/missions",
  "/glow/loyalty/missions/history",
  "/glow/loyalty/rewards",
  "/glow/loyalty/rewards/history",
  "/glow/loyalty/tiers",
  "/glow/loyalty/leaderboard",
  "/glow/loyalty/payouts",
  "/glow/loyalty/history",
  "/glow/loyalty/videos",
  "/glow/notifications",
  "/glow/settings",
  "/glow/settings/notifications",
];

/** What pages weigh and how Lighthouse grades them, in a real browser on a production build with the demo data. */
export async function benchPages(): Promise<BenchResult[]> {
  const world = await openPagesWorld("creator@glow.test");
  try {
    const raffles = await world.raffles("/glow/loyalty/missions");
    if (raffles.length === 0) throw new Error("The demo data shows no raffle to weigh.");
    const member = [...MEMBER_PAGES, ...raffles].map((path) => ({ path, cookie: world.cookie }));
    const door = { path: "/sign-in", cookie: null };
    return [
      ...(await measureScripts(world, [...member, door])),
      ...(await measureScores(world, [door, { path: "/glow/home", cookie: world.cookie }])),
    ];
  } finally {
    await world.close();
  }
}
