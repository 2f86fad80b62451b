import { chance, split } from "./chance";
import { type DemoCreator, LAST_DAY } from "./creators";

export interface PlannedVideo {
  key: string;
  handle: string;
  title: string;
  day: number;
}

export interface PlannedMove {
  key: string;
  day: number;
  gmv: number;
  units: number;
  views: number;
  likes: number;
  comments: number;
}

const things = [
  "Morning routine",
  "Get ready with me",
  "Three-minute glow",
  "Shelf tour",
  "Honest review",
  "Night routine",
  "Ten days later",
  "Unboxing",
  "What I packed",
  "Answering your questions",
];
const with_ = [
  "rose serum",
  "cloud cream",
  "the travel kit",
  "SPF 50",
  "lip oil",
  "the mini set",
  "clay mask",
  "vitamin drops",
];

/** Which video moved by how much on which night. */
export function plan(creators: DemoCreator[]): { videos: PlannedVideo[]; moves: PlannedMove[] } {
  const luck = chance(312);
  const videos: PlannedVideo[] = [];
  const moves = new Map<string, PlannedMove>();
  const move = (key: string, day: number): PlannedMove => {
    const found = moves.get(`${key}|${day}`) ?? {
      key,
      day,
      gmv: 0,
      units: 0,
      views: 0,
      likes: 0,
      comments: 0,
    };
    moves.set(`${key}|${day}`, found);
    return found;
  };
  for (const creator of creators) {
    const own: PlannedVideo[] = [];
    for (const span of creator.videos) {
      for (let index = 0; index < span.count; index += 1) {
        const day =
          index === 0 ? span.from : index === span.count - 1 ? span.to : luck.between(span.from, span.to);
        own.push({
          key: `${creator.handle}/${7_300_000 + videos.length + own.length}`,
          handle: creator.handle,
          title: `${luck.pick(things)} with ${luck.pick(with_)}`,
          day,
        });
      }
    }
    videos.push(...own);
    for (const phase of creator.phases) {
      const days = Array.from({ length: phase.to - phase.from + 1 }, (_, index) => phase.from + index).filter(
        (day, index) => index === 0 || phase.to - phase.from < 7 || luck.next() < 0.45,
      );
      for (const [index, sales] of split(phase.sales, days.length, luck).entries()) {
        const day = days[index] ?? phase.from;
        const posted = own.filter((video) => video.day <= day);
        const video = luck.next() < 0.75 ? posted.at(-1) : posted[luck.between(0, posted.length - 1)];
        const target = move((video ?? own[0])!.key, Math.max(day, (video ?? own[0])!.day));
        target.gmv += sales;
        target.units += Math.max(1, Math.round(sales / 2_450));
      }
    }
    // Views come with every video for a while, also with those that sell nothing.
    for (const video of own) {
      for (const [after, share] of [1, 0.6, 0.35, 0.2].entries()) {
        const day = video.day + after * 2;
        if (day > LAST_DAY) break;
        const target = move(video.key, day);
        target.views += Math.round(luck.between(900, 14_000) * share);
        target.likes += Math.round(target.views * (0.05 + luck.next() * 0.05));
        target.comments += Math.round(target.likes * 0.04);
      }
    }
  }
  const openedNoor = moves.get(
    [...moves.keys()].find((key) => key.startsWith("noorglows/") && key.endsWith(`|${LAST_DAY}`)) ?? "",
  );
  if (openedNoor) levelNoor([...moves.values()], openedNoor);
  return { videos, moves: [...moves.values()].filter((entry) => entry.gmv !== 0 || entry.views > 0) };
}

/** Noor's period shows 412,960 views and 31,204 likes; the last night makes up the difference. */
function levelNoor(moves: PlannedMove[], last: PlannedMove): void {
  const own = moves.filter((entry) => entry.key.startsWith("noorglows/") && entry.day > 40 && entry !== last);
  const sum = (pick: (entry: PlannedMove) => number) => own.reduce((all, entry) => all + pick(entry), 0);
  const scale = (412_960 / (sum((entry) => entry.views) || 1)) * 0.97;
  for (const entry of own) {
    entry.views = Math.round(entry.views * scale);
    entry.likes = Math.round(entry.views * 0.07);
    entry.comments = Math.round(entry.likes * 0.04);
  }
  last.views = 412_960 - sum((entry) => entry.views);
  last.likes = 31_204 - sum((entry) => entry.likes);
}
