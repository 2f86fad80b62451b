export interface DemoRaffle {
  key: string;
  name: string;
  description: string;
  prize: { kind: string; name: string; description: string; value: number };
  winners: number;
  alternates: number;
  claimDays: number;
  /** Days from the last night to its end, at six in the evening. */
  endsIn: number;
  entries: number;
  /** Whether the signed-in creator is among them, and what the draw is to make of her. */
  noor: "out" | "in" | "wins" | "loses";
  until: "draft" | "open" | "sealed" | "drawn";
  /** A winner other than her gives the prize back. */
  redraw?: string;
}

/** Each stage once, and each thing a draw can mean to the creator who signs in. */
export const raffles: DemoRaffle[] = [
  {
    key: "lisbon",
    name: "Autumn raffle",
    description: "A thank-you for the season: one press and you are in.",
    prize: {
      kind: "experience",
      name: "Weekend in Lisbon for two",
      description: "Flights, two nights, and a dinner with the team.",
      value: 0,
    },
    winners: 1,
    alternates: 3,
    claimDays: 10,
    endsIn: 8,
    entries: 37,
    noor: "out",
    until: "open",
  },
  {
    key: "ring-light",
    name: "Studio raffle",
    description: "For everybody who films at home.",
    prize: { kind: "physical_gift", name: "Ring light kit", description: "With stand and case.", value: 0 },
    winners: 3,
    alternates: 3,
    claimDays: 7,
    endsIn: 4,
    entries: 52,
    noor: "in",
    until: "open",
  },
  {
    key: "harvest",
    name: "Harvest raffle",
    description: "",
    prize: {
      kind: "gift_card",
      name: "$200 gift card",
      description: "For the shop of your choice.",
      value: 20_000,
    },
    winners: 2,
    alternates: 4,
    claimDays: 7,
    endsIn: 0,
    entries: 24,
    noor: "in",
    until: "sealed",
  },
  {
    key: "summer",
    name: "Late summer raffle",
    description: "The last one before the new collection.",
    prize: {
      kind: "gift_card",
      name: "$50 gift card",
      description: "For the shop of your choice.",
      value: 5_000,
    },
    winners: 3,
    alternates: 3,
    claimDays: 14,
    endsIn: -2,
    entries: 19,
    noor: "wins",
    until: "drawn",
    redraw: "Works for the brand since last week",
  },
  {
    key: "first",
    name: "First raffle",
    description: "",
    prize: { kind: "experience", name: "Studio day with the team", description: "In New York.", value: 0 },
    winners: 1,
    alternates: 2,
    claimDays: 7,
    endsIn: -20,
    entries: 31,
    noor: "loses",
    until: "drawn",
  },
  {
    key: "winter",
    name: "Winter raffle",
    description: "Not announced yet.",
    prize: {
      kind: "gift_card",
      name: "$500 gift card",
      description: "For the shop of your choice.",
      value: 50_000,
    },
    winners: 1,
    alternates: 5,
    claimDays: 7,
    endsIn: 40,
    entries: 0,
    noor: "out",
    until: "draft",
  },
];
