import { chance } from "./chance";

export interface Phase {
  /** Days of the plan, both counted; day 90 is the last night. */
  from: number;
  to: number;
  /** Minor units sold by videos in these days. */
  sales: number;
}

export interface DemoCreator {
  handle: string;
  name: string;
  /** Set for people who sign in. */
  email?: string;
  /** Day of the plan on which she joined; below zero is before it. */
  joined: number;
  /** Rank of the tier she brought along from before the plan. */
  startRank?: number;
  phases: Phase[];
  videos: { from: number; to: number; count: number }[];
}

export const LAST_DAY = 90;
/** Most of the named creators moved up on this night; their period began the day after. */
const MOVE = 40;

/** Handle, name, sales before the move, sales since, videos since. */
const named: [string, string, number, number, number][] = [
  ["adaeze.b", "Adaeze Bello", 512_300, 498_620, 24],
  ["lena_makes", "Lena Marsh", 530_140, 491_175, 31],
  ["oskar.tv", "Oskar Thorn", 158_800, 487_010, 22],
  ["priya.kitchen", "Priya Kaul", 171_220, 465_500, 27],
  ["jules.w", "Jules Whitaker", 151_900, 441_035, 16],
  ["marcofit", "Marco Ferri", 508_000, 440_290, 12],
  ["sade_d", "Sade Dawson", 163_450, 412_715, 21],
  ["tomoko.y", "Tomoko Yano", 155_000, 376_000, 19],
  ["rubyc", "Ruby Castellan", 150_720, 354_480, 14],
  ["elif.g", "Elif Güler", 166_010, 339_125, 20],
  ["hbeauty", "Hanna Brandt", 501_200, 331_060, 9],
  ["dami.k", "Dami Kolawole", 152_340, 320_500, 17],
  ["vera.sews", "Vera Simić", 159_990, 318_845, 23],
  ["cal_atlas", "Cal Atkins", 154_110, 297_990, 11],
  ["wren.nakai", "Wren Nakai", 161_300, 294_400, 18],
  ["ines.bakes", "Inês Duarte", 150_050, 289_025, 15],
  ["quin.h", "Quin Hollis", 157_640, 287_100, 13],
  ["zara.a", "Zara Aldin", 153_470, 281_040, 12],
];

/** Noor's weeks, as her home shows them; two of them hold an adjustment. */
const noorWeeks = [31_820, 40_275, 61_190, 28_740, 54_010 + 6_400, 73_460, 79_140 - 12_000, 12_605];

const first =
  "Ana Bea Chidi Dilan Ebele Fern Gia Hugo Iris Jo Kemi Luz Mei Nia Omar Pia Remy Sol Tess Uma Vik Willa Xena Yuki Zoë Amir Bodhi Cleo".split(
    " ",
  );
const last =
  "Adler Boateng Cruz Dahl Eze Farah Grant Haas Ibarra Jansen Kaya Lopez Mensah Novak Okoye Park Quist Rahal Sato Torres Ueda Varga Wolff Yilmaz".split(
    " ",
  );

/** 312 creators: the ones from the screens by name, the others by chance. */
export function demoCreators(noorEmail: string | null): DemoCreator[] {
  const luck = chance(20261001);
  const noor: DemoCreator = {
    handle: "noorglows",
    name: "Noor Haddad",
    ...(noorEmail ? { email: noorEmail } : {}),
    joined: 0,
    phases: [
      { from: 1, to: MOVE - 1, sales: 148_480 },
      { from: MOVE, to: MOVE, sales: 4_000 },
      ...noorWeeks.map((sales, week) => ({
        from: MOVE + 1 + week * 7,
        to: Math.min(MOVE + 7 + week * 7, LAST_DAY),
        sales,
      })),
    ],
    videos: [
      { from: 0, to: MOVE, count: 14 },
      { from: MOVE + 1, to: LAST_DAY, count: 18 },
    ],
  };
  const known = named.map(([handle, name, before, since, videos]): DemoCreator => ({
    handle,
    name,
    joined: 0,
    phases: [
      // All of it on one night, so that the period begins on the day the screens show.
      { from: MOVE, to: MOVE, sales: before },
      { from: MOVE + 1, to: LAST_DAY - (handle === "hbeauty" ? 22 : 0), sales: since },
    ],
    videos: [
      { from: MOVE - 8, to: MOVE, count: 6 },
      { from: MOVE + 1, to: LAST_DAY - (handle === "hbeauty" ? 22 : luck.between(0, 6)), count: videos },
    ],
  }));
  const others: DemoCreator[] = [];
  for (let index = 0; others.length < 312 - known.length - 1; index += 1) {
    const name = `${first[(index * 5 + 3) % first.length]} ${last[(index * 7 + Math.floor(index / 24)) % last.length]}`;
    const handle = `${name
      .normalize("NFD")
      .replace(/[^a-zA-Z ]/g, "")
      .toLowerCase()
      .replace(" ", index % 3 === 0 ? "." : "_")}${index > 110 ? index % 97 : ""}`.slice(0, 30);
    if (others.some((other) => other.handle === handle)) continue;
    const share = index / 293;
    const total =
      share < 0.02
        ? luck.between(1_700_000, 2_900_000)
        : share < 0.07
          ? luck.between(520_000, 900_000)
          : share < 0.24
            ? luck.between(155_000, 400_000)
            : luck.between(0, 140_000);
    // Every ninth came with a tier from an earlier program; her check falls within these weeks.
    const isEarlier = index % 9 === 4 && share > 0.1;
    const startRank = index % 2 === 0 ? 2 : 3;
    const kept =
      isEarlier && luck.next() < 0.55
        ? Math.round((startRank === 2 ? 150_000 : 500_000) * (1.05 + luck.next() * 0.8))
        : null;
    const joined = isEarlier ? -luck.between(38, 85) : Math.max(0, luck.between(-40, 70));
    others.push({
      handle,
      name,
      joined,
      ...(isEarlier ? { startRank } : {}),
      phases: [
        kept === null
          ? { from: Math.max(joined, 0), to: LAST_DAY - (index % 11 === 0 ? 30 : 0), sales: total }
          : { from: 0, to: 28, sales: kept },
      ],
      videos: [
        {
          from: Math.max(joined, 0),
          to: LAST_DAY - (index % 11 === 0 ? 30 : luck.between(0, 12)),
          count: Math.max(1, Math.min(34, Math.round(total / 24_000) + luck.between(1, 6))),
        },
      ],
    });
  }
  return [noor, ...known, ...others].map((creator) => ({
    ...creator,
    phases: creator.phases.filter((phase) => phase.to >= phase.from && phase.sales !== 0),
    videos: creator.videos.filter((span) => span.to >= span.from),
  }));
}
