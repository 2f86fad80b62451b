import Link from "next/link";
import { useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/layout-parts";
import type { Redemption } from "@/lib/programs/loyalty/contract";
import { useFigures } from "../figures";

/** What was agreed when it was claimed. */
export function ClaimTerms({
  claim,
  slug,
  currency,
  canOpen,
}: {
  claim: Redemption;
  slug: string;
  currency: string;
  canOpen: boolean;
}) {
  const t = useTranslations("loyaltyFulfilment");
  const figures = useFigures(currency);
  const mission = claim.missionName ?? "";
  const source =
    claim.source === "tier"
      ? t("claim.fromTier", { tier: claim.tierName ?? "" })
      : t(claim.source === "mission" ? "claim.fromMission" : "claim.fromRaffle", { mission });
  const instructions = claim.terms["instructions"];
  const rows = [
    {
      name: t("claim.creator"),
      value: canOpen ? (
        <Link
          className="underline"
          href={`/${slug}/admin/loyalty/creators/${claim.creatorId}`}
          prefetch={false}
        >
          {claim.name}, @{claim.handle}
        </Link>
      ) : (
        `${claim.name}, @${claim.handle}`
      ),
    },
    { name: t("claim.reward"), value: claim.title },
    { name: t("claim.kind"), value: t(`rewardKinds.${claim.kind}`) },
    { name: t("claim.source"), value: source },
    ...(claim.source === "tier" || claim.tierName === null
      ? []
      : [{ name: t("claim.tier"), value: claim.tierName }]),
    ...(claim.valueAmount > 0 ? [{ name: t("claim.worth"), value: figures.money(claim.valueAmount) }] : []),
    ...(claim.costAmount ? [{ name: t("claim.cost"), value: figures.money(claim.costAmount) }] : []),
    ...(claim.rewardVersion === null ? [] : [{ name: t("claim.version"), value: claim.rewardVersion }]),
    ...(typeof instructions === "string" && instructions
      ? [{ name: t("claim.instructions"), value: instructions }]
      : []),
  ];
  return <KeyValue items={rows} />;
}
