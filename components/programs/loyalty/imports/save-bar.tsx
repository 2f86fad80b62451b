"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionButton } from "@/components/ui/action-button";
import { Button } from "@/components/ui/button";
import { Checkbox, Switch } from "@/components/ui/choice";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

interface SaveBarProps {
  slug: string;
  id: string;
  /** New and changed rows. */
  rows: number;
  rowsToAdd: number;
  creatorsToAdd: number;
  createsCreators: boolean;
  needsConfirmation: boolean;
}

/** The decision at the foot of a dry run. What will not happen stands beside what will. */
export function SaveBar(props: SaveBarProps) {
  const t = useTranslations("loyaltyImports");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend();
  const [adds, setAdds] = useState(props.createsCreators);
  const [looked, setLooked] = useState(false);
  const api = `/api/${props.slug}/loyalty/sync-runs/${props.id}`;
  const count = props.rows + (adds ? props.rowsToAdd : 0);

  async function save() {
    const sent = await send(`${api}/save`, { createsCreators: adds, confirm: looked });
    if (!sent) return;
    toast({ message: t("actions.saving") });
    router.refresh();
  }

  return (
    <footer className="run-foot">
      <div className="grow stack">
        {props.creatorsToAdd > 0 && (
          <Switch
            name="createsCreators"
            label={t("creators.add", { count: props.creatorsToAdd })}
            hint={t("creators.addHint", { rows: props.rowsToAdd })}
            checked={adds}
            onChange={(event) => setAdds(event.target.checked)}
          />
        )}
        {props.needsConfirmation && (
          <Checkbox
            name="confirm"
            label={t("actions.confirm")}
            checked={looked}
            onChange={(event) => setLooked(event.target.checked)}
          />
        )}
        <p className="soft">
          <b>{t(adds && props.rowsToAdd > 0 ? "actions.leftOutRejected" : "actions.leftOut")}</b>{" "}
          {t("actions.leftOutNext")}
        </p>
        {problem && (
          <p className="error" role="alert">
            {problem.message}
          </p>
        )}
      </div>
      <div className="row run-foot-actions">
        <ActionButton label={t("actions.cancel")} path={`${api}/cancel`} done={t("actions.cancelled")} />
        <Button
          variant="primary"
          busy={sending}
          disabled={props.needsConfirmation && !looked}
          onClick={() => void save()}
        >
          {count > 0 ? t("actions.save", { count }) : t("actions.saveNone")}
        </Button>
      </div>
    </footer>
  );
}
