/* ISO 3166-1, two letters each. Written out, because no engine lists them: what Intl can name includes unions and lands that
   are no more, and differs between a server and a browser. */
export const countries: readonly string[] = (
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
  "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
  "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
  "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU " +
  "MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
  "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
  "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
).split(" ");

const known = new Set(countries);
export const isCountry = (code: string): boolean => known.has(code);

export function countryName(code: string, locale: string): string {
  return isCountry(code) ? (new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code) : code;
}

/** What a chooser offers: names in the reader's words and order. */
export function countryChoices(
  locale: string,
  among: readonly string[] = countries,
): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const { compare } = new Intl.Collator(locale);
  return among
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => compare(one.label, other.label));
}

/** The country a reader most likely means: that of her locale, as far as it is offered. */
export function homeCountry(locale: string, among: readonly string[] = countries): string {
  const { region } = new Intl.Locale(locale).maximize();
  return region !== undefined && among.includes(region)
    ? region
    : (among.find((code) => code === "US") ?? among[0]!);
}
