import type { BenchResult } from "./result";
import { measureScripts } from "./pages/scripts";
import { measureScores } from "./pages/scores";
import { openPagesWorld } from "./pages/world";

const MEMBER_PAGES = [
  "/glow/home",
  "/glow/loyalty/history",
  "/glow/loyalty/videos",
  "/glow/notifications",
  "/glow/settings",
];

/** What pages weigh and how Lighthouse grades them, in a real browser on a production build with the demo data. */
export async function benchPages(): Promise<BenchResult[]> {
  const world = await openPagesWorld("creator@glow.test");
  try {
    const member = MEMBER_PAGES.map((path) => ({ path, cookie: world.cookie }));
    const door = { path: "/sign-in", cookie: null };
    return [
      ...(await measureScripts(world, [...member, door])),
      ...(await measureScores(world, [door, { path: "/glow/home", cookie: world.cookie }])),
    ];
  } finally {
    await world.close();
  }
}
