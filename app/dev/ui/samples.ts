/* Invented people and figures for the component pages; nothing here reaches a business. */

export const brands = [
  { id: "berry", name: "Berry", color: "#b3265f" },
  { id: "pine", name: "Pine", color: "#1d6a58" },
  { id: "marigold", name: "Marigold", color: "#f4b43a" },
  { id: "white", name: "White", color: "#ffffff" },
  { id: "black", name: "Black", color: "#111111" },
] as const;

export function brandColor(id: string | undefined): string {
  return (brands.find((brand) => brand.id === id) ?? brands[0]).color;
}

export const tierColors = {
  Bronze: "#b57a4a",
  Silver: "#a9b0ba",
  Gold: "#dcaa2f",
  Platinum: "#5f8fa3",
} as const;
export type Tier = keyof typeof tierColors;

export interface Creator {
  handle: string;
  name: string;
  tier: Tier;
  sales: string;
  share: number;
  left: string;
  last: string;
  need?: { tone: "warn" | "info" | "bad"; text: string };
}

const rows: Array<[string, string, Tier, string, number, string, string, Creator["need"]?]> = [
  [
    "adaeze.b",
    "Adaeze Bello",
    "Gold",
    "$4,986.20",
    100,
    "$13.80 to keep",
    "Nov 19",
    { tone: "warn", text: "Check Jan 31" },
  ],
  ["lena_makes", "Lena Marsh", "Gold", "$4,911.75", 98, "$88.25 to keep", "Nov 20"],
  ["oskar.tv", "Oskar Thorn", "Silver", "$4,870.10", 96, "$129.90", "Nov 18"],
  [
    "priya.kitchen",
    "Priya Kaul",
    "Silver",
    "$4,655.00",
    90,
    "$345.00",
    "Nov 20",
    { tone: "info", text: "1 to approve" },
  ],
  ["jules.w", "Jules Whitaker", "Silver", "$4,410.35", 83, "$589.65", "Nov 17"],
  ["marcofit", "Marco Ferri", "Gold", "$4,402.90", 88, "$597.10 to keep", "Nov 12"],
  ["sade_d", "Sade Dawson", "Silver", "$4,127.15", 75, "$872.85", "Nov 20"],
  [
    "noorglows",
    "Noor Haddad",
    "Silver",
    "$3,812.40",
    66,
    "$1,187.60",
    "Nov 20",
    { tone: "info", text: "1 to approve" },
  ],
  ["tomoko.y", "Tomoko Yano", "Silver", "$3,760.00", 65, "$1,240.00", "Nov 19"],
  [
    "rubyc",
    "Ruby Castellan",
    "Silver",
    "$3,544.80",
    58,
    "$1,455.20",
    "Nov 16",
    { tone: "bad", text: "Payout failed" },
  ],
  ["elif.g", "Elif Güler", "Silver", "$3,391.25", 54, "$1,608.75", "Nov 20"],
  [
    "hbeauty",
    "Hanna Brandt",
    "Gold",
    "$3,310.60",
    66,
    "$1,689.40 to keep",
    "Oct 29",
    { tone: "warn", text: "Quiet 22 days" },
  ],
  ["dami.k", "Dami Kolawole", "Silver", "$3,205.00", 49, "$1,795.00", "Nov 18"],
  ["vera.sews", "Vera Simić", "Silver", "$3,188.45", 48, "$1,811.55", "Nov 20"],
  ["cal_atlas", "Cal Atkins", "Silver", "$2,979.90", 42, "$2,020.10", "Nov 15"],
  ["wren.n", "Wren Nakai", "Silver", "$2,944.00", 41, "$2,056.00", "Nov 19"],
  ["ines.b", "Ines Barros", "Silver", "$2,902.10", 40, "$2,097.90", "Nov 18"],
  ["quin.h", "Quin Hollis", "Silver", "$2,871.00", 39, "$2,129.00", "Nov 20"],
];

export const creators: Creator[] = rows.map(([handle, name, tier, sales, share, left, last, need]) => ({
  handle,
  name,
  tier,
  sales,
  share,
  left,
  last,
  need,
}));

const weeks: Array<[string, number, string]> = [
  ["Oct 1", 318.2, "$318"],
  ["Oct 8", 402.75, "$403"],
  ["Oct 15", 611.9, "$612"],
  ["Oct 22", 287.4, "$287"],
  ["Oct 29", 540.1, "$540"],
  ["Nov 5", 734.6, "$735"],
  ["Nov 12", 791.4, "$791"],
  ["Nov 19", 126.05, "$126"],
];

export const salesByWeek = weeks.map(([name, value, text], index) => ({
  key: name,
  label: index % 2 === 0 ? name : "",
  name,
  value,
  text,
}));
