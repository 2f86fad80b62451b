import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { List } from "@/components/ui/layout-parts";
import { Badge } from "@/components/ui/marks";
import type { Settings } from "@/lib/core/tenancy/contract";

export function ProgramList({ settings, canWrite }: { settings: Settings; canWrite: boolean }) {
  const t = useTranslations("tenancy");
  return (
    <List>
      {settings.programs.map(({ program, isEnabled }) => {
        const name = t(`programNames.${program}`);
        const path = `/api/${settings.slug}/tenancy/programs/${program}`;
        return (
          <li className="linkrow" key={program}>
            <span className="grow">
              <span className="h3 block">{name}</span>
              <span className="sm muted block">{t(`programTexts.${program}`)}</span>
            </span>
            <Badge tone={isEnabled ? "ok" : "plain"}>{isEnabled ? t("programOn") : t("programOff")}</Badge>
            {canWrite &&
              (isEnabled ? (
                <ActionButton
                  label={t("turnOff")}
                  path={path}
                  method="PATCH"
                  body={{ isEnabled: false }}
                  done={t("turnedOff", { program: name })}
                  undo={{
                    label: t("turnOn"),
                    path,
                    method: "PATCH",
                    body: { isEnabled: true },
                    done: t("turnedOn", { program: name }),
                  }}
                  confirm={{
                    title: t("turnOffTitle", { program: name }),
                    text: t("turnOffText"),
                    keep: t("programOn"),
                  }}
                  variant="danger-quiet"
                  size="small"
                />
              ) : (
                <ActionButton
                  label={t("turnOn")}
                  path={path}
                  method="PATCH"
                  body={{ isEnabled: true }}
                  done={t("turnedOn", { program: name })}
                  size="small"
                />
              ))}
          </li>
        );
      })}
    </List>
  );
}
