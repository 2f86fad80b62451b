import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/layout-parts";
import { countryName } from "@/lib/kernel/countries";
import { carrierNames, type Redemption } from "@/lib/programs/loyalty/contract";
import { AddressDialog } from "./address-dialog";

/** Where a gift goes and where it is. */
export function Parcel(props: {
  claim: Redemption;
  slug: string;
  at: (text: string) => string;
  canEdit: boolean;
}) {
  const { claim, slug, at, canEdit } = props;
  const locale = useLocale();
  const t = useTranslations("loyaltyFulfilment.claim");
  const { gift } = claim;
  if (!gift) return null;
  const rows = [
    { name: t("size"), value: gift.size },
    { name: t("phone"), value: gift.phone },
    { name: t("carrier"), value: gift.carrier && carrierNames[gift.carrier] },
    {
      name: t("tracking"),
      value: gift.trackingLink ? (
        <a className="underline num" href={gift.trackingLink} target="_blank" rel="noopener noreferrer">
          {gift.trackingNumber}
        </a>
      ) : (
        gift.trackingNumber
      ),
    },
    { name: t("shipped"), value: gift.shippedAt && at(gift.shippedAt) },
    { name: t("delivered"), value: gift.deliveredAt && at(gift.deliveredAt) },
  ].flatMap(({ name, value }) => (value ? [{ name, value }] : []));
  return (
    <div className="stack gap-3">
      <address className="not-italic">
        <b className="block">{gift.recipient}</b>
        {[
          gift.line1,
          gift.line2,
          [gift.city, gift.region, gift.postalCode].filter(Boolean).join(", "),
          countryName(gift.country, locale),
        ]
          .filter(Boolean)
          .map((line) => (
            <span className="block" key={line}>
              {line}
            </span>
          ))}
      </address>
      {rows.length > 0 && <KeyValue items={rows} />}
      {canEdit && (
        <div>
          <AddressDialog slug={slug} id={claim.id} address={gift} />
        </div>
      )}
    </div>
  );
}
