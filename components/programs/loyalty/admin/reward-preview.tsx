"use client";

import { useTranslations } from "next-intl";
import { Glyph } from "@/components/ui/glyph";
import { circleCheck, lock } from "@/components/ui/icon-paths";
import { ClaimTerms, type TermsContext } from "../app/claim-terms";
import { useRewardWords, type Claimable } from "../app/reward-words";

/** What creators will see, drawn from the form as it is typed. Nothing in it can be pressed. */
export function RewardPreview({
  reward,
  context,
  tierName,
  isEarly,
}: {
  reward: Claimable;
  context: TermsContext;
  tierName: string | null;
  isEarly: boolean;
}) {
  const t = useTranslations("loyaltyRewardsAdmin.preview");
  const app = useTranslations("loyaltyRewards");
  const { worth } = useRewardWords(context.currency, context.timeZone);
  const name = reward.name.trim() || t("unnamed");
  return (
    <section className="stack gap-3" aria-labelledby="reward-preview">
      <h2 className="h3" id="reward-preview">
        {t("title")}
      </h2>
      <div className="rounded-block border-line text-md leading-md border overflow-hidden">
        <div className="band">
          <p className="kicker sm row">
            <Glyph path={circleCheck} size="s" />
            {app("ready")}
          </p>
          <p className="h2">{name}</p>
          <div className="soft">
            {reward.description && <p>{reward.description}</p>}
            <p>{worth(reward)}.</p>
          </div>
          <span className="btn primary wide mt-3 h-auto! whitespace-normal! py-2" aria-hidden="true">
            {app("claim", { name })}
          </span>
        </div>
        <div className="px-5 py-4">
          <h3 className="h3 mb-1.5">{app("sheet.what")}</h3>
          <ClaimTerms reward={{ ...reward, name }} context={context} />
          {reward.instructions && (
            <p className="sm soft border-line border-t py-2.5">{reward.instructions}</p>
          )}
        </div>
        {isEarly && tierName && (
          <div className="border-line border-t px-5 py-4">
            <p className="sm muted">
              {t("locked")}: {app("opensAt", { tier: tierName })}
            </p>
            <p className="row mt-2 gap-3.5">
              <Glyph path={lock} />
              <span>
                <span className="h3 soft block">{name}</span>
                <span className="sm muted">{worth(reward)}</span>
              </span>
            </p>
          </div>
        )}
      </div>
    </section>
  );
}
