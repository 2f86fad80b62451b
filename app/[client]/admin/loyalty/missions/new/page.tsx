import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { MissionBuilder } from "@/components/programs/loyalty/admin/mission-builder";
import { missionText } from "@/components/programs/loyalty/admin/mission-draft";
import { kindsFor } from "@/components/programs/loyalty/admin/mission-kinds";
import { fromTemplate, missionTemplates } from "@/components/programs/loyalty/admin/mission-templates";
import { ClientMessages } from "@/components/ui/client-messages";
import { List, ListRow } from "@/components/ui/layout-parts";
import { PageHeader, Work } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/query";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { clock } from "@/lib/kernel/clock";
import { dateIn } from "@/lib/kernel/time";
import { listRewards, listTags, readLadder, readMission } from "@/lib/programs/loyalty/server";

export async function generateMetadata() {
  return { title: (await getTranslations("loyaltyMissions.admin.new"))("title") };
}

export default page(
  {
    access: { permission: "loyalty.missions.write" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      template: z.string().max(20).optional(),
      from: z.uuid().optional(),
      kind: z.string().max(20).optional(),
    }),
  },
  async ({ scope, query }) => {
    const [t, words, nav, ladder, rewards, tags, original] = await Promise.all([
      getTranslations("loyaltyMissions.admin.new"),
      getTranslations("loyaltyMissions.admin.templates"),
      getTranslations("nav"),
      readLadder(scope),
      listRewards(scope, { offer: "mission", state: ["draft", "published", "paused"], limit: 200 }),
      scope.can("loyalty.creators.read") ? listTags(scope) : [],
      query.from ? readMission(scope, query.from) : null,
    ]);
    const pathname = `/${scope.client.slug}/admin/loyalty/missions`;
    const today = dateIn(scope.client.timeZone, clock.now());
    const kinds = kindsFor(ladder.metric);
    const templates = missionTemplates.filter(({ kind }) => kinds.includes(kind));
    const template = templates.find(({ key }) => key === query.template);
    const start = original
      ? {
          ...missionText(original, ladder.currency),
          name: t("copyOf", { mission: original.name }).slice(0, 60),
        }
      : template &&
        fromTemplate(template, words(`${template.key}.name`), words(`${template.key}.text`), today);
    const isChosen = Boolean(start) || query.template === "none";
    return (
      <ClientMessages rooms={["ui", "loyaltyApp", "loyaltyMissions"]}>
        <PageHeader
          title={t("title")}
          crumbs={[{ label: nav("loyalty") }, { label: t("missions"), href: pathname }]}
        />
        <Work label={t("title")}>
          <div className="pad stack gap-6 py-5">
            {isChosen ? (
              <MissionBuilder
                key={query.from ?? query.template}
                slug={scope.client.slug}
                metric={ladder.metric}
                currency={ladder.currency}
                timeZone={scope.client.timeZone}
                tiers={ladder.tiers.map(({ id, name, rank }) => ({ id, name, rank }))}
                rewards={rewards.items.map(({ id, kind, name, state }) => ({
                  id,
                  kind,
                  name,
                  isPublished: state === "published",
                }))}
                tags={tags.map(({ tag }) => tag)}
                start={start ?? undefined}
                canWrite
              />
            ) : (
              <div className="max-w-2xl">
                <p className="soft mb-3">{t("text")}</p>
                <List>
                  {templates.map(({ key }) => (
                    <ListRow
                      key={key}
                      href={withQuery(`${pathname}/new`, {}, { template: key })}
                      title={words(`${key}.name`)}
                      text={words(`${key}.hint`)}
                    />
                  ))}
                  <ListRow
                    href={withQuery(`${pathname}/new`, {}, { template: "none" })}
                    title={t("none")}
                    text={t("noneText")}
                  />
                </List>
              </div>
            )}
          </div>
        </Work>
      </ClientMessages>
    );
  },
);
