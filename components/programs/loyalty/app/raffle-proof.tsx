import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Disclosure, KeyValue, Section } from "@/components/ui/layout-parts";
import { Badge } from "@/components/ui/marks";
import type { Raffle, RaffleDraw } from "@/lib/programs/loyalty/contract";
import { RaffleCheck } from "./raffle-check";
import { useRaffleTimes } from "./raffle-words";

interface RaffleProofProps {
  raffle: Raffle;
  list: string | null;
  slug: string;
}

/** What is published of the draw, the means to compute it again, and the recipe in words. */
export function RaffleProof({ raffle, list, slug }: RaffleProofProps) {
  const t = useTranslations("loyaltyRaffles.proof");
  const { moment } = useRaffleTimes(raffle.timeZone);
  const { draw } = raffle;
  const listPath = `/api/${slug}/loyalty/raffles/${raffle.id}/list`;
  return (
    <Section id="proof" title={t("title")}>
      <p className="soft">{t(draw ? (draw.drawnAt ? "drawn" : "sealed") : "before")}</p>
      {draw?.drawnAt && draw.entriesCount > 0 && (
        <div className="mt-4">
          <RaffleCheck draw={draw} listPath={listPath} />
        </div>
      )}
      {draw?.drawnAt && <Places draw={draw} raffle={raffle} />}
      {draw && (
        <div className="mt-4">
          <KeyValue
            stacked
            items={[
              { name: t("sealedAt"), value: moment(draw.sealedAt) },
              { name: t("listHash"), value: <Code>{draw.entriesHash}</Code> },
              { name: t("commitment"), value: <Code>{draw.commitment}</Code> },
              ...(draw.seed ? [{ name: t("seed"), value: <Code>{draw.seed}</Code> }] : []),
            ]}
          />
        </div>
      )}
      {draw && draw.entriesCount > 0 && (
        <SealedList
          list={list}
          mine={raffle.entry?.entryNo ?? null}
          href={listPath}
          count={draw.entriesCount}
        />
      )}
      <Disclosure summary={t("recipe")}>
        <ol className="soft sm stack list-decimal gap-2 pb-2 pl-5">
          {(["one", "two", "three", "four", "five"] as const).map((step) => (
            <li key={step}>
              {t.rich(`steps.${step}`, { code: (chunks) => <code className="break-words">{chunks}</code> })}
            </li>
          ))}
        </ol>
      </Disclosure>
    </Section>
  );
}

function Code({ children }: { children: string }) {
  return <code className="sm break-all">{children}</code>;
}

/** The drawn order as far as prizes go, by entry number; her own is marked. */
function Places({ draw, raffle }: { draw: RaffleDraw; raffle: Raffle }) {
  const t = useTranslations("loyaltyRaffles.proof");
  const { moment } = useRaffleTimes(raffle.timeZone);
  const passedTo = (no: number) => {
    const next = draw.places.find(({ movedUpFor }) => movedUpFor === no);
    return next ? t("passedTo", { no: next.entryNo }) : t("passedToNobody");
  };
  if (draw.places.length === 0) return <p className="soft mt-4">{t("nobody")}</p>;
  return (
    <div className="mt-4">
      <h3 className="h3">{t("order")}</h3>
      <ol className="list">
        {draw.places.map(({ rank, entryNo, state, lostBy, lostAt, movedUpFor }) => (
          <li key={rank} className="row py-2">
            <span className="muted num">{t("rank", { rank })}</span>
            <span className="grow">
              {t("entry", { no: entryNo })}
              {entryNo === raffle.entry?.entryNo && <b> {t("yours")}</b>}
              {movedUpFor !== null && (
                <span className="sm soft block">{t("movedUpFor", { no: movedUpFor })}</span>
              )}
              {lostBy !== null && (
                <span className="sm soft block">
                  {t(`lost.${lostBy}`, { when: lostAt ? moment(lostAt) : "" })} {passedTo(entryNo)}
                </span>
              )}
            </span>
            <Badge tone={state === "won" ? "ok" : "plain"}>{t(`states.${state}`)}</Badge>
          </li>
        ))}
      </ol>
      {raffle.entry?.drawRank && !draw.places.some(({ rank }) => rank === raffle.entry?.drawRank) && (
        <p className="sm muted mt-1">
          {t("yourRank", { no: raffle.entry.entryNo ?? 0, rank: raffle.entry.drawRank })}
        </p>
      )}
    </div>
  );
}

function SealedList({
  list,
  mine,
  href,
  count,
}: {
  list: string | null;
  mine: number | null;
  href: string;
  count: number;
}) {
  const t = useTranslations("loyaltyRaffles.proof");
  return (
    <Disclosure summary={t("list", { count })}>
      <div className="stack gap-3 pb-3">
        <p className="sm soft">{t("listText")}</p>
        {list && (
          <ul className="sm num">
            {list
              .split("\n")
              .filter(Boolean)
              .map((line) => (
                <li key={line} className="py-0.5">
                  <code className="break-all">{line}</code>
                  {mine !== null && line.startsWith(`${mine} `) && <b> {t("yours")}</b>}
                </li>
              ))}
          </ul>
        )}
        <LinkButton href={href} external download>
          {t("download")}
        </LinkButton>
      </div>
    </Disclosure>
  );
}
