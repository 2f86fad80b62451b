/** Name, colour, threshold in minor units, commission in basis points, benefits. */
export const ladder = [
  ["Bronze", "#a9744f", 0, 1000, ""],
  ["Silver", "#8d99a6", 150_000, 1200, "5% boost, once a period\n$25 gift every month"],
  [
    "Gold",
    "#c99a2e",
    500_000,
    1500,
    "5% boost, twice a period\n$60 gift every month\nNew products a week early",
  ],
  [
    "Platinum",
    "#6f7fa8",
    1_500_000,
    1800,
    "8% boost, twice a period\n$150 gift every month\nA call with the team each quarter",
  ],
] as const;
