import type { MissionKind } from "@/lib/programs/loyalty/contract";
import { emptyMission, type MissionText } from "./mission-draft";

interface MissionTemplate {
  /** Names its words: admin.templates.<key>. */
  key:
    | "sprint"
    | "steady"
    | "pieces"
    | "shelf"
    | "camera"
    | "weekly"
    | "viral"
    | "wave"
    | "favorite"
    | "hearts"
    | "vip"
    | "many";
  kind: MissionKind;
  patch: Partial<MissionText>;
  /** A raffle ends so many days from now. */
  endsInDays?: number;
}

/** Two a kind: a way to begin that can be changed in every part. Amounts are in whole units of the currency. */
export const missionTemplates: readonly MissionTemplate[] = [
  { key: "sprint", kind: "sales_amount", patch: { target: "1000", daysToFinish: "30" } },
  { key: "steady", kind: "sales_amount", patch: { target: "500", daysToFinish: "30", isRecurring: true } },
  { key: "pieces", kind: "sales_units", patch: { target: "50", daysToFinish: "30" } },
  { key: "shelf", kind: "sales_units", patch: { target: "20", daysToFinish: "30", isRecurring: true } },
  { key: "camera", kind: "videos", patch: { target: "10", daysToFinish: "30" } },
  { key: "weekly", kind: "videos", patch: { target: "3", daysToFinish: "7", isRecurring: true } },
  { key: "viral", kind: "views", patch: { target: "100000" } },
  { key: "wave", kind: "views", patch: { target: "10000", daysToFinish: "14" } },
  { key: "favorite", kind: "likes", patch: { target: "50000" } },
  { key: "hearts", kind: "likes", patch: { target: "5000", daysToFinish: "30", isRecurring: true } },
  {
    key: "vip",
    kind: "raffle",
    patch: { winnersCount: "1", alternatesCount: "2", claimDays: "7" },
    endsInDays: 14,
  },
  {
    key: "many",
    kind: "raffle",
    patch: { winnersCount: "10", alternatesCount: "5", claimDays: "7" },
    endsInDays: 7,
  },
];

/** A draft of a template. `today` is the day of the business. */
export function fromTemplate(
  template: MissionTemplate,
  name: string,
  description: string,
  today: string,
): MissionText {
  const ends =
    template.endsInDays === undefined
      ? ""
      : `${new Date(Date.parse(`${today}T00:00:00Z`) + template.endsInDays * 86_400_000).toISOString().slice(0, 10)}T18:00`;
  return { ...emptyMission, ...template.patch, kind: template.kind, name, description, ends };
}
