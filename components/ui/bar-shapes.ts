const width = 335;
const floor = 92;
const room = 70;

interface BarShape {
  path: string;
  top: number;
  center: number;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Bars with rounded heads on a 335 × 112 field, from zero. Falls below zero have no height: the table says them. */
export function barShapes(values: readonly number[]): BarShape[] {
  const highest = Math.max(0, ...values);
  const step = values.length > 1 ? width / (values.length - 0.3) : width;
  const thick = Math.min(48, step * 0.7);
  return values.map((value, index) => {
    const height = highest > 0 && value > 0 ? Math.max(1.5, (value / highest) * room) : 0;
    const left = round(values.length > 1 ? (index * (width - thick)) / (values.length - 1) : 0);
    const curve = round(Math.min(3, height, thick / 2));
    const top = round(floor - height);
    const head = `v${round(-(height - curve))}q0-${curve} ${curve}-${curve}h${round(thick - 2 * curve)}q${curve} 0 ${curve} ${curve}`;
    return {
      path: height === 0 ? "" : `M${left} ${floor}${head}v${round(height - curve)}z`,
      top,
      center: round(left + thick / 2),
    };
  });
}
