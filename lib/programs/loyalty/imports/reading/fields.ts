/** The ten columns of a creators' video export, in the order they are shown to people. */
export const importFields = [
  "handle",
  "video_url",
  "video_title",
  "post_date",
  "views",
  "likes",
  "comments",
  "gmv",
  "ctr",
  "units_sold",
] as const;
export type ImportField = (typeof importFields)[number];

/** Columns that hold whole numbers; a separator before exactly three digits groups, it never starts a fraction. */
export const countFields = ["views", "likes", "comments", "units_sold"] as const;
export type CountField = (typeof countFields)[number];

/** Without these a row says nothing we could keep. */
export const requiredFields: readonly ImportField[] = [
  "handle",
  "video_url",
  "post_date",
  "gmv",
  "units_sold",
];

/** Other spellings seen in real exports, already in the form `headerKey` gives. */
const synonyms: Record<ImportField, readonly string[]> = {
  handle: [
    "handle",
    "creator handle",
    "creator",
    "creator name",
    "creator username",
    "username",
    "user name",
    "account",
    "account name",
    "tiktok handle",
    "influencer",
    "affiliate",
    "affiliate name",
    "profile",
    "author",
  ],
  video_url: [
    "video url",
    "video link",
    "url",
    "link",
    "video",
    "post url",
    "post link",
    "content url",
    "content link",
    "permalink",
    "video page url",
  ],
  video_title: [
    "video title",
    "title",
    "caption",
    "video caption",
    "video name",
    "description",
    "video description",
    "post title",
    "content title",
    "video info",
  ],
  post_date: [
    "post date",
    "posted",
    "posted on",
    "posted at",
    "date",
    "publish date",
    "published",
    "published on",
    "published at",
    "video post date",
    "date posted",
    "create time",
    "created",
    "created at",
    "upload date",
    "time",
    "post time",
    "publish time",
  ],
  views: ["views", "video views", "view count", "vv", "plays", "play count", "impressions", "total views"],
  likes: ["likes", "video likes", "like count", "hearts", "total likes"],
  comments: ["comments", "video comments", "comment count", "total comments", "replies"],
  gmv: [
    "gmv",
    "sales",
    "revenue",
    "gross merchandise value",
    "video gmv",
    "total sales",
    "sales amount",
    "gross sales",
    "affiliate gmv",
    "gross revenue",
    "total gmv",
    "creator gmv",
  ],
  ctr: [
    "ctr",
    "click through rate",
    "clickthrough rate",
    "click rate",
    "ctr rate",
    "product ctr",
    "video ctr",
  ],
  units_sold: [
    "units sold",
    "units",
    "items sold",
    "quantity",
    "qty",
    "orders",
    "products sold",
    "unit sales",
    "sold units",
    "item sold",
    "affiliate items sold",
    "video items sold",
  ],
};

const bySynonym = new Map<string, ImportField>(
  importFields.flatMap((field) => synonyms[field].map((name) => [name, field] as const)),
);

/** One spelling for one header: `Units_Sold (pcs)`, `UNITS SOLD` and `unitsSold` are the same column. */
export function headerKey(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFKC")
    .replace(/\([^)]*\)|\[[^\]]*\]/g, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

export function fieldForHeader(header: string): ImportField | null {
  return bySynonym.get(headerKey(header)) ?? null;
}

/** The names a header may have without any mapping, for people to read. */
export function knownHeaders(field: ImportField): readonly string[] {
  return synonyms[field];
}
